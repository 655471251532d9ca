"""The record of an audit: one file that says what was checked and what was not, how, and what was found.

As JSON it follows `record.schema.json` (JSON Schema 2020-12); `record_html` makes a page of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.audit.findings import Findings
from ledger.proof.checks import CHECKS, check_said

FORMAT = "stimmbuch-audit-record/1"

_SECRETS = re.compile(r"(?<=://)([^:/@\s]*):[^@\s]*@"), re.compile(r"\b(password=)[^&\s'\"]+")


class Circumstances(NamedTuple):
    """What an audit cannot know about itself."""

    command: str
    """As it was typed; a password in it is left out of the record."""
    version: str
    begun: str
    """RFC 3339, UTC."""
    ended: str


def make_record(found: Findings, about: Circumstances) -> dict[str, Any]:
    """The record as plain values. The same findings under the same circumstances make the same record."""
    return {
        "format": FORMAT,
        "program": {"name": "stimmbuch", "version": about.version},
        "command": _SECRETS[1].sub(r"\1…", _SECRETS[0].sub(r"\1:…@", about.command)),
        "begun": about.begun,
        "ended": about.ended,
        "target": {"kind": found.kind, "sha256": found.sha256},
        "origin": found.origin,
        "verdict": str(found.conclusion),
        "basis": found.basis._asdict() | {"keys": [*found.basis.keys], "witnesses": [*found.basis.witnesses]},
        "entries": dict(found.entries),
        "head": found.head,
        "checkpoint": _checkpoint(found),
        "since": [*found.since],
        "shown": found.shown,
        "by_kind": dict(sorted(found.by_kind.items())),
        "beside": dict(found.beside),
        "checks": list(_checks(found)),
        "failures": [one.to_dict() for one in found.failures],
        "failures_left_out": found.counts.total() - len(found.failures),
        "keys": [key._asdict() for key in found.keys],
        **_told(found, "en"),
        "german": _told(found, "de"),
    }


def _told(found: Findings, language: str) -> dict[str, list[str]]:
    """What it does not show, and how somebody else verifies the same."""
    return {
        "not_shown": [f"{one.say(language, {})}." for one in found.not_shown],
        "again": [one.say(language, {}) for one in found.again],
    }


def _checkpoint(found: Findings) -> dict[str, Any] | None:
    """The head of what was verified: whoever has a file with this SHA-256 has the same log."""
    if found.published is None:
        return None
    return {**found.published.to_dict(), "sha256": hashlib.sha256(found.published.note).hexdigest()}


def _checks(found: Findings) -> Iterator[dict[str, Any]]:
    for number, sentence in CHECKS.items():
        failures = found.counts[number]
        made = max(found.made[number], failures)  # what failed was made
        result = "fails" if failures else "holds" if made else "not made"
        told = {"sentence": sentence, "german": check_said(number, "de"), "result": result}
        yield {"number": number, **told, "made": made, "failures": failures}
