"""The life after the closing: what may be said about a result, and when. Nothing reopens a procedure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ledger.domain.expiry import expires_at, took_effect
from ledger.domain.guard_parts import (
    cite,
    require_chair_or_clerk,
    require_items,
    require_provided,
    require_second_person,
)
from ledger.domain.profile import persons
from ledger.domain.publicity import is_public
from ledger.domain.register import Register
from ledger.domain.sentences import results
from ledger.domain.values import Payload, Place
from ledger.domain.words import outcome
from ledger.errors import (
    AlreadyClosed,
    AlreadyDeclared,
    NotAllowed,
    NotClosed,
    NotDetermined,
    NotExpired,
    StaleResult,
    UnknownOption,
    WrongResult,
)
from ledger.sentence import LANGUAGES, Sentence, literally

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def may_determine(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, once, after the closing, with what the rules give: computed again here."""
    require_chair_or_clerk(procedure, payload, register)
    if procedure.closing is None:
        raise NotClosed(results.AFTER_THE_CLOSING)
    _require_alive(procedure)
    if procedure.life.determined is not None:
        raise AlreadyDeclared(results.DETERMINED_ALREADY)
    lots = payload.get("lots", {})
    require_items(lots, procedure.items)
    expected = determination(procedure, lots)
    for item, lot in lots.items():
        steps = procedure.outcome(item, lot).steps
        if not any(step.code == "lot" and step.names["choice"] == lot for step in steps):
            details = cite(procedure.profile, "tie")
            raise WrongResult(results.NO_LOT, item=item, lot=lot, **details)
    _require_lots(procedure, lots)
    for name, value in expected.items():
        if payload[name] != value:
            told = json.dumps(value, ensure_ascii=False)
            raise WrongResult(results.RESULT_FOLLOWS, name=name, value=told)


def _require_lots(procedure: Procedure, lots: Payload) -> None:
    """A result is determined once: no lot may be forgotten. Of a replayed vote the source knows the end."""
    for item in procedure.items:
        drawn = [step.holds for step in procedure.outcome(item, lots.get(item)).steps if step.code == "lot"]
        if not all(drawn) and "replay" not in procedure.opening:
            raise WrongResult(results.LOT_DECIDES, item=item, **cite(procedure.profile, "tie"))


def determination(procedure: Procedure, lots: Payload) -> dict[str, Any]:
    """What a determination has to say: tally, outcome and validity of every item."""
    outcomes = {item: procedure.outcome(item, lots.get(item)) for item in procedure.items}
    return {
        "tally": procedure.tally(),
        "outcome": {item: outcome.result for item, outcome in outcomes.items()},
        "valid": {item: outcome.valid for item, outcome in outcomes.items()},
    }


def may_announce(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, once, after the determination."""
    _require_determined(procedure, payload, register)
    if "announced" in procedure.life.steps:
        raise AlreadyDeclared(results.ANNOUNCED_ALREADY)


def may_publish(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, once, after the announcement; with `made_public` also again.

    That items become public cannot be taken back, so a second person signs it as well.
    """
    _require_determined(procedure, payload, register)
    if "announced" not in procedure.life.steps:
        raise NotDetermined(results.MEMBERS_FIRST, **cite(procedure.profile, "publication"))
    if "made_public" in payload:
        _require_may_become_public(procedure, payload, register)
    elif "published" in procedure.life.steps:
        raise AlreadyDeclared(results.PUBLISHED_ALREADY, **cite(procedure.profile, "publication"))
    elif "witness" in payload:
        raise NotAllowed(results.NO_WITNESS_NEEDED, rule="witness")


def _require_may_become_public(procedure: Procedure, payload: Payload, register: Register) -> None:
    if "witness" not in payload:
        raise NotAllowed(results.PUBLIC_BY_TWO, rule="witness")
    require_second_person(payload["actor"], payload["witness"], register)
    require_items(payload["made_public"], procedure.items)
    for item in payload["made_public"]:
        if is_public(procedure.items[item]) or item in procedure.life.made_public:
            raise AlreadyDeclared(results.PUBLIC_ALREADY, item=item)


def may_ratify(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, once, where the profile asks for a meeting to confirm."""
    provisional = procedure.profile.result == "provisional"
    require_provided(provisional, procedure, "result", results.A_CONFIRMATION)
    _require_determined(procedure, payload, register)
    if procedure.life.ratified is not None:
        raise AlreadyDeclared(results.RATIFIED_ALREADY, **cite(procedure.profile, "result"))


def may_suspend(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, until an instant to come, or without end."""
    _require_determined(procedure, payload, register)
    if payload["until"] is not None and payload["until"] <= place.at:
        raise NotAllowed(results.SUSPENSION_ENDS, at=place.at)


def may_object_to_result(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The chair, or a clerk who records it, once."""
    _require_determined(procedure, payload, register)
    if "objected" in procedure.life.steps:
        raise AlreadyDeclared(results.CHAIR_OBJECTED)


def may_meet_condition(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk, for items with a condition, once each."""
    _require_determined(procedure, payload, register)
    require_items(payload["items"], procedure.items)
    for item in payload["items"]:
        if "condition" not in procedure.items[item]:
            raise NotAllowed(results.NO_CONDITION, item=item)
        if item in procedure.life.conditions_met:
            raise AlreadyDeclared(results.CONDITION_MET, item=item)


def may_expire(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The service, chair or clerk, for items that were resolved and whose time is over."""
    if payload["actor"] != procedure.opening["chair"]:
        register.require_role(payload["actor"], "service", "clerk")
    _require_result(procedure)
    require_items(payload["items"], procedure.items)
    for item in payload["items"]:
        _require_ended(procedure, item, place)
        if item in procedure.life.expired:
            raise AlreadyDeclared(results.EXPIRED_ALREADY, item=item)


def _require_ended(procedure: Procedure, item: str, place: Place) -> None:
    """A resolution that was limited in time, and whose time is over: what was rejected has no end."""
    if not took_effect(procedure.outcome(item).result):
        raise NotExpired(results.NOT_RESOLVED, item=item, ends=None)
    ends = expires_at(procedure, item)
    if ends is None or place.at < ends:
        raise NotExpired(results.ENDS if ends else results.NO_END, item=item, ends=ends)


def may_correct(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """Chair or clerk and a second person, naming the entry that says the result now."""
    _require_determined(procedure, payload, register)
    require_second_person(payload["actor"], payload["witness"], register)
    if payload["corrects"] != procedure.life.last_result:
        raise StaleResult(results.RESULT_STANDS_IN, current=procedure.life.last_result)
    require_items(payload["outcome"], procedure.items)
    for item, result in payload["outcome"].items():
        told = Sentence(*(literally(outcome(result, language)) for language in LANGUAGES))
        if result not in _results_of(procedure, item):
            raise UnknownOption(results.NO_RESULT, item=item, result=told)
        if procedure.outcome(item).result == result:
            raise AlreadyDeclared(results.RESULT_IS_THAT, item=item, result=told)


def _results_of(procedure: Procedure, item: str) -> set[str]:
    """What an item can end with; `void` is what an annulment says."""
    candidates = persons(procedure.items[item]["options"])
    decided = [f"elected:{one}" for one in candidates] if candidates else ["adopted", "rejected"]
    return {*decided, "no-decision", "referred"}


def may_annul(procedure: Procedure, payload: Payload, place: Place, register: Register) -> None:
    """The chair or a clerk, once, after the closing."""
    require_chair_or_clerk(procedure, payload, register)
    if procedure.closing is None:
        raise NotClosed(results.ANNULLED_AFTER)
    if procedure.annulment is not None:
        raise AlreadyDeclared(results.ANNULLED_ALREADY)


def _require_determined(procedure: Procedure, payload: Payload, register: Register) -> None:
    require_chair_or_clerk(procedure, payload, register)
    _require_result(procedure)


def _require_result(procedure: Procedure) -> None:
    _require_alive(procedure)
    if procedure.life.determined is None:
        raise NotDetermined(results.NOTHING_DETERMINED)


def _require_alive(procedure: Procedure) -> None:
    if procedure.annulment is not None:
        raise AlreadyClosed(results.ANNULLED)
