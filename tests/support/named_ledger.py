"""A ledger with names, titles and papers beside it, some of which are erased later."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import Any

from ledger.proof.disclosure import disclose
from ledger.proof.entry import parse_entry
from ledger.storage import Store
from tests.support.dossiers import stored
from tests.support.memory_ledger import MemoryLedger, document
from tests.support.publishing import ALog
from tests.support.trees import head_of

NAMES = {"anna": "Anke Tiedemann", "bert": "Bernd Osterloh", "zoe": "Zoe Sandvoß"}


def text(name: str, value: str) -> bytes:
    """An encoded disclosure."""
    return disclose(name, value, hashlib.sha256(value.encode()).digest()[:16]).encoded.encode()


def digest(name: str, value: str) -> str:
    """Its digest, as statements write it."""
    return disclose(name, value, hashlib.sha256(value.encode()).digest()[:16]).digest


PAPER = hashlib.sha256(b"paper").hexdigest()
TITLE = text("title", "Kauf eines Fahrzeugs")
OTHER = text("title", "Etwas ganz anderes")
OTHER_OPENING = 9
"""Number of the entry that opens Zoe's procedure."""


@cache
def with_names() -> tuple[list[bytes], str]:
    """Anna and Bert decide on a paper, Zoe is in another body: everybody has a name beside the log."""
    ledger = MemoryLedger()
    ledger.found()
    for who, name in NAMES.items():
        fields: dict[str, Any] = {"subject": who, "roles": ["member"], "key": ledger.public(who)}
        ledger.put("key-registered", **fields, name=digest("person", name))
    for body, members in (("rat", ["anna", "bert"]), ("beirat", ["zoe"])):
        ledger.put("body-registered", body=body, name=digest("body", body))
        granted = [{"member": member, "weight": 1, "group": None} for member in members]
        ledger.put("seats-changed", body=body, granted=granted, ended=[])
    title = digest("title", "Kauf eines Fahrzeugs")
    procedure = ledger.open("paper", documents=[document("paper")], title=title)
    ledger.open(
        "other", body="beirat", documents=[document("other")], title=digest("title", "Etwas ganz anderes")
    )
    ledger.vote(procedure, "anna", "yes", seen=head_of(ledger.entries[:OTHER_OPENING]))
    ledger.close(procedure)
    return list(ledger.entries), procedure


@cache
def with_erasures() -> tuple[list[bytes], str, dict[str, int]]:
    """The same, and then title and paper of both procedures are erased, by a clerk and a chair."""
    ledger, procedure = MemoryLedger(), with_names()[1]
    for data in with_names()[0]:
        ledger.take(data)
    ledger._nonces = 100
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    marks = {}
    for name, stream, title, paper in (
        ("here", procedure, "Kauf eines Fahrzeugs", b"paper"),
        ("elsewhere", parse_entry(with_names()[0][OTHER_OPENING]).stream, "Etwas ganz anderes", b"other"),
    ):
        fields: dict[str, Any] = {"stream": stream, "legal_basis": "retention-ended", "authority": "vera"}
        digests, documents = [digest("title", title)], [hashlib.sha256(paper).hexdigest()]
        marks[name] = len(ledger.rows)
        ledger.put("redacted", "chris", digests=digests, documents=documents, **fields)
    return list(ledger.entries), procedure, marks


def store_with_names(store: Store) -> ALog:
    """Puts that ledger into a store, with its documents and texts, and publishes it."""
    for content in (b"paper", b"other"):
        store.documents.put(hashlib.sha256(content).hexdigest(), io.BytesIO(content), 100)
    bodies = [TITLE, OTHER, *(text("person", name) for name in NAMES.values())]
    bodies += [text("body", body) for body in ("rat", "beirat")]
    store.disclosures.put_all({hashlib.sha256(body).digest(): body for body in bodies})
    return stored(store, with_names()[0])
