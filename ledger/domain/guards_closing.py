"""The end of voting: who may close, when, and for which reason. The seal must be true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ledger.domain.circulation import demandable
from ledger.domain.counting import Part, Poll
from ledger.domain.deciding import decide
from ledger.domain.guard_parts import cite, missing_votes, require_chair_or_clerk
from ledger.domain.profile import persons
from ledger.domain.register import Register
from ledger.domain.sentences import closing, codes, voting
from ledger.domain.values import Payload, Place
from ledger.errors import AlreadyClosed, NotAllowed, NotDue, NotOpenYet, NotProvided, StaleSeal

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def may_close(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """At the deadline chair or clerk, and, after a time of grace, the service; without one chair or clerk.

    Earlier if the profile says so.
    """
    if procedure.closing is not None:
        raise AlreadyClosed(voting.CLOSED)
    reason = payload["reason"]
    if procedure.profile.deadline in ("chair", "personal") and reason == "chair":
        require_chair_or_clerk(procedure, payload, register)
    elif payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "service", "clerk")
    if place.at < procedure.opening["opens_at"] and reason != "objection":
        raise NotOpenYet(closing.OPENS_LATER, begins=procedure.opening["opens_at"])
    expected = closing_reason(procedure)
    if reason not in (expected, *EARLY) and not (reason == "chair" and _may_give_up(procedure)):
        details = cite(procedure.profile, "deadline")
        raise NotAllowed(closing.REASON_IS, expected=expected, told=codes.REASONS[expected], **details)
    if reason in EARLY:
        require_early_end(procedure, reason)
    else:
        _AT[reason](procedure, payload, place, register)
    if payload["seal"] != procedure.seal() or payload["tally"] != procedure.tally():
        raise StaleSeal(closing.SEAL_DIFFERS)


def closing_reason(procedure: Procedure) -> str:
    """Why this procedure ends: because of objections, at its deadline, or when the chair says so."""
    if procedure.stopped is not None:
        return "objection"
    return "chair" if procedure.profile.deadline == "chair" else "deadline"


def _may_give_up(procedure: Procedure) -> bool:
    """Whether it could go on for ever: each deadline begins with a receipt, and nobody can enforce one."""
    return procedure.profile.deadline == "personal" and procedure.stopped is None


def _by_declaration(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Where the chair ends the voting; or where somebody cannot be reached, and all deadlines have passed."""
    if procedure.profile.deadline == "chair":
        return
    details, last = cite(procedure.profile, "deadline"), procedure.closes_at
    if last is not None:
        raise NotDue(closing.EVERYBODY_HAS_ONE, deadline=last, **details)
    running = procedure.conduct.last_own()
    if running is not None and place.at < running:
        raise NotDue(closing.DEADLINE_TO_COME, deadline=running, **details)


def _at_the_deadline(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    deadline, details = procedure.closes_at, cite(procedure.profile, "deadline")
    if deadline is None:
        missing, seats = procedure.conduct.without_deadline(), len(procedure.electorate.seats)
        raise NotDue(closing.NOTHING_RECEIVED, missing=missing, seats=seats, **details)
    if place.at < deadline:
        raise NotDue(closing.DEADLINE_TO_COME, deadline=deadline, **details)
    due = procedure.due_at
    if due is not None and place.at < due and not _may_extend(procedure, payload["actor"], register):
        extension = {**cite(procedure.profile, "extension"), "rule": "grace"}
        raise NotDue(closing.GRACE_LASTS, deadline=deadline, due=due, **extension)


def _may_extend(procedure: Procedure, actor: str, register: Register) -> bool:
    """Whether somebody may decide that the deadline is not extended after all: who could extend it."""
    return actor == procedure.opening["chair"] or "clerk" in register.person(actor).roles


def require_early_end(procedure: Procedure, reason: str) -> bool:
    """Returns if the procedure may end early for this reason: whether every vote is final as well.

    Raises `NotDue` with what is missing, or `NotProvided`.
    """
    EARLY[reason](procedure)
    return procedure.profile.votes_are_final


def _all_voted(procedure: Procedure) -> None:
    details = cite(procedure.profile, "early_close")
    if procedure.profile.early_close != "all_voted":
        raise NotProvided(closing.NO_END_BY_ALL, **details)
    for member, _ in procedure.conduct.members():
        for item in missing_votes(procedure, member):
            raise NotDue(closing.HAS_NOT_VOTED, member=member, item=item, **details)


def _unlosable(procedure: Procedure) -> None:
    details = cite(procedure.profile, "early_close")
    if procedure.profile.early_close != "unlosable":
        raise NotProvided(closing.NO_CERTAIN_END, **details)
    for item in procedure.items:
        if len(set(_possible(procedure, item))) > 1:
            raise NotDue(closing.STILL_OPEN, item=item, **details)


def _possible(procedure: Procedure, item: str) -> Iterator[str]:
    """The results if all who have not voted do the same: one of these is the extreme in every direction."""
    known, poll = procedure.circulation(item), procedure.poll(item)
    polarity = procedure.items[item]["polarity"]
    yield decide(procedure.profile, known, poll, polarity=polarity).result
    if demandable(procedure.profile, known.election) and item not in procedure.referred:
        yield "referred"
    options = procedure.items[item]["options"]
    everybody = known._replace(
        heads=known.seats - known.excluded,
        unreached=0,
        chair_took_part=True,
        groups={group: (seats, seats) for group, (_, seats) in known.groups.items()},
    )
    for option in [one for one in ("yes", "no", "abstain") if one in options] + persons(options):
        for casting in (poll.casting_vote,) if poll.casting_vote else ("yes", "no"):
            full = _if_all_vote(option, poll._replace(casting_vote=casting))
            yield decide(procedure.profile, everybody, full, polarity=polarity).result


def _if_all_vote(option: str, poll: Poll) -> Poll:
    missing = poll.members - poll.excluded - sum(poll.counts.values())
    return poll._replace(
        counts={**poll.counts, option: poll.counts[option] + missing},
        present=poll.members,
        participating=poll.members,
        groups={name: _if_group_votes(option, part) for name, part in poll.groups.items()},
    )


def _if_group_votes(option: str, part: Part) -> Part:
    missing = part.members - part.excluded - sum(part.counts.values())
    return part._replace(counts={**part.counts, option: part.counts[option] + missing})


EARLY: dict[str, Callable[[Procedure], None]] = {"all-voted": _all_voted, "unlosable": _unlosable}
"""Reasons to close before the deadline, and what they need."""

_AT: dict[str, Callable[[Procedure, Payload, Place, Register], None]] = {
    "deadline": _at_the_deadline,
    "chair": _by_declaration,
    "objection": lambda *_: None,
}
