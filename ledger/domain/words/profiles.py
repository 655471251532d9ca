"""A rule profile in words: one sentence for each setting that says something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ledger.domain.profile import Profile
from ledger.domain.words import basis, profiles_english, profiles_german
from ledger.plural import Number
from ledger.wall_clock import shown_day

_LANGUAGES: dict[str, Any] = {"de": profiles_german, "en": profiles_english}


def describe(profile: Profile, language: str) -> list[str]:
    """The sentences, in the order of the questions. Raises `KeyError` for an unknown language."""
    words = _LANGUAGES[language]
    cited = [basis(profile.legal_basis, language) + _validity(profile, language)]
    return cited + [_cited(profile, setting, text) for setting, text in _sentences(profile, words)]


def majority(profile: Profile, language: str) -> str:
    """The sentence about the majority alone. Raises `KeyError` for an unknown language."""
    words, required = _LANGUAGES[language], profile.majority
    return _majority(required, words) if required is not None else str(words.CHOICES["majority"][None])


def _cited(profile: Profile, setting: str, text: str) -> str:
    own = profile.paragraphs.get(setting)
    return f"{text} ({own})" if own else text


def _validity(profile: Profile, language: str) -> str:
    begins, ends = (profile.validity[name] for name in ("from", "to"))
    told = {"begins": begins and shown_day(begins, language), "ends": ends and shown_day(ends, language)}
    return str(_LANGUAGES[language].VALIDITY[bool(begins), bool(ends)].format(**told))


def _sentences(profile: Profile, words: Any) -> Iterator[tuple[str, str]]:
    for setting in words.CHOICES:
        value = getattr(profile, setting)
        if setting == "withdraw":
            text = words.WITHDRAW[value, profile.change == "never"]
        elif setting == "exclusion" and value != "none" and _all_must_agree(profile):
            text = f"{words.CHOICES[setting][value]} {words.MISSING_WITHOUT}"
        elif setting in _STRUCTURED and value is not None:
            text = _STRUCTURED[setting](value, words)
        else:
            text = words.CHOICES[setting].get(value, "")
        if text:
            yield setting, text.strip()


def _all_must_agree(profile: Profile) -> bool:
    """Whether who may not vote is missing: every seat must say yes, and none is taken out of the count."""
    majority = profile.majority
    if majority is None or majority.count is not None or majority.n != majority.d:
        return False
    return majority.base in ("members", "votes_existing")


def _majority(value: Any, words: Any) -> str:
    if value.count is not None:
        return str(words.COUNT.format(count=value.count))
    if value.base == "persons" and value.n == 0:
        return str(words.PLURALITY)
    if value.n == value.d:
        return str(words.UNANIMOUS[value.base])
    sign = words.MORE if value.strict else words.AT_LEAST
    return str(words.MAJORITY.format(sign=sign, n=value.n, d=value.d, of=words.OF[value.base]))


def _consent(value: Any, words: Any) -> str:
    share = (
        words.ALL_OF[value.of]
        if value.n == value.d
        else f"{words.AT_LEAST} {value.n}/{value.d} {words.OF[value.of]}"
    )
    text = words.CONSENT.format(share=share)
    return f"{text}{words.PARTIAL[value.partial]}{words.IMPLIED[value.implied]}"


def _objection(value: Any, words: Any) -> str:
    number = str(value.count) if value.count is not None else f"{value.n}/{value.d}"
    return str(
        words.OBJECTION.format(number=number, who=words.WHO[value.who], effect=words.EFFECT[value.effect])
    )


def _quorum(value: Any, words: Any) -> str:
    sign = words.MORE if value.strict else words.AT_LEAST
    text = words.QUORUM.format(sign=sign, n=value.n, d=value.d)
    more = words.AT_LEAST_HEADS.format(count=value.at_least) if value.at_least else ""
    return f"{text}{more}{words.WITH_CHAIR * value.chair}{words.BY_GROUP * value.groups}"


def _period(value: Any, words: Any) -> str:
    text = words.PERIOD.format(period=words.UNITS[value.unit].format(count=Number(value.count)))
    if not value.working_day_rule:
        return str(text)
    holidays = words.HOLIDAYS.format(region=value.region) if value.region else words.NAMED_HOLIDAYS
    return f"{text}{words.WORKING_DAY.format(holidays=holidays)}"


def _trigger(value: Any, words: Any) -> str:
    months = words.MONTHS.format(months=Number(value["max_months"])) if value["max_months"] else ""
    return f"{words.TRIGGERS[value['kind']]}{months}"


def _subject(value: Any, words: Any) -> str:
    only = words.ONLY[value["only"]]
    excluded = words.EXCLUDED.format(subjects=", ".join(value["excluded"])) if value["excluded"] else ""
    return f"{only}{excluded}"


def _secrecy(value: Any, words: Any) -> str:
    if value["demand"] is None:
        return str(words.NAMED)
    return str(words.DEMAND.format(count=Number(value["demand"]), items=words.ITEMS[value["items"]]))


def _provenance(value: Any, words: Any) -> str:
    portal = words.PORTAL.format(level=words.LEVELS[value["portal"]]) if value["portal"] else ""
    return f"{portal}{words.BY_CLERK * value['clerk']}"


def _grace(value: Any, words: Any) -> str:
    return str(words.GRACE.format(period=words.UNITS["days"].format(count=Number(value["days"]))))


def _proxy(value: Any, words: Any) -> str:
    return str(words.PROXY.format(count=Number(value["max"])))


_STRUCTURED: dict[str, Callable[[Any, Any], str]] = {
    "majority": _majority,
    "procedure_consent": _consent,
    "objection": _objection,
    "quorum": _quorum,
    "period": _period,
    "grace": _grace,
    "trigger": _trigger,
    "subject": _subject,
    "secrecy": _secrecy,
    "provenance": _provenance,
    "proxy": _proxy,
}
