"""Votes and documents: what is refused while members vote, in the order of checking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.guard_parts import (
    cite,
    missing_votes,
    require_ballot,
    require_chair_or_clerk,
    require_current,
    require_item,
    require_not_excluded,
    require_open,
    require_options,
    require_provided,
    require_seat,
    require_second_person,
    require_self,
    require_voting,
)
from ledger.domain.register import Register
from ledger.domain.sentences import codes, declarations, voting
from ledger.domain.values import Payload, Place
from ledger.errors import (
    BadShape,
    ChangeNotAllowed,
    DocumentsFrozen,
    NotAllowed,
    OutOfTurn,
    ProxyStands,
    UnknownOption,
)

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure

ASSURANCE = ("low", "substantial", "high")
"""How surely a portal knew who voted (eIDAS, Regulation (EU) 910/2014, Art. 8), from the least."""


def may_attach(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A clerk, before the deadline, where the profile allows documents after the opening."""
    register.require_role(payload["actor"], "clerk")
    require_open(procedure, place)
    if procedure.profile.documents == "frozen":
        details = cite(procedure.profile, "documents")
        raise DocumentsFrozen(voting.FROZEN, **details)
    document = payload["document"]
    known = [*procedure.opening["documents"], *procedure.attached]
    if document["sha256"] in {other["sha256"] for other in known}:
        raise DocumentsFrozen(voting.ATTACHED_ALREADY, sha256=document["sha256"])
    require_item(document["item"], procedure.items)


def may_cast(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A member of the electorate, in time, on the ballot paper of now, naming the vote that is replaced."""
    member = payload["member"]
    if "provenance" in payload:
        _require_provenance(procedure, payload, register)
    else:
        require_self(payload)
    require_voting(procedure, place, member)
    require_seat(procedure, member)
    if member in procedure.conduct.proxies:
        _require_proxy(procedure, payload)
    if procedure.profile.chair_votes == "last":
        _require_turn(procedure, place, member)
    require_ballot(procedure, payload)
    require_options(procedure, member, payload["choices"])
    vote = procedure.box.votes.get(member)
    if procedure.profile.change == "never":
        _require_first(procedure, member)
    require_current(payload["replaces"], vote.leaf if vote else None)


def _require_first(procedure: Procedure, member: str) -> None:
    """Neither stands a vote, nor was one taken back: that and a new one would be a change."""
    if procedure.box.stands(member):
        raise ChangeNotAllowed(voting.NO_CHANGE, **cite(procedure.profile, "change"))
    if member in procedure.box.withdrawn:
        raise ChangeNotAllowed(voting.NOT_GIVEN_AGAIN, member=member, **cite(procedure.profile, "change"))


def _require_turn(procedure: Procedure, place: Place, member: str) -> None:
    """The chair votes once all others have voted or their deadlines have passed; then nobody votes any more.

    Where somebody stays silent until a common deadline, the chair's own one is extended.
    """
    chair, box = procedure.opening["chair"], procedure.box
    if member != chair:
        if chair in box.votes and not box.superseded(chair):
            raise OutOfTurn(voting.CHAIR_HAS_VOTED, **cite(procedure.profile, "chair_votes"))
        return
    for other, _ in procedure.conduct.members():
        deadline = procedure.conduct.deadline(other)
        in_time = other != chair and (deadline is None or place.at < deadline)
        if in_time and next(missing_votes(procedure, other), None) is not None:
            raise OutOfTurn(voting.CHAIR_WAITS, waits_for=other, **cite(procedure.profile, "chair_votes"))


def _require_provenance(procedure: Procedure, payload: Payload, register: Register) -> None:
    """Somebody else submits it: the proxy, a portal that knows the member, or a clerk with a witness."""
    given, allowed = payload["provenance"], procedure.profile.provenance
    match given["kind"]:
        case "proxy":
            require_provided(procedure.profile.proxy is not None, procedure, "proxy", declarations.PROXIES)
            if procedure.conduct.proxies.get(payload["member"]) != payload["actor"]:
                details = cite(procedure.profile, "proxy")
                raise NotAllowed(
                    voting.NOT_THE_PROXY, proxy=payload["actor"], member=payload["member"], **details
                )
            require_not_excluded(procedure, payload["actor"], payload["choices"])
        case "portal-attested":
            require_provided(allowed["portal"] is not None, procedure, "provenance", voting.BY_PORTAL)
            register.require_role(payload["actor"], "portal")
            _require(given, "assurance")
            if ASSURANCE.index(given["assurance"]) < ASSURANCE.index(allowed["portal"]):
                details = cite(procedure.profile, "provenance")
                level = allowed["portal"]
                raise NotAllowed(voting.ASSURANCE_ASKED, level=level, told=codes.LEVELS[level], **details)
        case "clerk-recorded":
            require_provided(allowed["clerk"], procedure, "provenance", voting.BY_CLERK)
            register.require_role(payload["actor"], "clerk")
            _require(given, "source", "witness")
            require_second_person(payload["actor"], given["witness"], register)


def _require(given: Payload, *members: str) -> None:
    for member in members:
        if member not in given:
            raise BadShape(voting.PROVENANCE_NEEDS, kind=given["kind"], member=member)


def _require_proxy(procedure: Procedure, payload: Payload) -> None:
    if payload.get("provenance", {}).get("kind") != "proxy":
        proxy = procedure.conduct.proxies[payload["member"]]
        details = cite(procedure.profile, "proxy")
        raise ProxyStands(voting.PROXY_VOTES, proxy=proxy, member=payload["member"], **details)


def may_withdraw(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The member, in time, naming the vote that stands."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if not procedure.profile.withdraw:
        details = cite(procedure.profile, "withdraw")
        raise ChangeNotAllowed(voting.NO_WITHDRAWAL, **details)
    vote = procedure.box.votes.get(payload["member"])
    require_current(payload["withdraws"], vote.leaf if vote else None)


def may_give_casting_vote(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The chair named at the opening, once, yes or no, where the profile has a casting vote."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if payload["member"] != procedure.opening["chair"]:
        raise NotAllowed(voting.ONLY_THE_CHAIR)
    if procedure.profile.tie != "casting_vote":
        raise NotAllowed(voting.NO_CASTING_VOTE, **cite(procedure.profile, "tie"))
    if procedure.box.casting:
        raise ChangeNotAllowed(voting.CASTING_VOTE_GIVEN)
    require_ballot(procedure, payload)
    require_options(procedure, payload["member"], payload["choices"])
    if not {"yes", "no"}.issuperset(payload["choices"].values()):
        raise UnknownOption(voting.CASTING_VOTE_IS)


def may_record_presence(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A clerk or the chair, for members of the electorate, before the closing."""
    require_chair_or_clerk(procedure, payload, register)
    require_open(procedure, place)
    for member in payload["members"]:
        require_seat(procedure, member)
