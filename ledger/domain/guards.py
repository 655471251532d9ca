"""What a procedure refuses, and why: one function for each statement, in the order of checking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ledger.domain.profile import Profile, check_options, parse_profile
from ledger.domain.register import Register
from ledger.domain.values import Electorate, Payload, Place
from ledger.errors import (
    AlreadyClosed,
    BadProfile,
    ChangeNotAllowed,
    DocumentsFrozen,
    NotAllowed,
    NotClosed,
    NotEntitled,
    NotOpenYet,
    StaleBallot,
    StaleElectorate,
    StaleReplaces,
    StaleSeal,
    TooLate,
    UnknownOption,
)

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def may_open(payload: Payload, place: Place, register: Register) -> None:
    """A clerk or chair; the electorate as it stands; a profile that fits every item; a deadline to come."""
    register.require_role(payload["actor"], "clerk", "chair")
    body = register.body(payload["body"])
    named = payload["electorate"]
    if (named["as_of"], named["count"]) != (body.as_of, len(body.seats)):
        raise StaleElectorate(f"{payload['body']} has {len(body.seats)} seats, last changed at {body.as_of}")
    if payload["chair"] is not None:
        register.person(payload["chair"])
    profile = parse_profile(payload["profile"])
    items = payload["items"]
    if len({item["id"] for item in items}) < len(items):
        raise BadProfile("two items have the same id")
    for item in items:
        check_options(profile, item["options"])
    _check_documents(payload)
    _check_times(payload, place, profile)
    if "replay" not in payload:
        _check_reachable(profile, body.electorate(body.as_of))


def may_attach(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A clerk, before the deadline, where the profile allows documents after the opening."""
    register.require_role(payload["actor"], "clerk")
    _require_open(procedure, place)
    if procedure.profile.documents == "frozen":
        raise DocumentsFrozen("the rule profile freezes the documents at the opening")
    document = payload["document"]
    known = [*procedure.opening["documents"], *procedure.attached]
    if document["sha256"] in {other["sha256"] for other in known}:
        raise DocumentsFrozen(f"the document {document['sha256']} is attached already")
    _require_item(document["item"], procedure.items)


def may_cast(procedure: Procedure, payload: Payload, place: Place) -> None:
    """A member of the electorate, in time, on the ballot paper of now, naming the vote that is replaced."""
    member = payload["member"]
    _require_self(payload)
    _require_voting(procedure, place)
    if member not in procedure.electorate.seats:
        raise NotEntitled(f"{member} is not in the electorate of this procedure", member=member)
    _require_ballot(procedure, payload)
    _require_options(procedure, payload["choices"])
    vote = procedure.box.votes.get(member)
    if vote and procedure.profile.change == "never" and not procedure.box.superseded(member):
        raise ChangeNotAllowed("the rule profile does not allow a vote to be changed")
    _require_current(payload["replaces"], vote.leaf if vote else None)


def may_withdraw(procedure: Procedure, payload: Payload, place: Place) -> None:
    """The member, in time, naming the vote that stands."""
    _require_self(payload)
    _require_voting(procedure, place)
    if not procedure.profile.withdraw:
        raise ChangeNotAllowed("the rule profile does not allow a vote to be withdrawn")
    vote = procedure.box.votes.get(payload["member"])
    _require_current(payload["withdraws"], vote.leaf if vote else None)


def may_give_casting_vote(procedure: Procedure, payload: Payload, place: Place) -> None:
    """The chair named at the opening, once, yes or no, where the profile has a casting vote."""
    _require_self(payload)
    _require_voting(procedure, place)
    if payload["member"] != procedure.opening["chair"]:
        raise NotAllowed("only the chair named at the opening has a casting vote")
    if procedure.profile.tie != "casting_vote":
        raise NotAllowed("the rule profile knows no casting vote")
    if procedure.box.casting:
        raise ChangeNotAllowed("the casting vote was given already")
    _require_ballot(procedure, payload)
    _require_options(procedure, payload["choices"])
    if not {"yes", "no"}.issuperset(payload["choices"].values()):
        raise UnknownOption("a casting vote is yes or no")


def may_record_presence(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """A clerk or the chair, for members of the electorate, before the closing."""
    _require_chair_or_clerk(procedure, payload, register)
    _require_open(procedure, place)
    for member in payload["members"]:
        if member not in procedure.electorate.seats:
            raise NotEntitled(f"{member} is not in the electorate of this procedure", member=member)


def may_close(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """At the deadline the service, chair or clerk; without one chair or clerk. The seal must be true."""
    if procedure.closing is not None:
        raise AlreadyClosed("the procedure is closed")
    closes_at = procedure.opening["closes_at"]
    if closes_at is None:
        _require_chair_or_clerk(procedure, payload, register)
    elif payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "service", "clerk")
    if place.at < procedure.opening["opens_at"]:
        raise NotOpenYet(f"the procedure opens at {procedure.opening['opens_at']}")
    if closes_at is not None and place.at < closes_at:
        raise NotClosed(f"the deadline is {closes_at}; the profile knows no earlier end")
    if payload["reason"] != ("chair" if closes_at is None else "deadline"):
        raise NotAllowed(f"the reason is {'chair' if closes_at is None else 'deadline'}")
    if payload["seal"] != procedure.seal() or payload["tally"] != procedure.tally():
        raise StaleSeal("the seal or the tally does not describe the procedure as it stands")


def may_annul(procedure: Procedure, payload: Payload, register: Register) -> None:
    """The chair or a clerk, once, after the closing."""
    _require_chair_or_clerk(procedure, payload, register)
    if procedure.closing is None:
        raise NotClosed("only a closed result can be annulled")
    if procedure.annulment is not None:
        raise AlreadyClosed("the result is annulled already")


# ── parts of guards ────────────────────────────────────────────────────────────────────────────


def _require_self(payload: Payload) -> None:
    if payload["actor"] != payload["member"]:
        raise NotAllowed("a vote is signed by the member whose vote it is")


def _require_open(procedure: Procedure, place: Place) -> None:
    """Not closed, and before the deadline. At exactly the deadline is late."""
    if procedure.closing is not None:
        raise AlreadyClosed("the procedure is closed")
    closes_at = procedure.opening["closes_at"]
    if closes_at is not None and place.at >= closes_at:
        raise TooLate(f"the deadline was {closes_at}; this entry's time is {place.at}")


def _require_voting(procedure: Procedure, place: Place) -> None:
    _require_open(procedure, place)
    if place.at < procedure.opening["opens_at"]:
        raise NotOpenYet(f"voting begins at {procedure.opening['opens_at']}")


def _require_chair_or_clerk(procedure: Procedure, payload: Payload, register: Register) -> None:
    if payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "clerk")


def _require_ballot(procedure: Procedure, payload: Payload) -> None:
    if payload["ballot"] != procedure.box.ballot:
        raise StaleBallot(f"the ballot paper of this procedure is now {procedure.box.ballot}")


def _require_options(procedure: Procedure, choices: Mapping[str, str]) -> None:
    for item, option in choices.items():
        _require_item(item, procedure.items)
        if option not in procedure.items[item]["options"]:
            raise UnknownOption(f"{option} is no option of item {item}", item=item, option=option)


def _require_item(item: str | None, items: Mapping[str, Payload]) -> None:
    if item is not None and item not in items:
        raise UnknownOption(f"there is no item {item}", item=item)


def _require_current(named: str | None, current: str | None) -> None:
    if named != current:
        raise StaleReplaces(f"the vote that stands now is {current or 'none'}", current=current)


def _check_documents(payload: Payload) -> None:
    documents = payload["documents"]
    if len({document["sha256"] for document in documents}) < len(documents):
        raise BadProfile("a document is named twice")
    items = {item["id"]: item for item in payload["items"]}
    for document in documents:
        _require_item(document["item"], items)


def _check_times(payload: Payload, place: Place, profile: Profile) -> None:
    closes_at = payload["closes_at"]
    if (closes_at is None) != (profile.deadline == "chair"):
        raise BadProfile("a fixed deadline needs closes_at, and without one closes_at is null")
    if closes_at is not None and closes_at <= max(payload["opens_at"], place.at):
        raise BadProfile(f"the deadline {closes_at} is not after the opening")


def _check_reachable(profile: Profile, electorate: Electorate) -> None:
    if not electorate.seats:
        raise BadProfile("nobody could vote: the body has no seats")
    majority = profile.majority
    if majority and majority.count is not None and majority.count > electorate.weight:
        raise BadProfile(f"{majority.count} yes are required, but there are only {electorate.weight} votes")
