"""Erasing what lies beside the log, after a `redacted` statement has been recorded.

The order, and what a crash leaves:

1. the statement is recorded, durably                  recorded, not erased: the next call or start erases
2. texts and documents are removed, database and disk  the same; removing again is harmless
3. the entry's number is kept as done, in a file       the same

So nothing is erased that is not recorded, and nothing that is recorded stays. Whether something is done is
not only believed of the file: what an old backup brought back is found because it is there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from ledger.domain.redactions import Redaction
from ledger.domain.sentences import ledgers
from ledger.errors import Erased
from ledger.mapper import Reading
from ledger.proof.encoding import unb64
from ledger.proof.statement import beside
from ledger.state import State
from ledger.storage.directories import replace_file
from ledger.storage.store import Store

DONE = "erased-up-to"
"""In the store's home: number of the last `redacted` entry whose texts are known to be gone."""

_DOCUMENT = 64
"""Length of a document's digest in hexadecimal; a disclosure's has 43 characters."""


class Erasures:
    """What was redacted in a ledger, and that it stays erased. Safe for many threads and processes."""

    def __init__(self, store: Store, current: Callable[[], AbstractContextManager[State]]) -> None:
        """`current` gives the ledger as it stands."""
        self._store = store
        self._current = current

    def of(self, digests: Iterable[str]) -> dict[str, Redaction]:
        """Which of these texts and documents were redacted, and why. Raises a `StorageError`."""
        with self._current() as state:
            known = {} if state.register is None else state.register.redactions
            return {digest: known[digest] for digest in digests if digest in known}

    def refuse(self, digests: Iterable[str]) -> None:
        """Returns if none of these was redacted. Raises `Erased`."""
        for digest, found in self.of(digests).items():
            raise Erased(ledgers.ERASED, digest=digest, basis=found.legal_basis, entry=found.seq)

    @contextlib.contextmanager
    def storing(self, digests: Sequence[str]) -> Iterator[None]:
        """Lets something be stored that was not redacted: looked at before, and once more afterwards.

        An erasure that is recorded in between finds what was stored, or is found here. Raises `Erased`.
        """
        self.refuse(digests)
        yield
        try:
            self.refuse(digests)
        except Erased:
            erase(self._store, self.of(digests))
            raise

    def finish(self) -> list[str]:
        """Erases what was redacted and may still be there; returns the digests. May be repeated.

        Raises a `StorageError`, for instance where a reader keeps an old copy alive: call it again then.
        """
        with self._current() as state:
            redactions = {} if state.register is None else dict(state.register.redactions)
        last = max((redaction.seq for redaction in redactions.values()), default=-1)
        done = _done(self._store.home)
        rest = [digest for digest, redaction in redactions.items() if redaction.seq > done]
        rest += [digest for digest in _present(self._store, redactions) if digest not in rest]
        if rest:
            erase(self._store, rest)
        if last > done:
            with contextlib.suppress(OSError):  # not kept: then it is done once more
                replace_file(self._store.home / DONE, b"%d\n" % last)
        return rest


def erase(store: Store, digests: Iterable[str]) -> None:
    """Removes texts and documents by their digests. Raises a `StorageError`."""
    wanted = list(digests)
    if texts := [digest_bytes(digest) for digest in wanted if not is_document(digest)]:
        store.disclosures.erase(texts)
    for digest in filter(is_document, wanted):
        store.documents.erase(digest)


def texts_in(readings: Iterable[Reading]) -> Iterator[tuple[str, Reading]]:
    """What of these entries lies beside the log: digests of texts and documents, with their entry."""
    for reading in readings:
        statement = reading.statement
        for digest in beside(statement.kind, statement.payload):
            yield digest, reading


def is_document(digest: str) -> bool:
    """Whether it is a document's digest, and not a text's."""
    return len(digest) == _DOCUMENT


def digest_bytes(digest: str) -> bytes:
    """The 32 bytes of a disclosure's digest (base64url without padding)."""
    return unb64(digest.replace("-", "+").replace("_", "/") + "=")


def _present(store: Store, digests: Iterable[str]) -> list[str]:
    """Which of these are in the store."""
    texts = {digest_bytes(digest): digest for digest in digests if not is_document(digest)}
    found = [texts[key] for key in store.disclosures.get(list(texts))] if texts else []
    return found + [digest for digest in digests if is_document(digest) and store.documents.exists(digest)]


def _done(home: Path) -> int:
    try:
        return int((home / DONE).read_text("ascii"))
    except (OSError, ValueError):
        return -1  # unknown: then it is done once more
