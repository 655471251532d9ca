"""Who takes part in a procedure: from the views' members to participation and roll call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.context import Context
from api.shown import present
from api.shown.looking import Look
from projections.views import MemberView, ProcedureView, VoteView

Shown = dict[str, Any]


def head(seen: Look) -> Shown:
    """What every list of a procedure's members begins with."""
    return {"procedure": seen.view.id, "at": seen.at, "state": seen.view.state}


def numbers(context: Context, seen: Look) -> Shown:
    """How many of how many, and how their votes came."""
    came = seen.past.provenances() if seen.past else context.service.views.provenances(seen.view.id)
    return {"members": seen.view.members, "voted": seen.view.voted, "provenance": came}


def participants(context: Context, view: ProcedureView, members: Sequence[MemberView]) -> list[Shown]:
    """Who has voted, who has not, and until when; never what."""
    names = context.directory.people(one.member for one in members)
    return [_participant(view, one, names.get(one.member)) for one in members]


def _participant(view: ProcedureView, member: MemberView, name: str | None) -> Shown:
    vote = member.vote
    return {
        **{key: value for key, value in member._asdict().items() if key != "vote"},
        "name": name,
        "voted": vote is not None and vote.counts,
        "reconfirm": to_be_confirmed(view, vote) and not member.excluded,
        "voted_at": vote and vote.at,
        "provenance": vote and vote.provenance,
    }


def to_be_confirmed(view: ProcedureView, vote: VoteView | None) -> bool:
    """Whether a vote stands that was given on an older ballot paper and counts when it is given again."""
    return vote is not None and not vote.counts and view.confirms and view.on_older_paper(vote.seq)


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
