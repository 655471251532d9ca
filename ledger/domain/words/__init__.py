"""The rules in words, German and English, made from codes and numbers. Nothing here decides.

`say` puts one step or variant into a sentence, `describe` a whole rule profile. A sentence is a template and
its terms; both languages have the same codes (a test compares them). Words may be improved at any time:
what is signed are the codes and the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.domain.words import english, german

LANGUAGES: dict[str, Any] = {"de": german, "en": english}


def say(
    code: str,
    numbers: Mapping[str, int],
    names: Mapping[str, str],
    language: str,
    *,
    holds: bool = True,
    labels: Mapping[str, str] | None = None,
) -> str:
    """One step of a derivation, or one variant of a result, as a sentence.

    `labels` are the disclosed names of options. Raises `KeyError` for an unknown code or language.
    """
    words = LANGUAGES[language]
    terms = {name: _term(words, name, value, labels or {}) for name, value in names.items()}
    values: dict[str, Any] = {**numbers, **terms, "verdict": words.VERDICT[holds]}
    if code in ("counts", "persons", "tie"):
        values["list"] = ", ".join(_votes(words, option, n, labels or {}) for option, n in numbers.items())
    return str(words.SENTENCES[code].format(**values))


def outcome(
    result: str, language: str, labels: Mapping[str, str] | None = None, *, unanimous: bool = False
) -> str:
    """An outcome in words; `unanimous` as `ledger.domain.unanimity` says."""
    words = LANGUAGES[language]
    kind, _, option = result.partition(":")
    if unanimous:
        template = words.UNANIMOUSLY[kind]
    else:
        template = words.ELECTED if kind == "elected" else words.OUTCOMES[result]
    return str(template.format(option=(labels or {}).get(option, option)))


def _term(words: Any, name: str, value: str, labels: Mapping[str, str]) -> str:
    if value in labels:
        return labels[value]
    return str(words.TERMS.get(name, {}).get(value, words.OPTIONS.get(value, (value, value))[0]))


def _votes(words: Any, option: str, number: int, labels: Mapping[str, str]) -> str:
    one, many = words.OPTIONS.get(option, (labels.get(option, option),) * 2)
    return f"{number} {one if number == 1 else many}"
