"""What was said about a result after the closing, in words: each step with its time, its entry and signer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.domain.expiry import expires_at, took_effect
from ledger.domain.procedure import Procedure
from ledger.domain.values import Payload
from ledger.domain.words import LANGUAGES
from ledger.domain.words.circumstances import who
from ledger.domain.words.times import civil, civil_end
from ledger.sentence import counted, figure


def afterwards(procedure: Procedure, language: str) -> Iterator[str]:
    """On which terms items were resolved, and what happened then, in the order of time."""
    if procedure.closing is None or "replay" in procedure.opening:
        return
    for item in procedure.items:
        if took_effect(procedure.outcome(item).result):
            yield from _terms(procedure, item, language)
    words = LANGUAGES[language]
    for kind, payload, place in procedure.life.course:
        yield words.AFTERWARDS.format(
            what=_what(words, kind, payload),
            at=civil(procedure, place.at, language),
            entry=figure(place.seq, language),
            who=who(payload["actor"], language),
            detail=_detail(procedure, kind, payload, language),
        )
    if _publication_due(procedure):
        paragraph = procedure.profile.paragraphs.get("publication")
        yield words.PUBLICATION_DUE + (f" ({paragraph})" if paragraph else "")


def _publication_due(procedure: Procedure) -> bool:
    """Something was resolved that the rule profile wants to be published, and that is not on record."""
    steps = procedure.life.steps
    if procedure.profile.publication != "required" or not steps or "published" in steps:
        return False
    return any(took_effect(procedure.outcome(item).result) for item in procedure.items)


def _terms(procedure: Procedure, item: str, language: str) -> Iterator[str]:
    words, said = LANGUAGES[language], procedure.items[item]
    if "condition" in said:
        yield words.CONDITION[item in procedure.life.conditions_met].format(item=item)
    ends = expires_at(procedure, item)
    if ends is not None:
        ends = civil_end(procedure, ends, language)
        yield words.LIMITED.format(item=item, months=counted(said["valid_months"], language), ends=ends)


def _what(words: Any, kind: str, payload: Payload) -> str:
    if kind == "result-ratified":
        return str(words.STATES["ratified" if payload["confirmed"] else "not-ratified"])
    return str(words.KINDS[kind])


def _detail(procedure: Procedure, kind: str, payload: Payload, language: str) -> str:
    words, text = LANGUAGES[language], ""
    match kind:
        case "result-suspended":
            until = payload["until"] and civil_end(procedure, payload["until"], language)
            text = words.UNTIL[until is not None].format(until=until)
        case "result-ratified":
            text = words.MEETING.format(at=civil(procedure, payload["held_at"], language))
        case "result-annulled" if payload["repeated_as"]:
            text = words.REPEATED.format(procedure=payload["repeated_as"])
        case "result-published" if "made_public" in payload:
            text = _listed(words.NOW_PUBLIC, payload["made_public"])
        case "result-corrected":
            text = _listed(words.ON_ITEMS, list(payload["outcome"]))
        case "result-expired" | "condition-met":
            text = _listed(words.ON_ITEMS, payload["items"])
    return text


def _listed(templates: dict[bool, str], items: list[str]) -> str:
    return templates[len(items) == 1].format(items=", ".join(items))
