"""What a statement names that lies beside the log: documents with their sizes, texts, what was erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.domain.redactions import digests_in
from ledger.proof.statement import Statement, beside
from ledger.redaction import digest_bytes, is_document


def documents_named(value: Any) -> Iterator[tuple[str, int]]:
    """SHA-256 (hexadecimal) and size in bytes of every document that a payload names."""
    if isinstance(value, dict):
        if "sha256" in value and "size" in value:
            yield value["sha256"], value["size"]
        for inner in value.values():
            yield from documents_named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from documents_named(inner)


def texts_named(statement: Statement) -> Iterator[bytes]:
    """SHA-256 (32 bytes) of every disclosure that a statement names."""
    for digest in beside(statement.kind, statement.payload):
        if not is_document(digest):
            yield digest_bytes(digest)


def erased_by(statement: Statement) -> Iterator[str]:
    """SHA-256 (hexadecimal) of the documents and disclosures that a statement says are erased."""
    if statement.kind == "redacted":
        for digest in digests_in(statement.payload):
            yield digest if is_document(digest) else digest_bytes(digest).hex()
