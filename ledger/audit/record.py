"""The record of an audit: one file that says what was checked, how, by whom, and what was found.

As JSON it follows `record.schema.json` (JSON Schema 2020-12); `record_html` makes a page of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.audit.report import Audit
from ledger.proof.checks import CHECKS

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


def make_record(audit: Audit, about: Circumstances) -> dict[str, Any]:
    """The record as plain values."""
    return {
        "format": FORMAT,
        "program": {"name": "stimmbuch", "version": about.version},
        "command": _SECRETS[1].sub(r"\1…", _SECRETS[0].sub(r"\1:…@", about.command)),
        "begun": about.begun,
        "ended": about.ended,
        "origin": audit.origin,
        "verdict": _verdict(audit),
        "entries": {"in_all": audit.entries, "first": audit.first, "unpublished": audit.unpublished},
        "head": audit.head,
        "checkpoint": _checkpoint(audit),
        "since": audit.since,
        "by_kind": dict(sorted(audit.by_kind.items())),
        "beside": audit.beside._asdict(),
        "checks": list(_checks(audit)),
        "failures": [one._asdict() | {"sentence": one.sentence} for one in audit.failures],
        "failures_left_out": audit.counts.total() - len(audit.failures),
        "keys": [key._asdict() for key in audit.keys],
        "again": list(_again(audit)),
    }


def _verdict(audit: Audit) -> str:
    if not audit.holds:
        return "does not hold"
    if audit.older:
        return "older than what was kept"
    return "holds" if audit.complete else "incomplete"


def _checkpoint(audit: Audit) -> dict[str, Any] | None:
    """The head of what was verified: whoever has a file with this SHA-256 has the same log."""
    if audit.published is None:
        return None
    return {**audit.published.to_dict(), "sha256": hashlib.sha256(audit.published.note).hexdigest()}


def _checks(audit: Audit) -> Iterator[dict[str, Any]]:
    for number, sentence in CHECKS.items():
        made, failures = audit.made[number], audit.counts[number]
        result = "fails" if failures else "holds" if made else "not made"
        yield {"number": number, "sentence": sentence, "result": result, "made": made, "failures": failures}


def _again(audit: Audit) -> Iterator[str]:
    """How somebody else verifies the same."""
    if audit.published is not None:
        yield "Get the log where it is published, or an export of it, and the key from somebody you trust."
        yield "stimmbuch verify EXPORT --key log.vkey   (all of it, with this program)"
        yield "Compare the file `checkpoint` of that size with the SHA-256: the same file is the same log."
        yield "Other programs read the same files: C2SP tlog-tiles, tlog-checkpoint and signed-note."
        return
    yield "Get a copy of the store."
    yield "stimmbuch verify STORE   (all of it, with this program)"
    yield "Compare the head: the same leaf hash is the same log."
