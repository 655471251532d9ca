"""The documents of a procedure beside the log: there, with their digest, unless they were erased."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable

from ledger.errors import StimmbuchError
from ledger.export import sentences
from ledger.proof.checks import Failure
from ledger.proof.sentences import verification
from ledger.storage.store import Store


def look_at_documents(
    store: Store, documents: Iterable[str], erased: Container[str]
) -> tuple[Counter[str], list[Failure]]:
    """(7.1, 7.2, 7.4) Documents by SHA-256: how many times each check was made, and what does not hold."""
    made, failures = Counter[str](), []
    for sha256 in documents:
        kept = store.documents.exists(sha256)
        if sha256 in erased:
            made["7.4"] += 1
            if kept:
                failures.append(Failure.of("7.4", None, verification.DOCUMENT_STILL_THERE, sha256=sha256))
            continue
        made["7.2"] += 1
        if not kept:
            failures.append(Failure.of("7.2", None, sentences.DOCUMENT_NOT_THERE, sha256=sha256))
            continue
        made["7.1"] += 1
        if (digest := _digest_of(store, sha256)) != sha256:
            failures.append(Failure.of("7.1", None, sentences.ANOTHER_DOCUMENT, sha256, digest))
    return made, failures


def _digest_of(store: Store, sha256: str) -> str:
    try:
        with store.documents.open(sha256) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except StimmbuchError as error:
        return error.code
