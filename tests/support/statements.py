"""One valid payload of every kind of statement, with every optional member."""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK
from tests.support.memory_ledger import (
    ORIGIN,
    START,
    document,
    item,
    later,
    log_key_of,
    procedure_of,
    public_of,
)

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
        "log_keys": [log_key_of("log")],
    },
    "key-registered": {"subject": "anna", "roles": ["member", "chair"], "key": _KEY, "name": DIGEST},
    "key-rotated": {"subject": "anna", "old": _KEY, "key": public_of("anna/2")},
    "key-revoked": {"subject": "anna", "key": _KEY, "reason": "lost", "suspect_from": 5},
    "log-key-rotated": {"old": log_key_of("log"), "new": log_key_of("log/2"), "second": "rita"},
    "body-registered": {"body": "rat", "name": DIGEST},
    "seats-changed": {
        "body": "rat",
        "granted": [{"member": "anna", "weight": 1, "group": "g1", "substitutes": ["dora"]}],
        "ended": ["bert"],
    },
    "redacted": {
        "stream": procedure_of("motion"),
        "digests": [DIGEST],
        "legal_basis": "gdpr-17-1-a",
        "authority": "vera",
        "documents": [document("budget")["sha256"]],
        "ground": DIGEST,
    },
    "anchored": {"size": 7, "root": NO_LINK, "tsa": "tsa.example", "token_sha256": "ab" * 32},
    "procedure-opened": {
        **_IN,
        "body": "rat",
        "electorate": {"as_of": NO_LINK, "count": 3},
        "items": [
            {
                **item("1"),
                "wording": DIGEST,
                "labels": {"yes": DIGEST},
                "condition": DIGEST,
                "valid_months": 3,
                "public": True,
            }
        ],
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
        "closes_local": "2026-03-02T09:01",
        "holidays": ["2026-04-03"],
        "objections_until": later(START, 30),
        "participants": ["vera"],
        "trigger": {
            "kind": "council_resolution",
            "evidence": DIGEST,
            "from": START,
            "until": later(START, 90),
        },
        "subject": {"simple": True, "urgent": False, "topics": ["roads"]},
        "repeats": procedure_of("before"),
    },
    "document-attached": {**_IN, "document": document("late"), "ballot": NO_LINK},
    "vote-cast": {
        **_IN,
        "member": "anna",
        "choices": {"1": "yes"},
        "ballot": NO_LINK,
        "replaces": NO_LINK,
        "provenance": {"kind": "clerk-recorded", "assurance": "low", "source": "paper", "witness": "clara"},
    },
    "vote-withdrawn": {**_IN, "member": "anna", "withdraws": NO_LINK},
    "casting-vote-given": {**_IN, "member": "anna", "choices": {"1": "yes"}, "ballot": NO_LINK},
    "presence-recorded": {**_IN, "members": ["anna", "bert"]},
    "procedure-closed": {
        **_IN,
        "reason": "deadline",
        "seal": {"entries": 2, "first": NO_LINK, "last": NO_LINK},
        "tally": {"1": {"yes": 1, "no": 0}},
    },
    "consent-declared": {**_IN, "member": "anna", "items": ["1"], "ballot": NO_LINK},
    "consent-revoked": {**_IN, "member": "anna"},
    "objection-raised": {**_IN, "member": "anna", "ground": DIGEST},
    "secret-ballot-demanded": {**_IN, "member": "anna", "items": ["1"]},
    "proxy-given": {**_IN, "member": "anna", "proxy": "bert"},
    "proxy-revoked": {**_IN, "member": "anna"},
    "member-excluded": {**_IN, "member": "anna", "items": ["1"], "reason": "relative", "ground": DIGEST},
    "exclusion-lifted": {**_IN, "member": "anna", "items": ["1"], "ground": DIGEST},
    "delivery-recorded": {
        **_IN,
        "members": ["anna", "bert"],
        "received_at": START,
        "closes_at": later(START, 60),
        "how": "mail",
    },
    "substitute-named": {
        **_IN,
        "member": "anna",
        "substitute": "bert",
        "reason": "ill",
        "received_at": START,
        "closes_at": later(START, 60),
    },
    "deadline-extended": {
        **_IN,
        "members": ["anna"],
        "closes_at": later(START, 60),
        "closes_local": "2026-03-02T18:00",
        "reason": DIGEST,
    },
    "attempt-refused": {**_IN, "code": "too-late", "statement": "0" * 64},
    "result-determined": {
        **_IN,
        "tally": {"1": {"yes": 1, "no": 0}},
        "outcome": {"1": "elected:o1"},
        "valid": {"1": True},
        "derivation": NO_LINK,
        "lots": {"1": "o1"},
    },
    "result-announced": {**_IN, "to": "members"},
    "result-published": {**_IN, "where": DIGEST, "made_public": ["1"], "witness": "klaus"},
    "result-ratified": {**_IN, "confirmed": True, "held_at": START, "ground": DIGEST},
    "result-suspended": {**_IN, "until": later(START, 60), "ground": DIGEST},
    "result-objected": {**_IN, "ground": DIGEST},
    "result-expired": {**_IN, "items": ["1"]},
    "condition-met": {**_IN, "items": ["1"], "evidence": DIGEST},
    "result-corrected": {
        **_IN,
        "corrects": NO_LINK,
        "outcome": {"1": "rejected"},
        "witness": "clara",
        "ground": DIGEST,
    },
    "result-annulled": {**_IN, "repeated_as": procedure_of("again"), "ground": DIGEST},
}


def example(kind: str) -> dict[str, Any]:
    """The example with the members of every statement."""
    return {**COMMON, **EXAMPLES[kind]}
