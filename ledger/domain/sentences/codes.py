"""Codes of statements and rule profiles, as refusals name them: in words."""

from __future__ import annotations

from ledger.domain.words import course_english, course_german, profiles_english, profiles_german
from ledger.domain.words import option as told_option
from ledger.sentence import Sentence, literally


def _paired(english: dict[str, str], german: dict[str, str]) -> dict[str, Sentence]:
    return {code: Sentence(said, german[code]) for code, said in english.items()}


REASONS = _paired(course_english.CLOSED, course_german.CLOSED)
"""Why voting is closed."""

SUBJECTS = _paired(course_english.SUBJECTS, course_german.SUBJECTS)
"""Of what kind a matter is."""

LEVELS = _paired(profiles_english.LEVELS, profiles_german.LEVELS)
"""How surely a portal knew who voted."""


def options(*values: str) -> Sentence:
    """Options of a ballot paper; those that have no meaning of their own as they are."""
    told = (", ".join(told_option(value, language) for value in values) for language in ("en", "de"))
    return Sentence(*map(literally, told))
