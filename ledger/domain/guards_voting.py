"""Votes and documents: what is refused while members vote, in the order of checking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.guard_parts import (
    cite,
    require_ballot,
    require_chair_or_clerk,
    require_current,
    require_item,
    require_open,
    require_options,
    require_provided,
    require_seat,
    require_second_person,
    require_self,
    require_voting,
)
from ledger.domain.register import Register
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
        raise DocumentsFrozen("the rule profile freezes the documents at the opening", **details)
    document = payload["document"]
    known = [*procedure.opening["documents"], *procedure.attached]
    if document["sha256"] in {other["sha256"] for other in known}:
        raise DocumentsFrozen(f"the document {document['sha256']} is attached already")
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
    if vote and procedure.profile.change == "never" and not procedure.box.superseded(member):
        details = cite(procedure.profile, "change")
        raise ChangeNotAllowed("the rule profile does not allow a vote to be changed", **details)
    require_current(payload["replaces"], vote.leaf if vote else None)


def _require_turn(procedure: Procedure, place: Place, member: str) -> None:
    """The chair votes once all others have voted or their deadlines have passed; then nobody votes any more.

    Where somebody stays silent until a common deadline, the chair's own one is extended.
    """
    chair, box, details = procedure.opening["chair"], procedure.box, cite(procedure.profile, "chair_votes")
    if member != chair:
        if chair in box.votes and not box.superseded(chair):
            raise OutOfTurn("the chair has voted; nobody votes after the chair", **details)
        return
    for other, _ in procedure.conduct.members():
        deadline = procedure.conduct.deadline(other)
        if other != chair and (deadline is None or place.at < deadline) and _has_to_vote(procedure, other):
            raise OutOfTurn(f"the chair votes last, and {other} has not voted", **details)


def _has_to_vote(procedure: Procedure, member: str) -> bool:
    open_items = [item for item in procedure.items if item not in procedure.referred]
    return any(
        member not in procedure.box.excluded[item] and not procedure.box.voted_on(member, item)
        for item in open_items
    )


def _require_provenance(procedure: Procedure, payload: Payload, register: Register) -> None:
    """Somebody else submits it: the proxy, a portal that knows the member, or a clerk with a witness."""
    given, allowed = payload["provenance"], procedure.profile.provenance
    match given["kind"]:
        case "proxy":
            require_provided(procedure.profile.proxy is not None, procedure, "proxy", "proxies")
            if procedure.conduct.proxies.get(payload["member"]) != payload["actor"]:
                details = cite(procedure.profile, "proxy")
                raise NotAllowed(f"{payload['actor']} is not the proxy of {payload['member']}", **details)
        case "portal-attested":
            require_provided(allowed["portal"] is not None, procedure, "provenance", "votes through a portal")
            register.require_role(payload["actor"], "portal")
            _require(given, "assurance")
            if ASSURANCE.index(given["assurance"]) < ASSURANCE.index(allowed["portal"]):
                details = cite(procedure.profile, "provenance")
                raise NotAllowed(f"the profile asks for the assurance level {allowed['portal']}", **details)
        case "clerk-recorded":
            require_provided(allowed["clerk"], procedure, "provenance", "votes recorded by a clerk")
            register.require_role(payload["actor"], "clerk")
            _require(given, "source", "witness")
            require_second_person(payload["actor"], given["witness"], register)


def _require(given: Payload, *members: str) -> None:
    for member in members:
        if member not in given:
            raise BadShape(f"vote-cast: provenance: {given['kind']} needs {member}")


def _require_proxy(procedure: Procedure, payload: Payload) -> None:
    if payload.get("provenance", {}).get("kind") != "proxy":
        proxy = procedure.conduct.proxies[payload["member"]]
        details = cite(procedure.profile, "proxy")
        raise ProxyStands(f"{proxy} votes for {payload['member']}", **details)


def may_withdraw(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The member, in time, naming the vote that stands."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if not procedure.profile.withdraw:
        details = cite(procedure.profile, "withdraw")
        raise ChangeNotAllowed("the rule profile does not allow a vote to be withdrawn", **details)
    vote = procedure.box.votes.get(payload["member"])
    require_current(payload["withdraws"], vote.leaf if vote else None)


def may_give_casting_vote(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The chair named at the opening, once, yes or no, where the profile has a casting vote."""
    require_self(payload)
    require_voting(procedure, place, payload["member"])
    if payload["member"] != procedure.opening["chair"]:
        raise NotAllowed("only the chair named at the opening has a casting vote")
    if procedure.profile.tie != "casting_vote":
        raise NotAllowed("the rule profile knows no casting vote", **cite(procedure.profile, "tie"))
    if procedure.box.casting:
        raise ChangeNotAllowed("the casting vote was given already")
    require_ballot(procedure, payload)
    require_options(procedure, payload["member"], payload["choices"])
    if not {"yes", "no"}.issuperset(payload["choices"].values()):
        raise UnknownOption("a casting vote is yes or no")


def may_record_presence(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A clerk or the chair, for members of the electorate, before the closing."""
    require_chair_or_clerk(procedure, payload, register)
    require_open(procedure, place)
    for member in payload["members"]:
        require_seat(procedure, member)
