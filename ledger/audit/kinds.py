"""How many statements of each kind an audit has seen, in one line: as they are signed, or in words."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.words import LANGUAGES
from ledger.sentence import figure


def kinds_told(by_kind: Mapping[str, int], language: str) -> str:
    """Kind and number, by kind. In English the kinds are those of the payload types, which one can search."""
    if language == "en":
        return ", ".join(f"{figure(count, language)} {kind}" for kind, count in sorted(by_kind.items()))
    words = LANGUAGES[language].KINDS
    return ", ".join(f"{words[kind]}: {figure(count, language)}" for kind, count in sorted(by_kind.items()))
