"""What a person still has to vote on: as member, substitute or proxy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from api import sentences
from api.context import Context
from api.shown import present
from api.shown.taking_part import to_be_confirmed
from ledger.errors import NotFound
from projections.views import MemberView, ProcedureView

Shown = dict[str, Any]
LAST = "9999"
"""Sorts after every deadline."""


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
        _task(context, view, member, person) | {"procedure": summary}
        for (view, member), summary in zip(found, shown, strict=True)
    ]
    return sorted((one for one in open_ if one["items"]), key=lambda one: one["deadline"] or LAST)


def _asked(context: Context, view: ProcedureView, person: str) -> Iterator[MemberView]:
    """For whom this person votes in a procedure: for themselves unless a proxy does, and as proxy."""
    views = context.service.views
    for member in views.members(view, only=[person, *views.principals(view.id, person)]):
        if member.replaced_by is None and (member.proxy or member.member) == person:
            yield member


def _task(context: Context, view: ProcedureView, member: MemberView, person: str) -> Shown:
    vote = member.vote
    role = "proxy" if member.member != person else "substitute" if member.stands_for else "member"
    return {
        "member": member.member,
        "role": role,
        "deadline": member.deadline,
        "items": list(_open_items(view, member, _closed_to(context, view, member, person))),
        "reconfirm": to_be_confirmed(view, vote),
        "replaces": vote and vote.leaf,
    }


def _open_items(view: ProcedureView, member: MemberView, refused: Iterable[str]) -> Iterator[str]:
    counted = member.vote.choices if member.vote is not None and member.vote.counts else {}
    closed = {*counted, *member.excluded, *view.referred, *refused}
    return (item["id"] for item in view.opening["items"] if item["id"] not in closed)


def _closed_to(context: Context, view: ProcedureView, member: MemberView, person: str) -> list[str]:
    """Items on which the ledger would refuse a vote. It is asked itself: this is in no view."""
    if view.opening["profile"]["change"] != "never" and person == member.member:
        return []
    with context.service.ledger.current() as state:
        return state.procedure(UUID(view.id)).refused_items(member.member, person)
