"""How times, numbers, hashes and words are written on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from ledger.telling import state_in_words

OUTCOMES = {
    "adopted": "adopted",
    "rejected": "rejected",
    "no-decision": "no decision",
    "referred": "referred to a meeting",
    "void": "void",
}
LEGAL_BASES = {
    "gdpr-16": "GDPR Art. 16",
    **{f"gdpr-17-1-{letter}": f"GDPR Art. 17 (1) {letter}" for letter in "abcde"},
    "retention-ended": "the period of retention has ended",
    "court-order": "order of a court",
}
OPTIONS = {"yes": "yes", "no": "no", "abstain": "abstention", "present": "present", "invalid": "invalid"}
PROVENANCES = {
    "own-key": "signed by the member",
    "proxy": "by proxy",
    "portal-attested": "through a portal",
    "clerk-recorded": "on record of a clerk",
}
PATTERNS = ("yes", "no", "abstain")


def moment(text: str, zone: str) -> Markup:
    """A UTC time as civil time with the zone's abbreviation; the machine's form stays in the attribute."""
    try:
        local = datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, OSError, OverflowError, ValueError):
        local = datetime.fromisoformat(text)
    shown = f"{local.day} {local:%b %Y, %H:%M:%S} {local:%Z}"
    return Markup('<time datetime="{}">{}</time>').format(text, shown)


def title(procedure: Mapping[str, Any]) -> str:
    """The title, or why there is none."""
    gone = erased(procedure["opening"].get("title"), procedure)
    return procedure["title"] or (f"Title {gone}" if gone else "Untitled procedure")


def erased(digest: str | None, procedure: Mapping[str, Any]) -> str:
    """Why a text or document is gone: "erased (GDPR Art. 17 (1) b, entry 57)"; "" if it was not erased."""
    for one in procedure["erased"]:
        if one["digest"] == digest:
            return f"erased ({LEGAL_BASES[one['legal_basis']]}, entry {number(one['entry'])})"
    return ""


def number(value: int) -> str:
    """Thousands apart by a narrow space."""
    return f"{value:,}".replace(",", "\u202f")


def size(value: int) -> str:
    """A file's size: 812 bytes, 12 kB, 3.4 MB."""
    if value < 1000:
        return f"{value} bytes"
    return f"{value / 1000:.0f} kB" if value < 1_000_000 else f"{value / 1_000_000:.1f} MB"


def short(digest: str) -> Markup:
    """The beginning of a digest, in full for whoever points at it."""
    return Markup('<code title="{}">{}…</code>').format(digest, digest[:10])


def outcome(result: str, labels: Mapping[str, str] | None = None) -> str:
    """An outcome in words."""
    if result.startswith("elected:"):
        option = result.removeprefix("elected:")
        return f"{(labels or {}).get(option) or option} elected"
    return OUTCOMES.get(result, result)


def ticks(text: str) -> Markup:
    """A sentence in which words between backticks are code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


def option(value: str) -> str:
    """An option that has no label of its own."""
    return OPTIONS.get(value, value)


def provenance(value: str) -> str:
    """How a vote came."""
    return PROVENANCES.get(value, value)


def state(value: str) -> str:
    """The state of a procedure."""
    return state_in_words(value, "en")


def pattern(value: str, index: int) -> str:
    """The filling of an option's bar: reserved options have their own, others take turns."""
    return value if value in PATTERNS else f"other{index % 3}"


FILTERS = {
    "title": title,
    "erased": erased,
    "moment": moment,
    "number": number,
    "size": size,
    "short": short,
    "outcome": outcome,
    "ticks": ticks,
    "option": option,
    "state": state,
    "provenance": provenance,
    "pattern": pattern,
}
