"""Who takes part in a procedure: from the views' members to participation, roll call and open votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api import sentences
from api.context import Context
from api.shown import present
from api.shown.looking import Look
from ledger.errors import NotFound
from projections.views import MemberView, ProcedureView

Shown = dict[str, Any]
LAST = "9999"
"""Sorts after every deadline."""


def head(seen: Look) -> Shown:
    """What every list of a procedure's members begins with."""
    return {"procedure": seen.view.id, "at": seen.at, "state": seen.view.state}


def numbers(context: Context, seen: Look) -> Shown:
    """How many of how many, and how their votes came."""
    came = seen.past.provenances() if seen.past else context.service.views.provenances(seen.view.id)
    return {"members": seen.view.members, "voted": seen.view.voted, "provenance": came}


def participants(context: Context, members: Sequence[MemberView]) -> list[Shown]:
    """Who has voted, who has not, and until when; never what."""
    names = context.directory.people(one.member for one in members)
    return [_participant(one, names.get(one.member)) for one in members]


def _participant(member: MemberView, name: str | None) -> Shown:
    vote = member.vote
    return {
        **{key: value for key, value in member._asdict().items() if key != "vote"},
        "name": name,
        "voted": vote is not None and vote.counts,
        "reconfirm": vote is not None and not vote.counts and not member.excluded,
        "voted_at": vote and vote.at,
        "provenance": vote and vote.provenance,
    }


def roll_call(context: Context, seen: Look, members: Sequence[MemberView]) -> list[Shown]:
    """The votes of these members, as far as they may be seen."""
    names = context.directory.people(one.member for one in members)
    cast = present.votes(seen.now, [one.vote for one in members if one.vote is not None])
    who = {one.member: one for one in members}
    return [
        {
            **vote,
            "name": names.get(vote["member"]),
            "group": who[vote["member"]].group,
            "stands_for": who[vote["member"]].stands_for,
        }
        for vote in cast
    ]


def tasks(context: Context, person: str) -> list[Shown]:
    """Votes that this person may give now and that do not count yet, by deadline. Raises `NotFound`."""
    views, now = context.service.views, context.service.ledger.clock()
    if not views.keys(views.position(), [person]):
        raise NotFound(sentences.NOT_IN_REGISTER, person=person)
    found = [
        (view, member)
        for view in views.awaiting(person)
        if view.opens_at <= now
        for member in _asked(context, view, person)
        if (member.deadline or LAST) > now
    ]
    shown = present.summaries(context, [view for view, _ in found])
    open_ = [
        _task(view, member, person) | {"procedure": summary}
        for (view, member), summary in zip(found, shown, strict=True)
    ]
    return sorted((one for one in open_ if one["items"]), key=lambda one: one["deadline"] or LAST)


def _asked(context: Context, view: ProcedureView, person: str) -> Iterator[MemberView]:
    """For whom this person votes in a procedure: for themselves unless a proxy does, and as proxy."""
    views = context.service.views
    for member in views.members(view, only=[person, *views.principals(view.id, person)]):
        if member.replaced_by is None and (member.proxy or member.member) == person:
            yield member


def _task(view: ProcedureView, member: MemberView, person: str) -> Shown:
    vote = member.vote
    role = "proxy" if member.member != person else "substitute" if member.stands_for else "member"
    return {
        "member": member.member,
        "role": role,
        "deadline": member.deadline,
        "items": list(_open_items(view, member)),
        "reconfirm": vote is not None and not vote.counts,
        "replaces": vote and vote.leaf,
    }


def _open_items(view: ProcedureView, member: MemberView) -> Iterable[str]:
    counted = member.vote.choices if member.vote is not None and member.vote.counts else {}
    closed = {*counted, *member.excluded, *view.referred}
    return (item["id"] for item in view.opening["items"] if item["id"] not in closed)
