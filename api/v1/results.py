"""What was decided in a procedure, by whom, and who is still to vote."""

from __future__ import annotations

from uuid import UUID

from api.context import current
from api.digests import require_identifier
from api.routes import Noun, id_parameter
from api.schemas.requests import Fresh, MomentQuery, ParticipationQuery, VotesQuery
from api.schemas.results import GroupsSchema
from api.schemas.views import ParticipationSchema, ResultSchema, RollCallSchema, TaskListSchema
from api.shown import taking_part
from api.shown.grouped import groups
from api.shown.looking import Answer, Query, cut, look, members_seen, versioned, voters_seen
from api.shown.result import result
from api.shown.tasks import tasks
from api.shown.visibility import withheld
from api.v1.failing import FAILURES, LIMITED

calls = Noun("results", "Results, roll calls, and who takes part.")


@calls.get(
    "/procedures/<uuid:procedure>/result", ResultSchema(), query=MomentQuery(), errors=LIMITED, cached=True
)
def get_result(query: Query, procedure: UUID) -> Answer:
    """What was decided, why, and what became of it: determined, announced, corrected, annulled."""
    context = current()
    seen = look(context, procedure, query)
    return versioned(seen.version, result(context, seen))


@calls.get(
    "/procedures/<uuid:procedure>/votes", RollCallSchema(), query=VotesQuery(), errors=LIMITED, cached=True
)
def list_votes(query: Query, procedure: UUID) -> Answer:
    """The roll call: who voted how, and how the vote came (own key, proxy, portal, record of a clerk).

    All of it, or only the votes that came in one way. Choices are withheld as long as the tally is.
    """
    context = current()
    seen = look(context, procedure, query)
    found = voters_seen(
        context,
        seen,
        after=query.get("after", ""),
        limit=query["limit"] + 1,
        provenance=query.get("provenance"),
    )
    page, onward = cut(found, query["limit"], "member")
    shown = {**taking_part.head(seen), "withheld": withheld(seen.now)}
    return versioned(seen.version, {**shown, "data": taking_part.roll_call(context, seen, page), **onward})


@calls.get(
    "/procedures/<uuid:procedure>/groups", GroupsSchema(), query=MomentQuery(), errors=LIMITED, cached=True
)
def get_groups(query: Query, procedure: UUID) -> Answer:
    """How each group voted: its seats, how many of them voted, and the votes for each option.

    Told where the roll call is, because the totals of a small group are its members' votes.
    """
    context = current()
    seen = look(context, procedure, query)
    return versioned(seen.version, groups(context, seen))


@calls.get(
    "/procedures/<uuid:procedure>/participation",
    ParticipationSchema(),
    query=ParticipationQuery(),
    errors=LIMITED,
    cached=True,
)
def get_participation(query: Query, procedure: UUID) -> Answer:
    """Who has voted and who has not, how many of how many, and until when each of them may."""
    context = current()
    seen = look(context, procedure, query)
    found = members_seen(
        context, seen, after=query.get("after", ""), limit=query["limit"] + 1, voted=query.get("voted")
    )
    page, onward = cut(found, query["limit"], "member")
    shown = {**taking_part.head(seen), **taking_part.numbers(context, seen)}
    return versioned(
        seen.version, {**shown, "data": taking_part.participants(context, seen.view, page), **onward}
    )


@calls.get(
    "/members/<string:member>/open",
    TaskListSchema(),
    query=Fresh(),
    errors=(400, *FAILURES),
    cached=True,
    parameters=[id_parameter("member", "Of a person in the register.")],
)
def list_open(query: Query, member: str) -> Answer:
    """What this person still has to vote on: as member, substitute or proxy, each with its own deadline."""
    context = current()
    context.wait_for(query.get("wait_for"))
    require_identifier(member)
    position = context.service.views.position()
    return versioned(f"{position}", {"member": member, "data": tasks(context, member)})
