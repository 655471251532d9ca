"""Writing a dossier: as a directory, or as one ZIP file. It gets its name when it is complete.

Until then it is called `.new-<name>`, which is all that a crash leaves; the next attempt removes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from ledger.errors import DocumentMismatch, OtherExport
from ledger.export import sentences
from ledger.export.names import DISCLOSURES, DOCUMENTS, document_name
from ledger.export.place import DRAFT, cannot_write
from ledger.publish import durable
from ledger.storage.documents import CHUNK, NO_LIMIT, Documents

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the same dossier has the same bytes."""


class Archive(Protocol):
    """A dossier that is being written. Everything raises `CannotWrite`."""

    def put(self, files: Mapping[str, bytes]) -> None:
        """Adds files by name."""
        ...

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        """Adds a document. Raises `DocumentMismatch` if it has another digest."""
        ...


@contextmanager
def new_archive(path: Path) -> Iterator[Archive]:
    """The dossier at `path`: a ZIP if the name ends so, else a directory; complete when the block is left.

    Raises `OtherExport` if something is there already, `CannotWrite` if it cannot be written.
    """
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise OtherExport(sentences.DOSSIER_EXISTS, path=path)
    draft = path.absolute().with_name(f"{DRAFT}{path.name}")
    try:
        with cannot_write(path):
            draft.parent.mkdir(parents=True, exist_ok=True)
            _remove(draft)
            archive = _Zip(draft) if path.suffix == ".zip" else _Folder(draft)
        with closing(archive):
            yield archive
            with cannot_write(path):
                archive.finish()
                os.replace(draft, path)
                durable.sync_folder(draft.parent)
    finally:
        _remove(draft)


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir()

    def put(self, files: Mapping[str, bytes]) -> None:
        with cannot_write(self._path):
            if any(name.startswith(f"{DISCLOSURES}/") for name in files):
                (self._path / DISCLOSURES).mkdir(mode=0o700, exist_ok=True)
            durable.put({self._path / name: data for name, data in files.items()})

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        with cannot_write(self._path):
            Documents(self._path / DOCUMENTS).put(sha256, stream, NO_LIMIT)

    def finish(self) -> None:
        """Everything is on the disk already."""

    def close(self) -> None:
        """Nothing is open."""


class _Zip:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw = path.open("xb")
        self._file = zipfile.ZipFile(self._raw, "w", zipfile.ZIP_DEFLATED)

    def put(self, files: Mapping[str, bytes]) -> None:
        with cannot_write(self._path):
            for name, data in files.items():
                self._file.writestr(_info(name), data)

    def put_document(self, sha256: str, stream: BinaryIO) -> None:
        digest = hashlib.sha256()
        info = _info(document_name(sha256))
        with cannot_write(self._path), self._file.open(info, "w", force_zip64=True) as target:
            while block := stream.read(CHUNK):
                digest.update(block)
                target.write(block)
        if digest.hexdigest() != sha256:
            raise DocumentMismatch(sentences.OTHER_DIGEST, found=digest.hexdigest(), sha256=sha256)

    def finish(self) -> None:
        self._file.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._raw.close()


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
