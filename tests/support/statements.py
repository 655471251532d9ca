"""One valid payload of every kind of statement, with every optional member."""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK
from tests.support.memory_ledger import ORIGIN, START, document, item, later, procedure_of, public_of

DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
"""A disclosure's digest: base64url of 32 bytes."""

COMMON: dict[str, Any] = {
    "v": 1,
    "log": ORIGIN,
    "actor": "anna",
    "nonce": b64(bytes(16)),
    "issued_at": START,
    "seen": {"size": 7, "root": NO_LINK},
}
_IN: dict[str, Any] = {"procedure": procedure_of("motion")}
_KEY = public_of("anna")

EXAMPLES: dict[str, dict[str, Any]] = {
    "ledger-created": {
        "format": 1,
        "time_zone": "Europe/Berlin",
        "registrars": [{"subject": "r", "key": public_of("r")}],
        "service": {"subject": "s", "key": public_of("s")},
        "log_keys": ["log+00000000+AAAA"],
    },
    "key-registered": {"subject": "anna", "roles": ["member", "chair"], "key": _KEY, "name": DIGEST},
    "key-rotated": {"subject": "anna", "old": _KEY, "key": public_of("anna/2")},
    "key-revoked": {"subject": "anna", "key": _KEY, "reason": "lost", "suspect_from": 5},
    "body-registered": {"body": "rat", "name": DIGEST},
    "seats-changed": {
        "body": "rat",
        "granted": [{"member": "anna", "weight": 1, "group": "g1"}],
        "ended": ["bert"],
    },
    "procedure-opened": {
        **_IN,
        "body": "rat",
        "electorate": {"as_of": NO_LINK, "count": 3},
        "items": [{**item("1"), "wording": DIGEST, "labels": {"yes": DIGEST}}],
        "documents": [document("budget", about="1")],
        "profile": complete("nkomvg-66"),
        "chair": "vera",
        "opens_at": START,
        "closes_at": later(START, 60),
        "time_zone": "Europe/Berlin",
        "ballot": NO_LINK,
        "title": DIGEST,
        "source": DIGEST,
        "replay": {"held_at": START},
    },
    "document-attached": {**_IN, "document": document("late"), "ballot": NO_LINK},
    "vote-cast": {**_IN, "member": "anna", "choices": {"1": "yes"}, "ballot": NO_LINK, "replaces": NO_LINK},
    "vote-withdrawn": {**_IN, "member": "anna", "withdraws": NO_LINK},
    "casting-vote-given": {**_IN, "member": "anna", "choices": {"1": "yes"}, "ballot": NO_LINK},
    "presence-recorded": {**_IN, "members": ["anna", "bert"]},
    "procedure-closed": {
        **_IN,
        "reason": "deadline",
        "seal": {"entries": 2, "first": NO_LINK, "last": NO_LINK},
        "tally": {"1": {"yes": 1, "no": 0}},
    },
    "result-annulled": {**_IN, "repeated_as": procedure_of("again"), "ground": DIGEST},
}


def example(kind: str) -> dict[str, Any]:
    """The example with the members of every statement."""
    return {**COMMON, **EXAMPLES[kind]}
