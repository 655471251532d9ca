"""What surrounds a result, in words: on what occasion, opened by whom, closed how; with paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ledger.domain.civil_time import zone_of
from ledger.domain.procedure import Procedure
from ledger.domain.profile import Profile
from ledger.domain.words import LANGUAGES

_ASKED_BY = {
    "deadline": "deadline",
    "chair": "deadline",
    "objection": "objection",
    "all-voted": "early_close",
    "unlosable": "early_close",
}
"""Why it was closed → the setting of the rule profile that says so."""


class Told(NamedTuple):
    """A sentence, and the paragraph that asks for it; None where it is no more than the legal basis."""

    text: str
    paragraph: str | None


def circumstances(procedure: Procedure, language: str) -> Iterator[Told]:
    """All that there are, in the order of time."""
    words, opening = LANGUAGES[language], procedure.opening
    for told in (trigger(procedure, language), subject(procedure, language)):
        if told is not None:
            yield told._replace(text=words.OCCASION.format(what=told.text))
    if (replayed := opening.get("replay")) is not None:
        # When its entries were made says nothing about the vote that they repeat.
        held = replayed["held_at"]
        at = words.UNKNOWN if held is None else _civil(procedure, held, language)
        yield Told(words.REPLAYED.format(at=at), None)
        return
    at = _civil(procedure, procedure.opened.at, language)
    yield Told(words.OPENED_BY.format(at=at, who=_who(opening["actor"], language)), None)
    closing = procedure.closing
    if procedure.closed is not None and closing is not None:
        at, entry = _civil(procedure, procedure.closed.at, language), procedure.closed.seq
        why, who = words.CLOSED[closing["reason"]], _who(closing["actor"], language)
        yield Told(words.CLOSED_BY.format(at=at, why=why, entry=entry, who=who), closed_under(procedure))


def trigger(procedure: Procedure, language: str) -> Told | None:
    """What allows to decide by circulation at all: a declared emergency, a resolution of the council."""
    words, found = LANGUAGES[language], procedure.opening.get("trigger")
    if found is None:
        return None
    what, begins = words.TRIGGERS[found["kind"]], _civil(procedure, found["from"], language)
    ends = found["until"] and _civil(procedure, found["until"], language)
    text = words.TRIGGER[ends is not None].format(what=what, begins=begins, ends=ends)
    return Told(text, procedure.profile.paragraph("trigger"))


def subject(procedure: Procedure, language: str) -> Told | None:
    """Of what kind the matter is, where the rule profile asks for it."""
    words, profile = LANGUAGES[language], procedure.profile
    asked = profile.subject["only"]
    if asked not in words.SUBJECTS:
        return None
    return Told(words.SUBJECTS[asked], profile.paragraph("subject"))


def closed_under(procedure: Procedure) -> str | None:
    """The paragraph under which it was closed, where the profile names one; None while it is open."""
    if procedure.closing is None:
        return None
    return _own(procedure.profile, _ASKED_BY[procedure.closing["reason"]])


def _own(profile: Profile, setting: str) -> str | None:
    if setting == "objection":
        return profile.paragraph(setting)
    return profile.paragraphs.get(setting)


def _who(actor: str, language: str) -> str:
    return str(LANGUAGES[language].OFFICES.get(actor, actor))


def _civil(procedure: Procedure, at: str, language: str) -> str:
    local = datetime.fromisoformat(at).astimezone(zone_of(procedure.opening["time_zone"]))
    return local.strftime(LANGUAGES[language].TIME)
