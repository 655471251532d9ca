"""Between the model and the tables: how its values are written as rows, and read back, side by side.

Both databases store the same rows. What has no column of its own is JSON text, written in one way, keys in
the order in which the domain gives them: equal values, equal bytes. Tables and their columns: `tables.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.domain.groups import GroupTotal
from projections.model import Document, ItemGroups, ItemTally, ProcedureView, Tallied
from projections.model_members import Conduct, MemberView, VoteView, member_view

Row = tuple[Any, ...]

text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Mark(NamedTuple):
    """How far views go. The leaf hash tells this history from another one of the same length."""

    position: int = -1
    leaf: str = ""


# ── a procedure ────────────────────────────────────────────────────────────────────────────────

OPENED = ("id", "body", "opened_seq", "opened_at", "opens_at", "closes_at", "members", "public", "opening")
"""Columns of what never changes about a procedure, and how others begin. `public` is among them, and has no
default: an older process, which does not know it, cannot write rows from which it is missing."""
STANDING = (
    *("state", "last_seq", "closed_at", "voted", "closes_at", "due_at", "documents", "ballot"),
    *("replaced_by", "expires_at", "deadline", "referred", "closed_seq", "closed_by", "closed_for"),
    *("determined_seq", "conditions_met", "expired", "made_public", "suspended_until", "resumes_as"),
    *("public", "id"),
)
"""Columns of how it stands."""
_LISTED = ("documents", "referred", "conditions_met", "expired", "made_public")
_LISTS = tuple(map(ProcedureView._fields.index, _LISTED))
_OPENING = ProcedureView._fields.index("opening")
_opened = itemgetter(*map(ProcedureView._fields.index, OPENED[:-1]))
_standing = itemgetter(*map(ProcedureView._fields.index, STANDING))


def opened(view: ProcedureView, opening: str) -> Row:
    """A new procedure, in the order of `OPENED`; `opening` is the signed payload, as it was signed."""
    return (*_opened(view), opening)


def standing(view: ProcedureView) -> Row:
    """How it stands, in the order of `STANDING`."""
    columns: list[Any] = list(view)
    for place in _LISTS:
        columns[place] = text(columns[place]) if columns[place] else "[]"
    found: Row = _standing(columns)
    return found


def procedure_view(row: Sequence[Any]) -> ProcedureView:
    """A procedure from the columns of its table."""
    columns = list(row)
    for place in (_OPENING, *_LISTS):
        columns[place] = json.loads(row[place])
    found = ProcedureView._make(columns)
    documents = [Document._make(one) for one in found.documents]
    made_public, public = dict(found.made_public), bool(found.public)
    return found._replace(documents=documents, made_public=made_public, public=public)


# ── its items ──────────────────────────────────────────────────────────────────────────────────


def counted(procedure: str, items: Iterable[ItemTally], grouped: Iterable[ItemGroups]) -> Iterator[Row]:
    """Counts and outcome of each item, with its place on the ballot paper, and how the groups voted."""
    for number, (one, by_group) in enumerate(zip(items, grouped, strict=True)):
        why = text(one.derivation), one.valid, text(one.relevance), text(by_group.groups)
        yield procedure, number, one.item, text(one.counts), one.result, *why


def item_groups(row: Sequence[Any]) -> ItemGroups:
    """From item and groups."""
    item, groups = row
    return ItemGroups(item, [GroupTotal._make(one) for one in json.loads(groups)])


def item_tally(row: Sequence[Any]) -> ItemTally:
    """From the columns after the number."""
    item, counts, result, derivation, valid, relevance = row
    return ItemTally(
        item, json.loads(counts), result, json.loads(derivation), bool(valid), json.loads(relevance)
    )


@lru_cache(maxsize=128)
def tallied(rows: tuple[Row, ...]) -> Tallied:
    """A tally and its procedure from such rows, of which the first one has the procedure's columns behind.

    Remembered by the rows themselves: whatever else may be the same, other rows are another answer.
    """
    return Tallied(procedure_view(rows[0][6:]), [item_tally(row[:6]) for row in rows])


# ── its members ────────────────────────────────────────────────────────────────────────────────


def voted(procedure: str, vote: VoteView) -> Row:
    """A vote, where there was none or another one before."""
    member, choices, weight, seq, at, leaf, counts, provenance, late = vote
    said = _choices(tuple(choices.items()))
    return (procedure, member, said, weight, seq, at, leaf, counts, provenance, late)


@lru_cache(maxsize=4096)
def _choices(choices: tuple[tuple[str, str], ...]) -> str:
    """The text of a vote's choices; most votes say the same as another one."""
    return text(dict(choices))


def vote_view(row: Sequence[Any]) -> VoteView:
    """A vote from the columns after its procedure."""
    member, choices, weight, seq, at, leaf, counts, provenance, late = row
    return VoteView(member, json.loads(choices), weight, seq, at, leaf, bool(counts), provenance, bool(late))


def conducted(procedure: str, member: str, known: Conduct) -> Row:
    """What else is known of somebody; written only for those of whom something is."""
    stands_for, replaced_by, received_at, own_deadline, excluded, consents, objected_at, demands, proxy = (
        known
    )
    said = text(excluded), None if consents is None else text(consents), objected_at, text(demands), proxy
    return (procedure, member, stands_for, replaced_by, received_at, own_deadline, *said)


def seated_view(row: Sequence[Any], common: str | None) -> MemberView:
    """A member from seat, conduct and vote; of the latter two everything may be missing."""
    member, weight, group, stands_for, replaced_by, received_at, own_deadline = row[:7]
    excluded, consents, objected_at, demands, proxy = row[7:12]
    known = Conduct(
        stands_for=stands_for,
        replaced_by=replaced_by,
        received_at=received_at,
        own_deadline=own_deadline,
        excluded=json.loads(excluded or "[]"),
        consents=json.loads(consents or "null"),
        objected_at=objected_at,
        demands=json.loads(demands or "[]"),
        proxy=proxy,
    )
    vote = None if row[12] is None else vote_view((member, *row[12:]))
    return member_view(member, (weight, group), known, vote, common)
