"""Writing a dossier: as a directory, or as one ZIP file. It gets its name when it is complete.

Until then it is called `.new-<name>`, which is all that a crash leaves; the next attempt removes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from ledger.errors import OtherExport, ProofError
from ledger.export.beside import NO_LIMIT
from ledger.export.names import DISCLOSURES, DOCUMENTS, document_name
from ledger.export.place import DRAFT, cannot_write
from ledger.publish import durable
from ledger.storage.documents import CHUNK, Documents

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the same dossier has the same bytes."""


class Archive(Protocol):
    """A dossier that is being written. Raises `OSError` and `StoreUnavailable`."""

    def put(self, files: Mapping[str, bytes]) -> None:
        """Adds files by name."""
        ...

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        """Adds a document. Raises `DocumentMismatch` or `ProofError` if it has another digest."""
        ...


@contextmanager
def new_archive(path: Path) -> Iterator[Archive]:
    """The dossier at `path`: a ZIP if the name ends so, else a directory; complete when the block is left.

    Raises `OtherExport` if something is there already, `CannotWrite` if it cannot be written.
    """
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise OtherExport(f"there is something in {path} already; a dossier is not written over another")
    draft = path.absolute().with_name(f"{DRAFT}{path.name}")
    with cannot_write(path):
        draft.parent.mkdir(parents=True, exist_ok=True)
        _remove(draft)
    try:
        with cannot_write(path):
            if path.suffix == ".zip":
                with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as file:
                    yield _Zip(file)
                durable.sync_folder(draft)
            else:
                draft.mkdir()
                yield _Folder(draft)
            os.replace(draft, path)
            durable.sync_folder(draft.parent)
    finally:
        _remove(draft)


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, files: Mapping[str, bytes]) -> None:
        for name in files:
            if name.startswith(f"{DISCLOSURES}/"):
                (self._path / DISCLOSURES).mkdir(mode=0o700, exist_ok=True)
        durable.put({self._path / name: data for name, data in files.items()})

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        Documents(self._path / DOCUMENTS).put(sha256, stream, NO_LIMIT)


class _Zip:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def put(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            self._file.writestr(_info(name), data)

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        digest = hashlib.sha256()
        with self._file.open(_info(document_name(sha256)), "w", force_zip64=True) as target:
            while block := stream.read(CHUNK):
                digest.update(block)
                target.write(block)
        if digest.hexdigest() != sha256:
            raise ProofError(f"the document {sha256} was changed in the store", check="7.1")


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _remove(draft: Path) -> None:
    if draft.is_dir():
        shutil.rmtree(draft, ignore_errors=True)
    else:
        draft.unlink(missing_ok=True)
