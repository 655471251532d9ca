"""The rules in words, German and English, made from codes and numbers. Nothing here decides.

`say` puts one step or variant into a sentence, `describe` a whole rule profile. A sentence is a template and
its terms; both languages have the same codes (a test compares them). Words may be improved at any time:
what is signed are the codes and the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

from ledger.domain.profiles_parliament import PRACTICE
from ledger.domain.words import course_english, course_german, english, german
from ledger.sentence import counted


def _gathered(*modules: ModuleType) -> Any:
    return SimpleNamespace(
        **{name: value for one in modules for name, value in vars(one).items() if name.isupper()}
    )


LANGUAGES: dict[str, Any] = {
    "de": _gathered(german, course_german),
    "en": _gathered(english, course_english),
}


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
    numbers = {name: counted(number, language) for name, number in numbers.items()}
    terms = {name: _term(words, name, value, labels or {}) for name, value in names.items()}
    if "effect" in terms:
        threshold = words.THRESHOLD.format(**numbers)
        terms["effect"] = terms["effect"].format(threshold=threshold)
    values: dict[str, Any] = {**numbers, **terms, "verdict": words.VERDICT[holds]}
    if "n" in numbers:
        values["share"] = _share(words, "consent" if code == "consent" else "majority", numbers, names)
    if "weight" in numbers:
        values["weighing"] = words.WEIGHING[numbers["weight"] == 1].format(weight=numbers["weight"])
    if code in ("counts", "persons", "tie"):
        values["list"] = ", ".join(_votes(words, option, n, labels or {}) for option, n in numbers.items())
    return str(words.SENTENCES[code + _case(code, numbers)].format(**values))


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


def option(value: str, language: str, number: int = 1) -> str:
    """What so many votes for an option are called; one with a meaning of its own is told as it is."""
    one, many = LANGUAGES[language].OPTIONS.get(value, (value, value))
    return str(one if number == 1 else many)


_COUNTED = {"objections": "objections", "reached": "unreached", "nobody-silent": "silent"}
"""Code → the number of which nothing is said where it is none: "no objection", not "objections: 0"."""


def _case(code: str, numbers: Mapping[str, int]) -> str:
    """Which form of a sentence fits its numbers."""
    return "/none" if code in _COUNTED and numbers[_COUNTED[code]] == 0 else ""


def basis(legal_basis: str, language: str) -> str:
    """What a rule profile cites. Paragraphs have one name; practice is told in the language."""
    return PRACTICE.get(legal_basis, legal_basis) if language == "de" else legal_basis


def _share(words: Any, kind: str, numbers: Mapping[str, int], names: Mapping[str, str]) -> str:
    """What is asked for: "more than 1/2 of the 20 votes for yes and no", "all 25 members"."""
    base = numbers["of_count" if kind == "consent" else "base"]
    whole = words.WHOLES[kind][names["of"]].format(base=base)
    only, of_only = words.ONLY_ONE[kind][names["of"]]
    if numbers["n"] in (0, numbers["d"]):
        return str(only if base == 1 else (words.ALL if numbers["n"] else words.MOST).format(whole=whole))
    whole = of_only if base == 1 else words.THE.format(whole=whole)
    sign = words.MORE if names.get("sign") == "more" else words.AT_LEAST
    part = words.PARTS.get((numbers["n"], numbers["d"]), f"{numbers['n']:d}/{numbers['d']:d}")
    return str(words.SHARE.format(sign=sign, part=part, whole=whole, required=numbers["required"]))


def _term(words: Any, name: str, value: str, labels: Mapping[str, str]) -> str:
    if value in labels:
        return labels[value]
    return str(words.TERMS.get(name, {}).get(value, words.OPTIONS.get(value, (value, value))[0]))


def _votes(words: Any, option: str, number: int, labels: Mapping[str, str]) -> str:
    one, many = words.OPTIONS.get(option, (labels.get(option, option),) * 2)
    return f"{number} {one if number == 1 else many}"
