"""The audit of what lies beside the log: documents and texts against the digests in the entries.

A digest without its text is no failure: the text was never sent to this store, or was erased, with a
`redacted` entry (counted apart) or on a copy (undisclosed). It is never called tampered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.domain.redactions import digests_in
from ledger.errors import Invalid
from ledger.proof.checks import Failure
from ledger.proof.disclosure import read_disclosure
from ledger.proof.statement import Statement, beside
from ledger.redaction import digest_bytes, is_document
from ledger.storage.store import Store

PAGE = 2000  # disclosures read at once


class Counts(NamedTuple):
    """How much there is. Of the texts that entries name, the last three tell apart what became of them."""

    documents: int = 0
    """Documents in the store."""
    disclosures: int = 0
    """Texts in the store."""
    disclosed: int = 0
    """Named, there, and as signed."""
    undisclosed: int = 0
    """Named, and not there."""
    redacted: int = 0
    """Named, and erased with a `redacted` entry."""


@dataclass
class Beside:
    """What the entries say about it. Memory grows with the number of digests."""

    named: dict[str, int] = field(default_factory=dict)
    """Digest of a text or document → number of the first entry that names it."""
    redacted: dict[str, int] = field(default_factory=dict)
    """Digest → number of the entry that redacted it."""
    failures: list[Failure] = field(default_factory=list)

    def note(self, statement: Statement, seq: int) -> None:
        """Takes in what an entry says."""
        for digest in beside(statement.kind, statement.payload):
            self.named.setdefault(digest, seq)
        if statement.kind == "redacted":
            self.redacted.update(dict.fromkeys(digests_in(statement.payload), seq))

    def check(self, store: Store) -> Counts:
        """Compares it with the store: (7.1) to (7.4)."""
        documents = self._check_documents(store)
        disclosures, disclosed = self._check_texts(store)
        texts = [digest for digest in self.named if not is_document(digest)]
        redacted = sum(digest in self.redacted for digest in texts)
        return Counts(documents, disclosures, disclosed, max(0, len(texts) - redacted - disclosed), redacted)

    def _check_documents(self, store: Store) -> int:
        kept = set(store.documents.digests())
        for sha256 in sorted(kept):
            found = _sha256(store, sha256)
            if found != sha256:
                self._fail("7.1", self.named.get(sha256), "the document was changed", sha256, found)
            if sha256 in self.redacted:
                self._fail("7.4", self.redacted[sha256], f"the document {sha256} is still there")
        for sha256, seq in self.named.items():
            if is_document(sha256) and sha256 not in kept and sha256 not in self.redacted:
                self._fail("7.2", seq, f"the document {sha256} is not in this store")
        return len(kept)

    def _check_texts(self, store: Store) -> tuple[int, int]:
        """How many texts are there, and how many of them are named and as signed."""
        named = {digest_bytes(digest): digest for digest in self.named if not is_document(digest)}
        redacted = {digest_bytes(digest): digest for digest in self.redacted if not is_document(digest)}
        kept = disclosed = 0
        for key, body in _disclosures(store):
            kept += 1
            found = _digest_of(body)
            if found != key.hex():
                self._fail("7.3", None, "the disclosure was changed", key.hex(), found)
            elif key in redacted:
                self._fail("7.4", self.redacted[redacted[key]], f"the text {redacted[key]} is still there")
            elif key in named:
                disclosed += 1
        return kept, disclosed

    def _fail(self, check: str, seq: int | None, message: str, expected: str = "", found: str = "") -> None:
        self.failures.append(Failure(check, seq, message, expected, found))


def _sha256(store: Store, name: str) -> str:
    digest = hashlib.sha256()
    with store.documents.open(name) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _disclosures(store: Store) -> Iterator[tuple[bytes, bytes]]:
    after = b""
    while page := store.disclosures.page(after, PAGE):
        yield from page
        after = page[-1][0]


def _digest_of(body: bytes) -> str:
    """SHA-256 of a disclosure, in hexadecimal, if it is one."""
    try:
        read_disclosure(body.decode("ascii"))
    except (Invalid, UnicodeDecodeError):  # malformed, or larger than any disclosure may be
        return "something unreadable"
    return hashlib.sha256(body).hexdigest()
