"""Documents: files under the SHA-256 of their bytes, in `<home>/documents/ab/<sha256 in hexadecimal>`.

A name appears when the file behind it is complete, checked and on the disk, not before. A crash
leaves at most a file whose name begins with `.new-`: nothing reads it, and it may be removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from ledger.errors import BadEncoding, DocumentMismatch, NotFound, StoreUnavailable, TooLarge
from ledger.storage import sentences
from ledger.storage.directories import sync_directory

CHUNK = 64 * 1024
"""Bytes that are read, hashed and written at once: the memory that a document needs, whatever its size."""

NO_LIMIT = 2**63
"""Bytes: for what was small enough when it was stored first."""

DRAFT = ".new-"
"""How the names of files begin that are not complete."""

ABANDONED = 3600
"""Seconds after which a file that was not written to belongs to no running upload."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Documents:
    """The documents of one ledger. Digests are 64 lower-case hexadecimal digits, else `BadEncoding`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, digest: str, stream: BinaryIO, limit: int) -> None:
        """Stores what `stream` yields, or nothing.

        Raises `TooLarge` above `limit` bytes, `DocumentMismatch` if the bytes have another digest,
        `StoreUnavailable` if they cannot be written. Storing a document twice is harmless.
        """
        target = self._path(digest)
        with _disk_errors():
            _make_folder(target.parent)
            with _temporary_file(target.parent) as (file, name):
                _copy(stream, file, digest, limit)
                os.fchmod(file.fileno(), 0o440)
                file.flush()
                os.fsync(file.fileno())
                os.replace(name, target)
            sync_directory(target.parent)

    def open(self, digest: str) -> BufferedReader:
        """The document, for reading; the caller closes it. Raises `NotFound`."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            raise NotFound(sentences.NO_DOCUMENT, digest=digest) from None

    def erase(self, digest: str) -> None:
        """Removes a document, and what interrupted uploads left beside it. May be repeated.

        Its blocks are free then; what the disk does with them is the file system's business.
        """
        target = self._path(digest)
        with _disk_errors():
            if not target.parent.is_dir():
                return
            target.unlink(missing_ok=True)
            for draft in target.parent.glob(f"{DRAFT}*"):
                with suppress(FileNotFoundError):  # finished, or removed by another eraser
                    if time.time() - draft.stat().st_mtime > ABANDONED:
                        draft.unlink()
            sync_directory(target.parent)

    def move(self, digest: str, target: Path) -> None:
        """Gives a document another name on the same disk, if it is here."""
        with _disk_errors(), suppress(FileNotFoundError):
            os.replace(self._path(digest), target)

    def size(self, digest: str) -> int:
        """Of a document that is here, in bytes."""
        return self._path(digest).stat().st_size

    def exists(self, digest: str) -> bool:
        """Whether the document is here."""
        return self._path(digest).is_file()

    def digests(self) -> Iterator[str]:
        """The digests of all documents, in order."""
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*")):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def _path(self, digest: str) -> Path:
        # The one check that keeps foreign input from naming files elsewhere.
        if not _DIGEST.fullmatch(digest):
            raise BadEncoding(sentences.DOCUMENT_DIGEST)
        return self._folder / digest[:2] / digest


def _copy(stream: BinaryIO, file: BinaryIO, digest: str, limit: int) -> None:
    size, seen = 0, hashlib.sha256()
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(sentences.DOCUMENT_TOO_LARGE, limit=limit)
        seen.update(chunk)
        file.write(chunk)
    if seen.hexdigest() != digest:
        raise DocumentMismatch(sentences.OTHER_DIGEST, found=seen.hexdigest(), digest=digest)


@contextmanager
def _temporary_file(folder: Path) -> Iterator[tuple[BinaryIO, str]]:
    descriptor, name = tempfile.mkstemp(prefix=DRAFT, dir=folder)
    try:
        with open(descriptor, "wb") as file:
            yield file, name
    except BaseException:
        os.unlink(name)
        raise


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for parent in (folder.parent, folder.parent.parent):
            sync_directory(parent)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(sentences.DOCUMENT_NOT_WRITTEN, reason=error.strerror) from error
