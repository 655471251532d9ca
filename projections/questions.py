"""The longer texts of SQL with which the views are asked, for both databases.

`{view_…}` is a table of the set in use, `%s` a value. A point in time is the number of an entry: what has
a beginning and an end (seats, keys) is there if it began up to that entry and had not ended by it.
"""

from __future__ import annotations

SEATED = """EXISTS (SELECT 1 FROM {view_seats} s WHERE s.body = p.body AND s.member = %s
    AND s.since < p.opened_seq AND (s.ended IS NULL OR s.ended > p.opened_seq))"""
STANDS_IN = """EXISTS (SELECT 1 FROM {view_conduct} c
    WHERE c.procedure = p.id AND c.member = %s AND c.stands_for IS NOT NULL)"""
IS_PROXY = "EXISTS (SELECT 1 FROM {view_conduct} c WHERE c.procedure = p.id AND c.proxy = %s)"

CONDITIONS = {
    "state": "p.state = %s",
    "body": "p.body = %s",
    "public": "p.public = %s",
    "opened_from": "p.opened_at >= %s",
    "opened_before": "p.opened_at < %s",
    "closes_from": "p.closes_at >= %s",
    "closes_before": "p.closes_at < %s",
}

AFTER_A_SUSPENSION = (
    "suspended",
    "determined",
    "announced",
    "published",
    "ratified",
    "not-ratified",
    "terminated",
    "referred",
    "objected",
    "expired",
)
"""States that are others at some instant without a new entry: a suspension ends by itself."""
STATE_NOW = """((p.state = %s AND (p.suspended_until IS NULL OR p.suspended_until > %s))
    OR (p.resumes_as = %s AND p.suspended_until <= %s))"""

TALLY = """
    SELECT item, counts, result, derivation, valid, relevance
    FROM {view_tallies} WHERE procedure = %s ORDER BY number"""
TALLIED = """
    SELECT t.item, t.counts, t.result, t.derivation, t.valid, t.relevance, p.*
    FROM {view_tallies} t LEFT JOIN {view_procedures} p ON p.id = t.procedure AND t.number = 0
    WHERE t.procedure = %s ORDER BY t.number"""
"""The same, and beside the first item the procedure: an opening is long, and need not come with all."""

_CONDUCT_AND_VOTE = (
    "c.stands_for, c.replaced_by, c.received_at, c.deadline, c.excluded, c.consents, c.objected_at,"
    " c.demands, c.proxy, v.choices, v.weight, v.seq, v.at, v.leaf, v.counts, v.provenance, v.late"
)
_SEAT_THEN = "s.body = %s AND s.since < %s AND (s.ended IS NULL OR s.ended > %s)"
MEMBERS = f"""
    SELECT s.member AS who, s.weight, s.seat_group, {_CONDUCT_AND_VOTE}
    FROM {{view_seats}} s
    LEFT JOIN {{view_conduct}} c ON c.procedure = %s AND c.member = s.member
    LEFT JOIN {{view_votes}} v ON v.procedure = %s AND v.member = s.member
    WHERE {_SEAT_THEN} AND s.member > %s%only%
    UNION ALL
    SELECT c.member AS who, s.weight, s.seat_group, {_CONDUCT_AND_VOTE}
    FROM {{view_conduct}} c
    JOIN {{view_seats}} s ON s.member = c.stands_for AND {_SEAT_THEN}
    LEFT JOIN {{view_votes}} v ON v.procedure = c.procedure AND v.member = c.member
    WHERE c.procedure = %s AND c.stands_for IS NOT NULL AND c.member > %s%only%
    ORDER BY who LIMIT %s"""

VOTED = {
    None: "",
    True: " AND v.counts IS TRUE",
    False: " AND v.counts IS NOT TRUE AND c.replaced_by IS NULL",
}
"""Which of them: all, those whose vote counts, those who still may give one."""

CAME = {False: "", True: " AND provenance = %s"}
"""Whether only votes of one provenance are asked for."""

AROUND = """SELECT
    (SELECT max(seq) FROM {view_streams} WHERE stream = %s AND seq <
        (SELECT max(seq) FROM {view_streams} WHERE stream = %s AND seq <= %s)),
    (SELECT min(seq) FROM {view_streams} WHERE stream = %s AND seq > %s)"""

LAST_VOTE = """SELECT CASE WHEN EXISTS (SELECT 1 FROM {view_acts} WHERE seq = %s) THEN
    (SELECT a.seq FROM {view_acts} a WHERE a.seq <= %s
        AND NOT EXISTS (SELECT 1 FROM {view_acts} b WHERE b.seq = a.seq - 1)
        ORDER BY a.seq DESC LIMIT 1) - 1 ELSE %s END"""
"""The last entry that is no act: the one before the acts that lead up to here, if there are some."""

KEYS = """
    SELECT k.key, k.subject, k.roles, k.since, b.at, k.registered_by, k.ended, e.at, k.ended_by, k.reason
    FROM {view_keys} k JOIN {view_acts} b ON b.seq = k.since
    LEFT JOIN {view_acts} e ON e.seq = k.ended WHERE k.since <= %s AND """
SEATS = """
    SELECT s.member, s.weight, s.seat_group, s.substitutes, s.since, h.at
    FROM {view_seats} s JOIN {view_acts} h ON h.seq = s.since
    WHERE s.body = %s AND s.since <= %s AND (s.ended IS NULL OR s.ended > %s) AND s.member > %s
    ORDER BY s.member LIMIT %s"""
BODIES = """
    SELECT b.body, b.since, h.at, (SELECT count(*) FROM {view_seats} s
        WHERE s.body = b.body AND s.since <= %s AND (s.ended IS NULL OR s.ended > %s))
    FROM {view_bodies} b JOIN {view_acts} h ON h.seq = b.since WHERE b.since <= %s ORDER BY b.body"""
