"""What was verified, and on whose word: the first table of a record's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_WORD = {
    "auditor": "of the keys that the auditor named",
    "target": "of the keys that came with it, which show damage and no forgery",
    "nobody": "of its first entry",
}


def facts_of(record: Mapping[str, Any]) -> Mapping[str, str]:
    """Name and value, as people read them."""
    program, target, basis = record["program"], record["target"], record["basis"]
    beside = ", ".join(f"{count:,} {what}" for what, count in record["beside"].items())
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in record["by_kind"].items())
    since = ", ".join(f"{size:,}" for size in record["since"])
    return {
        "What": f"{target['kind']}, SHA-256 {target['sha256']}" if target["sha256"] else target["kind"],
        "On whose word": _WORD[basis["whose"]],
        **{f"Trusted key {place}": _short(key) for place, key in enumerate(basis["keys"], 1)},
        **{f"Trusted witness {place}": _short(key) for place, key in enumerate(basis["witnesses"], 1)},
        **_entries(target["kind"], record["entries"]),
        **_shown(record["shown"] or {}),
        "Last leaf hash": record["head"],
        "Kept checkpoints that it continues": since or "none was given",
        "Statements": kinds,
        "Beside the log": beside,
        "Command": record["command"],
        "Program": f"{program['name']} {program['version']}",
        "Begun, ended": f"{record['begun']}, {record['ended']}",
    }


def _entries(kind: str, entries: Mapping[str, int]) -> Mapping[str, str]:
    if kind in {"dossier", "receipt"}:
        return {"Entries": f"{entries['looked_at']:,} of the {entries['in_all']:,} in the log"}
    return {
        "Entries": f"{entries['in_all']:,}, verified from entry {entries['first']:,} on",
        "Not yet published": f"{entries['unpublished']:,}",
    }


def _shown(shown: Mapping[str, Any]) -> Mapping[str, str]:
    """What a dossier or a receipt shows, value by value."""
    found: dict[str, str] = {}
    for name, value in shown.items():
        parts = value.items() if isinstance(value, Mapping) else ()
        found |= {f"{name.capitalize()}, {part}": _said(inner) for part, inner in parts}
        if not isinstance(value, Mapping):
            found[name.capitalize()] = _said(value)
    return found


def _short(key: str) -> str:
    """An ML-DSA-44 key has 1,800 characters; by name and hash it is found in the record as JSON."""
    return key if len(key) < 120 else f"{key[:80]}…"


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{inner} {name}" for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_said, value)) or "none"
    return "–" if value in {None, ""} else str(value)
