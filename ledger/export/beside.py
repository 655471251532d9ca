"""Documents and disclosures of a store, copied beside an exported log: each checked, none twice.

What was erased on record is not copied, and goes from an earlier export as well: an export that is made later
does not hold it any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from pathlib import Path

from ledger.errors import DocumentMismatch, ProofError
from ledger.export import sentences
from ledger.export.named import erased_by
from ledger.export.names import DISCLOSURES, DOCUMENTS, disclosure_name
from ledger.export.place import ExportFolder, cannot_write
from ledger.mapper import read_entry
from ledger.proof.statement import topic
from ledger.storage.disclosures import Disclosures
from ledger.storage.documents import NO_LIMIT, Documents
from ledger.storage.recorder import LedgerRecorder

PAGE = 1000
"""Disclosures that are read and written at once."""


def erased_in(recorder: LedgerRecorder) -> set[str]:
    """SHA-256 (hexadecimal) of all documents and disclosures that a ledger says are erased."""
    rows = recorder.read(-1, 2**31, topics=(topic("redacted"),))
    return {digest for row in rows for digest in erased_by(read_entry(row.state).statement)}


def copy_documents(documents: Documents, folder: ExportFolder, erased: Container[str]) -> int:
    """Adds the documents that are not there yet; returns how many. Raises `CannotWrite`.

    `ProofError` (7.1) says which one was changed in the store.
    """
    added = 0
    theirs = Documents(folder.path / DOCUMENTS)
    for sha256 in documents.digests():
        if sha256 not in erased and not theirs.exists(sha256):
            copy_document(documents, sha256, folder.private(DOCUMENTS))
            added += 1
    return added


def copy_document(documents: Documents, sha256: str, target: Path) -> None:
    """Adds one document to the folder `target`.

    Raises `NotFound` or `CannotWrite`, `ProofError` (7.1) if it was changed in the store.
    """
    with documents.open(sha256) as stream, cannot_write(target):
        try:
            Documents(target).put(sha256, stream, NO_LIMIT)
        except DocumentMismatch:
            raise ProofError(sentences.DOCUMENT_CHANGED, sha256=sha256, check="7.1") from None


def copy_disclosures(disclosures: Disclosures, folder: ExportFolder, erased: Container[str]) -> int:
    """Adds the disclosures that are not there yet; returns how many. Raises `CannotWrite`.

    `ProofError` (7.3) says which one was changed in the store.
    """
    added = 0
    for page in _pages(disclosures):
        files = {
            name: checked_disclosure(digest, body)
            for digest, body in page
            if digest.hex() not in erased and not folder.log.exists(name := disclosure_name(digest))
        }
        if files:
            folder.private(DISCLOSURES)
            folder.put(files)
            added += len(files)
    return added


def checked_disclosure(digest: bytes, body: bytes) -> bytes:
    """The body, if it is the one of this digest. Raises `ProofError` (7.3)."""
    if hashlib.sha256(body).digest() != digest:
        raise ProofError(sentences.DISCLOSURE_CHANGED, digest=digest.hex(), check="7.3")
    return body


def _pages(disclosures: Disclosures) -> Iterator[list[tuple[bytes, bytes]]]:
    after = b""
    while page := disclosures.page(after, PAGE):
        yield page
        after = page[-1][0]
