"""What was wrong, as a sentence in German and in English over the same named values.

A refusal names its sentence and the values; the words stand beside all others of their kind
(`ledger.domain.sentences`), and nothing is put together at the place where it is raised. Both languages are
always there: whoever asks decides, not whoever refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.plural import Number
from ledger.wall_clock import Text

LANGUAGES = ("en", "de")
_OR = {"en": " or ", "de": " oder "}


class Sentence(NamedTuple):
    """Templates with the same names in braces."""

    en: str
    de: str

    def say(self, language: str, values: Mapping[str, object], zone: str | None = None) -> str:
        """The sentence with its values: a list is an alternative, another sentence is said as well.

        With a `zone` instants are told on its clocks (`ledger.wall_clock.Text`), else as they are written.
        """
        template = {"en": self.en, "de": self.de}[language]
        told = {name: _told(value, language, values, zone) for name, value in values.items()}
        return template.format(**told)


PATH_AND_REASON = Sentence("{path}: {reason}", "{path}: {reason}")
"""What the operating system or a database says of a file: nobody translates that."""


def literally(text: str) -> str:
    """A text as a template without places: its braces are only braces."""
    return text.replace("{", "{{").replace("}", "}}")


def figure(number: int, language: str) -> str:
    """A whole number with its thousands set apart, as the language does."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")


def counted(number: int, language: str) -> Number:
    """The same for a sentence, which may have a word that goes with it."""
    return Number(number, figure(number, language))


def filled(sentence: Sentence, **values: object) -> Sentence:
    """The same sentence with its values in place."""
    return Sentence(*(literally(sentence.say(language, values)) for language in LANGUAGES))


def _told(value: object, language: str, values: Mapping[str, object], zone: str | None) -> object:
    if isinstance(value, Sentence):
        others = {name: one for name, one in values.items() if not isinstance(one, Sentence)}
        return value.say(language, others, zone)
    if isinstance(value, list | tuple):
        return _OR[language].join(format(_told(one, language, {}, zone)) for one in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(value)
    return Text(value, zone, language) if isinstance(value, str) else value
