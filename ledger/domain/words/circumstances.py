"""What surrounds a result, in words: on what occasion, opened by whom, closed how; with paragraphs.

What happened while members voted is in `course`, what was said about the result afterwards in `afterwards`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.procedure import Procedure
from ledger.domain.words import LANGUAGES
from ledger.domain.words.course import Told, cited, course
from ledger.domain.words.times import civil, civil_end
from ledger.sentence import counted, figure

_ASKED_BY = {
    "deadline": "deadline",
    "chair": "deadline",
    "objection": "objection",
    "all-voted": "early_close",
    "unlosable": "early_close",
}
"""Why it was closed → the setting of the rule profile that says so."""


def circumstances(procedure: Procedure, language: str) -> Iterator[Told]:
    """All that there are, in the order of time."""
    words, opening = LANGUAGES[language], procedure.opening
    for told in (trigger(procedure, language), subject(procedure, language)):
        if told is not None:
            yield told._replace(text=words.OCCASION.format(what=told.text))
    if (replayed := opening.get("replay")) is not None:
        # When its entries were made says nothing about the vote that they repeat.
        held = replayed["held_at"]
        at = words.UNKNOWN if held is None else civil(procedure, held, language)
        yield Told(words.REPLAYED.format(at=at), None)
        return
    yield Told(_opened(procedure, language), None)
    yield from course(procedure, language)
    yield from _to_come(procedure, language)
    closing = procedure.closing
    if procedure.closed is not None and closing is not None:
        at, entry = civil(procedure, procedure.closed.at, language), figure(procedure.closed.seq, language)
        why, by = words.CLOSED[closing["reason"]], who(closing["actor"], language)
        yield Told(words.CLOSED_BY.format(at=at, why=why, entry=entry, who=by), closed_under(procedure))


def _opened(procedure: Procedure, language: str) -> str:
    words, ends = LANGUAGES[language], procedure.closes_at
    personal = procedure.profile.deadline == "personal"
    deadline = (
        "" if ends is None else words.DEADLINE[personal].format(at=civil_end(procedure, ends, language))
    )
    at, by = civil(procedure, procedure.opened.at, language), who(procedure.opening["actor"], language)
    return str(words.OPENED_BY.format(at=at, deadline=deadline, who=by))


def _to_come(procedure: Procedure, language: str) -> Iterator[Told]:
    """What does not end with the deadline, or has none yet, while it is open."""
    due = procedure.due_at
    if procedure.state != "opened":
        return
    if procedure.profile.deadline == "personal" and due is None:
        missing, seats = procedure.conduct.without_deadline(), len(procedure.electorate.seats)
        text = LANGUAGES[language].UNREACHED.format(
            missing=figure(missing, language), seats=counted(seats, language)
        )
        yield Told(text, cited(procedure.profile, "period"))
    if due is not None and due != procedure.closes_at:
        text = LANGUAGES[language].GRACE_ENDS.format(at=civil_end(procedure, due, language))
        yield Told(text, cited(procedure.profile, "extension"))


def trigger(procedure: Procedure, language: str) -> Told | None:
    """What allows to decide by circulation at all: a declared emergency, a resolution of the council."""
    words, found = LANGUAGES[language], procedure.opening.get("trigger")
    if found is None:
        return None
    what, begins = words.TRIGGERS[found["kind"]], civil(procedure, found["from"], language)
    ends = found["until"] and civil_end(procedure, found["until"], language)
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
    return cited(procedure.profile, _ASKED_BY[procedure.closing["reason"]])


def who(actor: str, language: str) -> str:
    """Who signed: an id, or what the office is called that has one from the founding."""
    return str(LANGUAGES[language].OFFICES.get(actor, actor))
