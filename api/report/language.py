"""How times, numbers, names and texts are written in a language. Machines read JSON instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent

from api.report.words import LANGUAGES
from projections.report.model import Erasure, Named, Sentence, Text

_LOCALES = {"de": "de_DE", "en": "en_GB"}
_CIVIL = {"de": "d. MMMM y, HH:mm:ss z", "en": "d MMMM y, HH:mm:ss z"}
_SHORT = {"de": "dd.MM.y, HH:mm:ss z", "en": "dd/MM/y, HH:mm:ss z"}


class Language:
    """Words of one language, for a procedure in one time zone."""

    def __init__(self, language: str, zone: str) -> None:
        """An unknown zone is read as UTC: the entry is what it is."""
        self.code = language
        self.words: Any = LANGUAGES[language]
        self._locale = _LOCALES[language]
        try:
            self._zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, OSError, ValueError):
            self._zone = ZoneInfo("UTC")
        # A number and a time stand in several tables of a report: Babel writes each once, of thousands.
        self._decimal = cache(partial(format_decimal, locale=self._locale))
        self._formatted = cache(partial(format_datetime, tzinfo=self._zone, locale=self._locale))

    def moment(self, at: str | None) -> str:
        """Civil time with its zone, and below it UTC as the entry writes it."""
        return self.words.NONE if at is None else f"{self.civil(at)}\n{at}"

    def civil(self, at: str) -> str:
        """Civil time with its zone: 25. Oktober 2026, 02:30:00 MESZ."""
        return self._local(at, _CIVIL)

    def short(self, at: str) -> str:
        """The same, short: 25.10.2026, 02:30:00 MESZ."""
        return self._local(at, _SHORT)

    def brief(self, at: str) -> str:
        """The short one, and below it UTC as the entry writes it."""
        return f"{self.short(at)}\n{at}"

    def number(self, value: int) -> str:
        """Thousands apart."""
        return str(self._decimal(value))

    def share(self, part: int, whole: int) -> str:
        """A percentage with one decimal."""
        return str(format_percent(part / whole if whole else 0, "#,##0.0 %", locale=self._locale))

    def size(self, value: int) -> str:
        """A file's size."""
        if value < 1000:
            return f"{self.number(value)} B"
        unit, by = ("kB", 1000) if value < 1_000_000 else ("MB", 1_000_000)
        return f"{format_decimal(value / by, '#,##0.#', locale=self._locale)} {unit}"

    def say(self, sentence: Sentence) -> str:
        """A sentence in this language."""
        return sentence.de if self.code == "de" else sentence.en

    def text(self, text: Text | None, nothing: str = "") -> str:
        """A text, or why it is not there."""
        if text is None:
            return nothing
        if text.erased is not None:
            return self.erased(text.erased)
        return self.words.UNDISCLOSED.format(digest=text.digest) if text.value is None else text.value

    def erased(self, erasure: Erasure) -> str:
        """That something is erased, and why."""
        basis = self.words.BASES.get(erasure.legal_basis, erasure.legal_basis)
        return str(self.words.ERASED.format(entry=self.number(erasure.entry), basis=basis))

    def named(self, one: Named) -> str:
        """A name with its id; the id alone where there is none."""
        if one.name is None:
            office = self.office(one.id)
            return one.id if office == one.id else f"{office} ({one.id})"
        return f"{self.text(one.name)} ({one.id})"

    def office(self, subject: str) -> str:
        """The id, or what the ids that the founding gives are called."""
        return str(self.words.OFFICES.get(subject, subject))

    def refusal(self, code: str) -> str:
        """Why an attempt was refused."""
        return str(self.words.REFUSALS.get(code, code))

    def entry(self, number: int) -> str:
        """Entry 57."""
        return str(self.words.ENTRY.format(entry=self.number(number)))

    def listed(self, names: Iterable[str], most: int = 8) -> str:
        """Names in a row; of many the first ones and how many there are."""
        found = list(names)
        shown = ", ".join(found[:most])
        return shown if len(found) <= most else f"{shown}, … ({self.number(len(found))})"

    def choices(self, choices: Mapping[str, str], options: Mapping[str, Mapping[str, Sentence]]) -> str:
        """What was chosen, in words; with the item where there are several."""
        said = {item: self._option(options.get(item, {}), option) for item, option in choices.items()}
        if len(options) == 1:
            return next(iter(said.values()), self.words.NONE)
        return "\n".join(f"{item}: {word}" for item, word in said.items())

    def _local(self, at: str, patterns: Mapping[str, str]) -> str:
        return str(self._formatted(datetime.fromisoformat(at), patterns[self.code]))

    def _option(self, words: Mapping[str, Sentence], option: str) -> str:
        return self.say(words[option]) if option in words else option
