"""What guards have in common. Each part returns, or raises a `Refused` with setting and paragraph to cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ledger.domain.profile import Profile
from ledger.domain.register import Register
from ledger.domain.sentences import codes, voting
from ledger.domain.values import Payload, Place, Seat
from ledger.domain.words import basis
from ledger.errors import (
    AlreadyClosed,
    Excluded,
    NotAllowed,
    NotEntitled,
    NotOpenYet,
    NotProvided,
    Referred,
    StaleBallot,
    StaleReplaces,
    Stopped,
    TooLate,
    UnknownOption,
)
from ledger.sentence import Sentence, literally

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def cite(profile: Profile, setting: str) -> dict[str, object]:
    """The details of a refusal: which setting of the profile said no, and its paragraph (or practice)."""
    paragraph = profile.paragraph(setting)
    said = (literally(basis(paragraph, language)) for language in ("en", "de"))
    return {"rule": setting, "paragraph": Sentence(*said)}


def require_provided(
    provided: bool, procedure: Procedure, setting: str, what: Sentence, **values: object
) -> None:
    """Returns if the rule profile knows `what` (over `values`) at all. Raises `NotProvided`."""
    if not provided:
        raise NotProvided(voting.NOT_PROVIDED, what=what, **values, **cite(procedure.profile, setting))


def require_self(payload: Payload) -> None:
    """The member speaks for himself or herself."""
    if payload["actor"] != payload["member"]:
        raise NotAllowed(voting.SIGNED_BY_THE_MEMBER, rule="actor")


def require_chair_or_clerk(procedure: Procedure, payload: Payload, register: Register) -> None:
    """The chair named at the opening, or any clerk."""
    if payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "clerk")


def require_second_person(first: str, second: str, register: Register) -> None:
    """A clerk or chair who is somebody else than the first."""
    if first == second:
        raise NotAllowed(voting.ANOTHER_PERSON, rule="witness")
    register.require_role(second, "clerk", "chair")


def require_seat(procedure: Procedure, member: str) -> Seat:
    """The seat for which the member votes here. Raises `NotEntitled`."""
    seat = procedure.conduct.seat(member)
    if seat is None:
        replaced = procedure.conduct.replaced.get(member)
        if replaced:
            raise NotEntitled(voting.REPRESENTED, member=member, substitute=replaced)
        raise NotEntitled(voting.NOT_IN_THE_ELECTORATE, member=member)
    return seat


def require_unclosed(procedure: Procedure) -> None:
    """Neither closed nor stopped by objections."""
    if procedure.closing is not None:
        raise AlreadyClosed(voting.CLOSED)
    if procedure.stopped is not None:
        raise Stopped(
            voting.ENDED_BY_OBJECTIONS, effect=procedure.stopped, **cite(procedure.profile, "objection")
        )


def require_open(procedure: Procedure, place: Place, member: str | None = None) -> None:
    """Before the deadline of `member`, or of the last one. At exactly the deadline is late."""
    require_unclosed(procedure)
    deadline = procedure.closes_at if member is None else procedure.conduct.deadline(member)
    if deadline is not None and place.at >= deadline:
        details = cite(procedure.profile, "deadline")
        raise TooLate(voting.DEADLINE_WAS, deadline=deadline, at=place.at, **details)


def require_voting(procedure: Procedure, place: Place, member: str) -> None:
    """Between the opening time and the member's deadline."""
    require_open(procedure, place, member)
    if place.at < procedure.opening["opens_at"]:
        raise NotOpenYet(voting.VOTING_BEGINS, begins=procedure.opening["opens_at"])


def require_ballot(procedure: Procedure, payload: Payload) -> None:
    """Given on the ballot paper of now."""
    if payload["ballot"] != procedure.box.ballot:
        details = cite(procedure.profile, "documents")
        raise StaleBallot(voting.PAPER_IS_NOW, ballot=procedure.box.ballot, **details)


def require_options(procedure: Procedure, member: str, choices: Mapping[str, str]) -> None:
    """Options that are on the paper, on items on which this member votes here."""
    for item, option in choices.items():
        require_item(item, procedure.items)
        if option not in procedure.items[item]["options"]:
            raise UnknownOption(voting.NO_OPTION, item=item, option=option, told=codes.options(option))
        require_not_excluded(procedure, member, (item,))
        if item in procedure.referred:
            details = cite(procedure.profile, "secrecy")
            raise Referred(voting.SECRET_BALLOT, item=item, **details)


def require_not_excluded(procedure: Procedure, who: str, items: Iterable[str]) -> None:
    """No conflict of interest of this person is on record for these items of the ballot paper, or others."""
    for item in items:
        if who in procedure.box.conflicted.get(item, ()):
            details = cite(procedure.profile, "exclusion")
            raise Excluded(voting.EXCLUDED_FROM, member=who, item=item, **details)


def require_item(item: str | None, items: Mapping[str, Payload]) -> None:
    """An item of the ballot paper, or none."""
    if item is not None and item not in items:
        raise UnknownOption(voting.NO_ITEM, item=item)


def require_items(items: Iterable[str], known: Mapping[str, Payload]) -> None:
    """Items of the ballot paper."""
    for item in items:
        require_item(item, known)


def require_current(named: str | None, current: str | None) -> None:
    """The vote that stands is the one that was named."""
    if named != current:
        raise StaleReplaces(voting.VOTE_STANDS if current else voting.NO_VOTE_STANDS, current=current)


def missing_votes(procedure: Procedure, member: str) -> Iterator[str]:
    """The items on which a vote of this member is still to come: neither referred nor without the member."""
    for item in procedure.items:
        excluded = member in procedure.box.excluded[item]
        if not excluded and item not in procedure.referred and not procedure.box.voted_on(member, item):
            yield item
