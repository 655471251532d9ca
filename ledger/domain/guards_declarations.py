"""What members declare beside their votes: consent, objection, demand for a secret ballot, proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.circulation import demandable
from ledger.domain.guard_parts import (
    cite,
    require_ballot,
    require_items,
    require_open,
    require_provided,
    require_seat,
    require_self,
    require_unclosed,
    require_voting,
)
from ledger.domain.profile import persons
from ledger.domain.register import Register
from ledger.domain.sentences import declarations
from ledger.domain.values import Payload, Place
from ledger.errors import AlreadyDeclared, NotDeclared, ProxyNotAllowed, TooLate

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def may_consent(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member, in time, on the ballot paper of now; to some items only where the profile allows it."""
    member, items, rule = payload["member"], payload["items"], procedure.profile.procedure_consent
    require_self(payload)
    require_provided(rule is not None, procedure, "procedure_consent", declarations.CONSENT)
    require_voting(procedure, place, member)
    require_seat(procedure, member)
    require_ballot(procedure, payload)
    if items is not None:
        partial = rule is not None and rule.partial
        require_provided(partial, procedure, "procedure_consent", declarations.PARTIAL_CONSENT)
        require_items(items, procedure.items)
    declared = procedure.conduct.consents.declared.get(member)
    if declared == (tuple(procedure.items) if items is None else tuple(items)):
        raise AlreadyDeclared(declarations.CONSENT_DECLARED, **cite(procedure.profile, "procedure_consent"))


def may_revoke_consent(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member whose consent stands, in time (BGB § 130 Abs. 1 Satz 2)."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if payload["member"] not in procedure.conduct.consents.declared:
        raise NotDeclared(declarations.NO_CONSENT, **cite(procedure.profile, "procedure_consent"))


def may_object(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member, or where the profile says so an entitled participant, in time, once for each seat."""
    require_self(payload)
    rule, who = procedure.profile.objection, payload["member"]
    require_provided(rule is not None, procedure, "objection", declarations.OBJECTIONS)
    require_unclosed(procedure)
    entitled = (
        rule is not None and rule.who == "entitled" and who in procedure.opening.get("participants", ())
    )
    if not entitled:
        require_seat(procedure, who)
    until = procedure.opening.get("objections_until")
    if until is None:
        require_open(procedure, place, who)
    elif place.at >= until:
        details = cite(procedure.profile, "objection")
        raise TooLate(declarations.OBJECTIONS_UNTIL, until=until, at=place.at, **details)
    for holder in procedure.conduct.holders(who) & procedure.conduct.objections.keys():
        details = cite(procedure.profile, "objection")
        raise AlreadyDeclared(declarations.OBJECTED_ALREADY, member=holder, **details)


def may_demand_secret_ballot(
    procedure: Procedure, payload: Payload, place: Place, register: Register
) -> None:
    """A member, on items on which the law lets a secret ballot be demanded; here votes are named."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    require_seat(procedure, payload["member"])
    require_items(payload["items"], procedure.items)
    for item in payload["items"]:
        election = bool(persons(procedure.items[item]["options"]))
        allowed = demandable(procedure.profile, election)
        require_provided(allowed, procedure, "secrecy", declarations.SECRET_BALLOT_ON, item=item)
        if procedure.conduct.holders(payload["member"]) & procedure.conduct.demands[item]:
            raise AlreadyDeclared(declarations.DEMANDED_ALREADY, **cite(procedure.profile, "secrecy"))


def may_give_proxy(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member, to a registered person who stands for no more members than the profile allows."""
    member, proxy, conduct = payload["member"], payload["proxy"], procedure.conduct
    limit = procedure.profile.proxy
    require_self(payload)
    require_provided(limit is not None, procedure, "proxy", declarations.PROXIES)
    require_voting(procedure, place, member)
    require_seat(procedure, member)
    register.person(proxy)
    details = cite(procedure.profile, "proxy")
    if member in conduct.proxies:
        raise AlreadyDeclared(
            declarations.PROXY_ALREADY, proxy=conduct.proxies[member], member=member, **details
        )
    if proxy == member or proxy in conduct.proxies or conduct.principals(member):
        raise ProxyNotAllowed(declarations.PROXY_IS_ANOTHER, **details)
    if limit is not None and conduct.principals(proxy) >= limit["max"]:
        raise ProxyNotAllowed(declarations.PROXY_HAS_ENOUGH, proxy=proxy, limit=limit["max"], **details)


def may_revoke_proxy(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member who has a proxy, in time."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if payload["member"] not in procedure.conduct.proxies:
        raise NotDeclared(declarations.NO_PROXY, **cite(procedure.profile, "proxy"))
