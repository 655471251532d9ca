"""The audit of what lies beside the log: documents and texts against the digests in the entries.

A digest without its text is no failure: the text was never sent to this store, or was erased, with a
`redacted` entry (counted apart) or on a copy (undisclosed). It is never called tampered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ledger.audit import sentences
from ledger.domain.redactions import digests_in
from ledger.errors import Invalid
from ledger.proof.checks import Failure
from ledger.proof.disclosure import read_disclosure
from ledger.proof.sentences import verification
from ledger.proof.statement import Statement, beside
from ledger.redaction import digest_bytes, is_document
from ledger.sentence import Sentence
from ledger.storage.documents import Documents

PAGE = 2000  # disclosures read at once


class Texts(Protocol):
    """Disclosures by digest."""

    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        """At most `limit` digests above `after` with their bodies, in order; b"" reads from the start."""

    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        """The bodies that are there."""


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

    def check(self, documents: Documents, texts: Texts, *, whole: bool = True) -> Counts:
        """Compares it with what is there: (7.1) to (7.4); unless `whole`, only what the entries name."""
        wanted = self.named.keys() | self.redacted.keys()
        there = documents.digests() if whole else filter(documents.exists, filter(is_document, wanted))
        kept = self._check_documents(documents, set(there))
        pages = _all_texts(texts) if whole else _these_texts(texts, wanted)
        disclosures, disclosed = self._check_texts(pages)
        named = [digest for digest in self.named if not is_document(digest)]
        redacted = sum(digest in self.redacted for digest in named)
        return Counts(kept, disclosures, disclosed, max(0, len(named) - redacted - disclosed), redacted)

    def _check_documents(self, documents: Documents, kept: set[str]) -> int:
        for sha256 in sorted(kept):
            found = _sha256(documents, sha256)
            if found != sha256:
                self._fail("7.1", self.named.get(sha256), verification.DOCUMENT_CHANGED, sha256, found)
            if sha256 in self.redacted:
                self._fail("7.4", self.redacted[sha256], verification.DOCUMENT_STILL_THERE, sha256=sha256)
        for sha256, seq in self.named.items():
            if is_document(sha256) and sha256 not in kept and sha256 not in self.redacted:
                self._fail("7.2", seq, sentences.DOCUMENT_NOT_IN_STORE, sha256=sha256)
        return len(kept)

    def _check_texts(self, texts: Iterable[tuple[bytes, bytes]]) -> tuple[int, int]:
        """How many texts are there, and how many of them are named and as signed."""
        named = {digest_bytes(digest): digest for digest in self.named if not is_document(digest)}
        redacted = {digest_bytes(digest): digest for digest in self.redacted if not is_document(digest)}
        kept = disclosed = 0
        for key, body in texts:
            kept += 1
            found = _digest_of(body)
            if found != key.hex():
                self._fail("7.3", None, verification.DISCLOSURE_CHANGED, key.hex(), found)
            elif key in redacted:
                digest = redacted[key]
                self._fail("7.4", self.redacted[digest], verification.TEXT_STILL_THERE, digest=digest)
            elif key in named:
                disclosed += 1
        return kept, disclosed

    def _fail(self, check: str, seq: int | None, what: Sentence, *values: str, **named: str) -> None:
        self.failures.append(Failure.of(check, seq, what, *values, **named))


def _sha256(documents: Documents, name: str) -> str:
    with documents.open(name) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _all_texts(texts: Texts) -> Iterator[tuple[bytes, bytes]]:
    after = b""
    while page := texts.page(after, PAGE):
        yield from page
        after = page[-1][0]


def _these_texts(texts: Texts, wanted: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
    keys = sorted(digest_bytes(digest) for digest in wanted if not is_document(digest))
    for start in range(0, len(keys), PAGE):
        yield from texts.get(keys[start : start + PAGE]).items()


def _digest_of(body: bytes) -> str:
    """SHA-256 of a disclosure, in hexadecimal, if it is one."""
    try:
        read_disclosure(body.decode("ascii"))
    except (Invalid, UnicodeDecodeError):  # malformed, or larger than any disclosure may be
        return "something unreadable"
    return hashlib.sha256(body).hexdigest()
