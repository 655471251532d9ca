"""The words of reports, German and English: both have the same keys (a test compares them)."""

from __future__ import annotations

from typing import Any

from api.report.words import checks_german, english, german

LANGUAGES: dict[str, Any] = {"de": german, "en": english}


def check(number: str, sentence: str, language: str) -> str:
    """A numbered check in words; `sentence` is the English one of the catalogue."""
    return checks_german.CHECKS.get(number, sentence) if language == "de" else sentence
