"""The words of reports, German and English: both have the same keys (a test compares them)."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

from api.report.words import (
    english,
    english_notes,
    english_terms,
    german,
    german_notes,
    german_terms,
)


def _gathered(*modules: ModuleType) -> Any:
    return SimpleNamespace(
        **{name: value for one in modules for name, value in vars(one).items() if name.isupper()}
    )


LANGUAGES: dict[str, Any] = {
    "de": _gathered(german, german_terms, german_notes),
    "en": _gathered(english, english_terms, english_notes),
}
