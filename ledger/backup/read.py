"""Restoring a backup: into an empty store, of either kind."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ledger.backup import sentences
from ledger.backup.manifest import DISCLOSURES, DOCUMENTS, ENTRIES, KEPT, Manifest
from ledger.errors import BadBackup, DocumentMismatch, StimmbuchError, StoreExists
from ledger.proof.entry import NO_LINK, leaf_hash, link_of
from ledger.publish.recover import row_of
from ledger.storage.documents import NO_LIMIT, Documents
from ledger.storage.recorder import Row
from ledger.storage.store import Store

PAGE = 1000
"""Entries in one transaction."""


class Restored(NamedTuple):
    """What was restored."""

    manifest: Manifest
    documents: int
    disclosures: int
    kept_newer: list[str]
    """Files of the home that were there already, and were left as they are."""


def restore(
    folder: Path, store: Store, manifest: Manifest, progress: Callable[[int, int], None] | None = None
) -> Restored:
    """Brings a backup into an open store that has no entry; `manifest` is that of `read_manifest`.

    Every entry must continue the one before, and the last one be the one that the backup names. Files that
    are in the home already stay: they are newer. Raises `StoreExists`, `BadBackup` or a `StorageError`. What
    was interrupted is thrown away and done again.
    """
    if store.recorder.head() >= 0:
        raise StoreExists(sentences.NOT_EMPTY)
    documents = _restore_documents(folder / DOCUMENTS, store)
    disclosures = _restore_disclosures(folder / DISCLOSURES, store)
    link, done = NO_LINK, 0
    rows = _rows(folder / ENTRIES)
    while page := list(islice(rows, PAGE)):
        link = _continued(page, link)
        with store.recorder.batch() as batch:
            batch.append(page)
        done += len(page)
        if progress is not None:
            progress(done, manifest.entries)
    if (done, link) != (manifest.entries, manifest.head):
        raise BadBackup(sentences.OTHER_ENTRIES, folder=folder)
    return Restored(manifest, documents, disclosures, _put_back(folder / KEPT, store.home))


def _continued(page: list[Row], link: str) -> str:
    for row in page:
        if link_of(row.state) != (row.seq, link):
            raise BadBackup(sentences.DOES_NOT_CONTINUE, seq=row.seq)
        link = leaf_hash(row.state)
    return link


def _rows(path: Path) -> Iterator[Row]:
    for seq, data in enumerate(_parts(path, 2)):
        try:
            yield row_of(seq, data)
        except StimmbuchError as error:
            raise BadBackup(sentences.BAD_ENTRY, seq=seq, error=error) from None


def _parts(path: Path, width: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while length := file.read(width):
            data = file.read(int.from_bytes(length, "big"))
            if len(length) != width or len(data) != int.from_bytes(length, "big"):
                raise BadBackup(sentences.ENDS_IN_THE_MIDDLE, path=path)
            yield data


def _restore_documents(folder: Path, store: Store) -> int:
    count = 0
    for sha256 in Documents(folder).digests():
        with Documents(folder).open(sha256) as stream:
            try:
                store.documents.put(sha256, stream, NO_LIMIT)
            except DocumentMismatch as error:
                raise BadBackup(sentences.BAD_DOCUMENT, error=error) from None
        count += 1
    return count


def _restore_disclosures(path: Path, store: Store) -> int:
    count = 0
    parts = _parts(path, 4)
    while page := list(islice(parts, PAGE)):
        store.disclosures.put_all({hashlib.sha256(body).digest(): body for body in page})
        count += len(page)
    return count


def _put_back(kept: Path, home: Path) -> list[str]:
    there = []
    for source in sorted(path for path in kept.rglob("*") if path.is_file()):
        name = source.relative_to(kept)
        if (home / name).exists():
            there.append(name.as_posix())
            continue
        (home / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(source, home / name)
    return there
