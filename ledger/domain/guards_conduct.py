"""How a procedure is conducted: exclusion, delivery, substitution, extension, refused attempts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ledger.domain.civil_time import instant
from ledger.domain.guard_parts import (
    cite,
    require_chair_or_clerk,
    require_items,
    require_open,
    require_provided,
    require_seat,
    require_unclosed,
)
from ledger.domain.guards_opening import require_holidays, require_in_force
from ledger.domain.periods import period_end
from ledger.domain.register import Register
from ledger.domain.sentences import conduct
from ledger.domain.values import Payload, Place
from ledger.errors import (
    AlreadyDeclared,
    NotAllowed,
    NotDeclared,
    NotEntitled,
    TooLate,
    TooManyAttempts,
    WrongDeadline,
)

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure

MAX_ATTEMPTS = 1000
"""Refused attempts on record in one procedure: evidence must not become a way to fill the log."""

EVIDENCE = (
    "too-late",
    "already-closed",
    "not-entitled",
    "excluded",
    "change-not-allowed",
    "proxy-stands",
    "stopped",
)
"""Codes of refusals that are worth an entry."""


def may_exclude(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Clerk or chair, or the member, before the closing; on items without an exclusion so far."""
    if payload["actor"] != payload["member"]:
        require_chair_or_clerk(procedure, payload, register)
    require_provided(procedure.profile.exclusion != "none", procedure, "exclusion", conduct.EXCLUSIONS)
    require_unclosed(procedure)
    require_seat(procedure, payload["member"])
    require_items(payload["items"], procedure.items)
    for item in payload["items"]:
        if payload["member"] in procedure.box.excluded[item]:
            details = cite(procedure.profile, "exclusion")
            raise AlreadyDeclared(conduct.EXCLUDED_ALREADY, member=payload["member"], item=item, **details)


def may_lift_exclusion(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Clerk or chair, before the closing."""
    require_chair_or_clerk(procedure, payload, register)
    require_unclosed(procedure)
    require_items(payload["items"], procedure.items)
    for item in payload["items"]:
        if payload["member"] not in procedure.box.conflicted[item]:
            details = cite(procedure.profile, "exclusion")
            raise NotDeclared(conduct.NOT_EXCLUDED, member=payload["member"], item=item, **details)


def may_deliver(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The service, clerk or chair; for members of whom no receipt is on record; with the right deadline."""
    if payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "service", "clerk")
    require_unclosed(procedure)
    for member in payload["members"]:
        require_seat(procedure, member)
        if member in procedure.conduct.delivered:
            raise AlreadyDeclared(conduct.RECEIVED_ALREADY, member=member, **cite(procedure.profile, "reach"))
    require_own_deadline(procedure, payload, place)


def require_own_deadline(procedure: Procedure, payload: Payload, place: Place) -> None:
    """The deadline that follows from the receipt, where deadlines are personal; otherwise none."""
    details = cite(procedure.profile, "deadline")
    received_at, opened_at = payload["received_at"], procedure.opened.at
    if not opened_at <= received_at <= place.at:
        raise WrongDeadline(conduct.RECEIPT_BETWEEN, earliest=opened_at, latest=place.at, **details)
    expected = own_deadline(procedure, received_at)
    if payload["closes_at"] != expected:
        wrong = conduct.DEADLINE_FOLLOWS if expected else conduct.NO_OWN_DEADLINE
        raise WrongDeadline(wrong, expected=expected, **details)
    if expected is not None:
        if expected <= place.at:
            raise TooLate(conduct.DEADLINE_PASSED, expected=expected, **details)
        require_in_force(procedure.opening, procedure.profile, expected)
        require_holidays(procedure.opening, procedure.profile, expected)


def own_deadline(procedure: Procedure, received_at: str) -> str | None:
    """When the deadline of somebody ends who received the documents then; None where it is not personal."""
    period = procedure.profile.period
    if procedure.profile.deadline != "personal" or period is None:
        return None
    opening = procedure.opening
    return period_end(period, received_at, opening["time_zone"], opening.get("holidays", ()))


def may_substitute(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Clerk or chair; for a member without a vote that counts, somebody whom the seat names as substitute."""
    require_chair_or_clerk(procedure, payload, register)
    member, substitute, rule = payload["member"], payload["substitute"], procedure.profile.substitution
    require_provided(rule != "none", procedure, "substitution", conduct.SUBSTITUTES)
    require_open(procedure, place, member)
    details = cite(procedure.profile, "substitution")
    if rule == "before_start" and place.at >= procedure.opening["opens_at"]:
        raise TooLate(conduct.NAMED_BEFORE, **details)
    seat = require_seat(procedure, member)
    if substitute not in seat.substitutes:
        raise NotEntitled(
            conduct.NO_SUBSTITUTE, substitute=substitute, principal=member, member=substitute, **details
        )
    if procedure.conduct.seat(substitute) is not None:
        raise NotAllowed(conduct.VOTES_HERE, substitute=substitute, **details)
    if member in procedure.box.votes and not procedure.box.superseded(member):
        raise NotAllowed(conduct.HAS_VOTED, member=member, **details)
    require_own_deadline(procedure, payload, place)


def may_extend(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Clerk or chair, to a later instant; after a deadline only where allowed (VwVfG § 31 Abs. 7)."""
    require_chair_or_clerk(procedure, payload, register)
    rule, closes_at = procedure.profile.extension, payload["closes_at"]
    require_provided(rule != "never", procedure, "extension", conduct.AN_EXTENSION)
    require_unclosed(procedure)
    details = cite(procedure.profile, "extension")
    civil = payload.get("closes_local")
    if civil is not None and closes_at != instant(civil, procedure.opening["time_zone"]):
        meant = instant(civil, procedure.opening["time_zone"])
        raise WrongDeadline(conduct.CIVIL_IS, civil=civil, meant=meant, **details)
    for before in _deadlines(procedure, payload["members"]):
        if closes_at <= before or closes_at <= place.at:
            raise WrongDeadline(conduct.EXTENSION_IS_LATER, before=before, **details)
        if place.at >= before and rule != "retroactive":
            raise TooLate(conduct.NOT_AFTERWARDS, before=before, **details)
    require_in_force(procedure.opening, procedure.profile, closes_at)


def _deadlines(procedure: Procedure, members: Iterable[str] | None) -> list[str]:
    """The deadlines that an extension concerns: of all, also those that ended while another one runs."""
    concerned = [member for member, _ in procedure.conduct.members()] if members is None else members
    ends = set()
    for member in concerned:
        require_seat(procedure, member)
        end = procedure.conduct.deadline(member)
        if end is None:
            raise WrongDeadline(
                conduct.NOTHING_TO_EXTEND, member=member, **cite(procedure.profile, "extension")
            )
        ends.add(end)
    return sorted(ends, reverse=True)


def may_note_attempt(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The service, each refused statement once, and not without end."""
    register.require_role(payload["actor"], "service")
    if payload["code"] not in EVIDENCE:
        raise NotAllowed(conduct.NO_EVIDENCE, code=payload["code"])
    if payload["statement"] in procedure.conduct.attempted:
        raise AlreadyDeclared(conduct.ATTEMPT_ON_RECORD)
    if len(procedure.conduct.attempted) >= MAX_ATTEMPTS:
        raise TooManyAttempts(conduct.MANY_ATTEMPTS, limit=MAX_ATTEMPTS)
