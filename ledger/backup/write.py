"""Writing a backup, while the ledger is in use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ledger.backup import sentences
from ledger.backup.manifest import DISCLOSURES, DOCUMENTS, ENTRIES, KEPT, Manifest, sha256_of
from ledger.errors import OtherExport, ProofError
from ledger.export.beside import checked_disclosure, copy_document, erased_in
from ledger.export.place import cannot_write
from ledger.proof.entry import NO_LINK, leaf_hash, link_of
from ledger.publish.anchor_files import FOLDER as ANCHORS
from ledger.publish.folder import CHECKPOINT
from ledger.publish.folder import FOLDER as LOG
from ledger.publish.policy_file import NAME as POLICY
from ledger.publish.sizes import NAME as SIZES
from ledger.storage.recorder import LedgerRecorder
from ledger.storage.store import Store

PAGE = 1000
"""Entries and disclosures that are read at once."""

KEPT_FILES = (
    f"{LOG}/{SIZES}",
    f"{LOG}/{CHECKPOINT}",
    f"{LOG}/checkpoints/**/*",
    f"{LOG}/tile/**/*",
    f"{LOG}/{ANCHORS}/**/*",
    POLICY,
    "tsa/*",
)
"""Of the home, and nothing else: a file that is new there may be a secret. In an order in which what comes
later contains what comes earlier, while the log is being published."""


class Written(NamedTuple):
    """What a backup holds."""

    manifest: Manifest
    documents: int
    disclosures: int


def back_up(store: Store, origin: str, folder: Path, at: str) -> Written:
    """Writes a backup of everything up to now; `at` is the time that it will tell.

    Every entry must continue the one before. Raises `OtherExport` for a folder with something in it,
    `CannotWrite`, `ProofError` for a ledger that is damaged, or a `StorageError`.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OtherExport(sentences.FOLDER_NOT_EMPTY, folder=folder)
    with cannot_write(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (DOCUMENTS, KEPT):
            (folder / name).mkdir(mode=0o700)
        erased = erased_in(store.recorder)
        documents = _write_documents(store, folder / DOCUMENTS, erased)
        disclosures = _write_disclosures(store, folder / DISCLOSURES, erased)
        _copy_kept(store.home, folder / KEPT)
        # Last: what is published in this copy must be in its entries.
        count, head = _write_entries(store.recorder, folder / ENTRIES)
        files = {name: sha256_of(folder / name) for name in _names(folder)}
        manifest = Manifest(origin, count, head, at, files)
        manifest.write(folder)
    return Written(manifest, documents, disclosures)


def _write_entries(recorder: LedgerRecorder, path: Path) -> tuple[int, str]:
    """How many, and the leaf hash of the last one."""
    until, count, link = recorder.head() + 1, 0, NO_LINK
    with _create(path) as file:
        while count < until:
            for row in recorder.read(count - 1, min(PAGE, until - count)):
                if link_of(row.state) != (count, link):
                    raise ProofError(sentences.DOES_NOT_CONTINUE, count=count, check="2.2")
                link = leaf_hash(row.state)
                _put(file, row.state, 2)
                count += 1
    return count, link


def _write_documents(store: Store, target: Path, erased: set[str]) -> int:
    kept = [sha256 for sha256 in store.documents.digests() if sha256 not in erased]
    for sha256 in kept:
        copy_document(store.documents, sha256, target)
    return len(kept)


def _write_disclosures(store: Store, path: Path, erased: set[str]) -> int:
    count, after = 0, b""
    with _create(path) as file:
        while page := store.disclosures.page(after, PAGE):
            after = page[-1][0]
            for digest, body in page:
                if digest.hex() not in erased:
                    _put(file, checked_disclosure(digest, body), 4)
                    count += 1
    return count


def _copy_kept(home: Path, target: Path) -> None:
    for pattern in KEPT_FILES:
        for source in sorted(path for path in home.glob(pattern) if path.is_file()):
            place = target / source.relative_to(home)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):  # a partial tile, of which the full one is there now
                    shutil.copyfile(source, place)


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _create(path: Path) -> BinaryIO:
    """A new file for nobody else to read: the folder may have been there, and be open to others."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _put(file: BinaryIO, data: bytes, width: int) -> None:
    file.write(len(data).to_bytes(width, "big") + data)
