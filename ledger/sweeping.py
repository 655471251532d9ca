"""Removing what was uploaded and never named by a statement: documents and texts that fill the disk.

The order, and what a crash leaves:

1. what the log names is let alone                                nothing
2. what is old and not named is moved aside, into the home        aside: the next sweep goes on with it
3. under the ledger's lock the log is read on; what no entry      the same, or less of it
   names then is removed, for good
4. what an entry named meanwhile goes back                        the same

So nothing is removed that an entry names at that moment, whoever submits what at the same time; and what is
sent again while it is being swept is stored anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ledger.application import VotingLedger
from ledger.errors import Erased, StoreLocked
from ledger.lock_file import LockFile
from ledger.mapper import read_entry
from ledger.proof.statement import beside, naming, topic
from ledger.redaction import digest_bytes, is_document
from ledger.storage import sentences
from ledger.storage.directories import replace_file
from ledger.storage.documents import NO_LIMIT
from ledger.storage.recorder import Row
from ledger.storage.uploads import Uploads

ASIDE = "swept"
"""In the ledger's home: what is neither there nor gone."""

LOCK = "sweep.lock"
PAGE = 1000


class Swept(NamedTuple):
    """The digests of what a sweep found."""

    named: list[str]
    """By an entry: they stay, for ever."""
    removed: list[str]


def sweep(ledger: VotingLedger, uploads: Uploads, before: str) -> Swept:
    """Removes what was sent before this time (as entries write it) and is named by no entry.

    May be repeated, also after a crash. Raises `StoreLocked` while another process sweeps.
    """
    home = ledger.store.home
    lock = LockFile(home / LOCK)
    if not lock.take():
        raise StoreLocked(sentences.SWEPT_ELSEWHERE)
    try:
        return _sweep(ledger, uploads, _Aside(ledger, home / ASIDE), before)
    finally:
        lock.give()


def settle(ledger: VotingLedger, uploads: Uploads) -> None:
    """Forgets of the uploads what an entry names by now. Raises a `StorageError`."""
    uploads.forget(named_by_the_log(ledger, uploads.all()))


def named_by_the_log(ledger: VotingLedger, digests: Iterable[str]) -> list[str]:
    """Which of these an entry names. Reads all entries that can name anything, a thousand at a time."""
    wanted, found, after = set(digests), set[str](), -1
    topics = [topic(kind) for kind in naming()]
    while wanted and (rows := ledger.store.recorder.read(after, PAGE, topics=topics)):
        found |= wanted.intersection(_named(rows))
        after = rows[-1].seq
    return sorted(found)


def _named(rows: Sequence[Row]) -> Iterable[str]:
    for row in rows:
        statement = read_entry(row.state).statement
        yield from beside(statement.kind, statement.payload)


def _sweep(ledger: VotingLedger, uploads: Uploads, aside: _Aside, before: str) -> Swept:
    head = ledger.head()
    named = named_by_the_log(ledger, {*uploads.all(before), *aside.digests()})
    uploads.forget(named)
    aside.put_back(named)
    with uploads.claimed(before) as claimed:
        aside.take(claimed)
    with ledger.store.recorder.batch(head) as batch:
        late = set(_named(batch.since(head))).intersection(aside.digests())
        removed = aside.remove(late)
    aside.put_back(late)
    return Swept(sorted({*named, *late}), removed)


class _Aside:
    """The folder."""

    def __init__(self, ledger: VotingLedger, folder: Path) -> None:
        self._ledger, self._folder = ledger, folder
        folder.mkdir(mode=0o700, exist_ok=True)

    def digests(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if not path.name.startswith("."))

    def take(self, digests: Sequence[str]) -> None:
        """Moves them here. Texts are written here before they are erased there."""
        store = self._ledger.store
        texts = {digest_bytes(digest): digest for digest in digests if not is_document(digest)}
        for key, body in store.disclosures.get(list(texts)).items():
            replace_file(self._folder / texts[key], body)
        if texts:
            store.disclosures.erase(list(texts))
        for digest in filter(is_document, digests):
            store.documents.move(digest, self._folder / digest)

    def put_back(self, digests: Iterable[str]) -> None:
        """Moves them to where they were; what was redacted meanwhile is gone."""
        for digest in set(digests).intersection(self.digests()):
            path = self._folder / digest
            with suppress(Erased):
                if is_document(digest):
                    with path.open("rb") as stream:
                        self._ledger.put_document(digest, stream, limit=NO_LIMIT)
                else:
                    self._ledger.disclose([path.read_text("ascii")])
            path.unlink()

    def remove(self, but: set[str]) -> list[str]:
        """Removes all but these."""
        gone = [digest for digest in self.digests() if digest not in but]
        for digest in gone:
            os.unlink(self._folder / digest)
        return gone
