"""What was verified, and on whose word: the first table of a record's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.audit.kinds import kinds_told
from ledger.audit.sentences import record as words
from ledger.sentence import Sentence, figure

_WORD = {"auditor": words.OF_THE_AUDITOR, "target": words.OF_THE_TARGET, "nobody": words.OF_NOBODY}

KINDS = {
    "store": words.STORE,
    "export": words.EXPORT,
    "dossier": words.DOSSIER,
    "receipt": words.RECEIPT,
}
"""What is verified → how it is called."""

_BESIDE = {
    "documents": words.DOCUMENTS,
    "disclosures": words.DISCLOSURES,
    "disclosed": words.DISCLOSED,
    "undisclosed": words.UNDISCLOSED,
    "redacted": words.REDACTED,
}
_SHOWN = {
    "procedure": words.PROCEDURE,
    "state": words.STATE,
    "tally": words.TALLY,
    "outcome": words.OUTCOME,
    "genesis": words.GENESIS,
    "stamps": words.STAMPS,
    "unjudged": words.UNJUDGED,
    "seq": words.SEQ,
    "at": words.AT,
    "kind": words.KIND_OF_ENTRY,
    "actor": words.ACTOR,
    "cosigned": words.COSIGNED,
}


def facts_of(record: Mapping[str, Any], language: str) -> Mapping[str, str]:
    """Name and value, as people read them."""

    def say(sentence: Sentence, **values: object) -> str:
        return sentence.say(language, values)

    program, target, basis = record["program"], record["target"], record["basis"]
    beside = ", ".join(
        f"{figure(count, language)} {say(_BESIDE[what])}" for what, count in record["beside"].items()
    )
    since = ", ".join(figure(size, language) for size in record["since"])
    kind = say(KINDS[target["kind"]])
    return {
        say(words.WHAT): f"{kind}, SHA-256 {target['sha256']}" if target["sha256"] else kind,
        say(words.ON_WHOSE_WORD): say(_WORD[basis["whose"]]),
        **_trusted(words.TRUSTED_KEY, basis["keys"], language),
        **_trusted(words.TRUSTED_WITNESS, basis["witnesses"], language),
        **_entries(target["kind"], record["entries"], language),
        **_shown(record["shown"] or {}, language),
        say(words.LAST_LEAF): record["head"],
        say(words.CONTINUES): since or say(words.NONE_GIVEN),
        say(words.STATEMENTS): kinds_told(record["by_kind"], language),
        say(words.BESIDE): beside,
        say(words.COMMAND): record["command"],
        say(words.PROGRAM): f"{program['name']} {program['version']}",
        say(words.BEGUN_ENDED): f"{record['begun']}, {record['ended']}",
    }


def _trusted(what: Sentence, keys: Sequence[str], language: str) -> Mapping[str, str]:
    return {what.say(language, {"place": place}): _short(key) for place, key in enumerate(keys, 1)}


def _entries(kind: str, entries: Mapping[str, int], language: str) -> Mapping[str, str]:
    told = {
        "looked": figure(entries["looked_at"], language),
        "in_all": figure(entries["in_all"], language),
        "first": figure(entries["first"], language),
    }
    name = words.ENTRIES.say(language, {})
    if kind in {"dossier", "receipt"}:
        return {name: words.OF_IN_ALL.say(language, told)}
    waiting = words.NOT_YET_PUBLISHED.say(language, {})
    return {
        name: words.VERIFIED_FROM.say(language, told),
        waiting: figure(entries["unpublished"], language),
    }


def _shown(shown: Mapping[str, Any], language: str) -> Mapping[str, str]:
    """What a dossier or a receipt shows, value by value."""
    found: dict[str, str] = {}
    for name, value in shown.items():
        title = _SHOWN[name].say(language, {})
        parts = value.items() if isinstance(value, Mapping) else ()
        found |= {f"{title}, {part}": _said(inner, language) for part, inner in parts}
        if not isinstance(value, Mapping):
            found[title] = _said(value, language)
    return found


def _short(key: str) -> str:
    """An ML-DSA-44 key has 1,800 characters; by name and hash it is found in the record as JSON."""
    return key if len(key) < 120 else f"{key[:80]}…"


def _said(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{inner} {name}" for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_said(one, language) for one in value) or words.NONE.say(language, {})
    return "–" if value in {None, ""} else str(value)
