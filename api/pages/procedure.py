"""What the page of one procedure shows, now or as of a point of the log."""

from __future__ import annotations

from typing import Any

from api.access.caller import caller
from api.context import Context
from api.errors import Unprocessable
from api.pages.happened import happened, mentioned
from api.pages.results import Result, published, results
from api.pages.speech import Speech
from api.pages.words import remarks
from api.schemas.values import PROVENANCES
from api.shown import present, taking_part
from api.shown.course import course
from api.shown.grouped import groups_seen
from api.shown.looking import Look, members_seen, voters_seen
from api.shown.result import counted_in
from ledger.telling import majority_in_words
from projections.views import MemberView

ENTRIES = 250
"""Entries of the timeline on one page."""

MEMBERS = 1000
"""Members in the list of those who take part."""


def whole_procedure(
    context: Context,
    seen: Look,
    after: int,
    root: str,
    asked: int | str | None = None,
    provenance: str | None = None,
) -> dict[str, Any]:
    """Everything about a procedure; `after` pages through its timeline, `asked` is the point asked for.

    With `provenance` only the members are listed whose vote came in this way. Raises `Unprocessable` for
    another one.
    """
    if provenance not in {None, *PROVENANCES}:
        raise Unprocessable({"provenance": [f"Must be one of: {', '.join(PROVENANCES)}."]}, "query")
    view, counted = counted_in(context, seen)
    shown = present.detail(context, view, seen.now)
    items = results(shown, counted.items)
    labels = {item.item: item.labels for item in items}
    say, members = Speech(shown["time_zone"]), _members(context, seen, items, provenance)
    return {
        "say": say,
        "procedure": shown,
        "results": items,
        "published": published(shown["source"], items),
        "majority": majority_in_words(shown["profile"], say.code),
        "members": members,
        "grouped": any(one["group"] for one in members),
        "course": course(context, seen, say.code),
        "groups": {one.item: one.groups for one in groups_seen(context, seen)},
        "weighted": any(one["weight"] != 1 for one in members),
        "waiting": [one["name"] or one["member"] for one in members if _waits(one)],
        "provenance": provenance,
        "came": taking_part.numbers(context, seen)["provenance"],
        "now": context.service.ledger.clock(),
        "past": None if asked is None else _past(context, seen, asked),
        "root": root,
        **_timeline(context, seen, after, labels, say),
    }


def _timeline(
    context: Context, seen: Look, after: int, labels: dict[str, dict[str, str]], say: Speech
) -> dict[str, Any]:
    until = None if seen.past is None else seen.at
    rows = context.service.views.history(seen.view.id, after=after, limit=ENTRIES + 1, until=until)
    shown = present.history(context, rows[:ENTRIES], caller())
    names = context.directory.people({one for row in shown for one in mentioned(row["payload"])})
    cast = {entry["leaf"]: entry["payload"].get("choices") for entry in shown}
    return {
        "timeline": [{**entry, "happened": happened(entry, labels, names, cast, say)} for entry in shown],
        "next": rows[ENTRIES - 1].seq if len(rows) > ENTRIES else None,
    }


def _past(context: Context, seen: Look, asked: int | str) -> dict[str, Any]:
    """Where the page stands in time, and the steps from there."""
    before, after = context.service.views.around(seen.view.id, seen.at)
    [row] = context.service.views.history(after=seen.at - 1, limit=1)
    time = asked if isinstance(asked, str) else row.at
    return {"at": seen.at, "time": time, "before": before, "after": after}


def _members(
    context: Context, seen: Look, items: list[Result], provenance: str | None
) -> list[dict[str, Any]]:
    """Everybody who takes part, or whose vote came so, with the vote as far as it may be seen."""
    if provenance is None:
        found = members_seen(context, seen, after="", limit=MEMBERS)
    else:
        found = voters_seen(context, seen, after="", limit=MEMBERS, provenance=provenance)
    names = context.directory.people({one for member in found for one in _named(member)})
    votes = {one["member"]: one for one in taking_part.roll_call(context, seen, found)}
    labels = {item.item: item.labels for item in items}
    rows = zip(taking_part.participants(context, seen.view, found), found, strict=True)
    who = {one.member: one for one in found}
    return [
        {
            **shown,
            "vote": votes.get(member.member),
            "choice": _choice(votes.get(member.member), labels),
            "remarks": remarks(member, names, seen.view, who),
        }
        for shown, member in rows
    ]


def _waits(shown: dict[str, Any]) -> bool:
    """Whether a vote may still be given."""
    return not shown["voted"] and shown["replaced_by"] is None


def _named(member: MemberView) -> list[str]:
    return [one for one in (member.proxy, member.stands_for, member.replaced_by) if one]


def _choice(vote: dict[str, Any] | None, labels: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Item and option of a vote, in words; empty where they are withheld."""
    chosen = (vote and vote["choices"]) or {}
    return [(item, labels.get(item, {}).get(option) or option) for item, option in chosen.items()]
