"""Reading a dossier that anybody may have made: a directory or a ZIP file, never unpacked.

Names come from the archive and are compared with the layout before anything is read; sizes are limited.
`ProofError` carries check 10.1.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from ledger.errors import NotFound, ProofError
from ledger.export.names import CHECKPOINT, entry_of
from ledger.export.sentences import dossiers

CHUNK = 1 << 20

_ODD = (EOFError, RuntimeError, NotImplementedError, ValueError, struct.error)
"""What else the library raises for archives that are cut, encrypted, or made up."""


class Files(Protocol):
    """The files of a dossier."""

    def names(self) -> list[str]:
        """The names of all files, as often as they occur."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """A file of these names. Raises what `readable` knows."""
        ...


class Folder:
    """A directory."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """What is no folder; links and devices are no files, and have names that no layout knows."""
        return sorted(
            path.relative_to(self._path).as_posix() + ("" if _is_file(path) else " (no regular file)")
            for path in self._path.rglob("*")
            if path.is_symlink() or not path.is_dir()
        )

    def open(self, name: str) -> IO[bytes]:
        """A file."""
        return (self._path / name).open("rb")


class Zip:
    """A ZIP file."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def names(self) -> list[str]:
        """All members but folders."""
        return sorted(name for name in self._file.namelist() if not name.endswith("/"))

    def open(self, name: str) -> IO[bytes]:
        """A member."""
        return self._file.open(name)


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    """The files of the dossier at `path`. Raises `NotFound`, or `ProofError` for a damaged ZIP file."""
    if path.is_dir():
        yield Folder(path)
        return
    if not path.exists():
        raise NotFound(dossiers.NOTHING_AT, path=path)
    with readable(str(path)):
        file = zipfile.ZipFile(path)
    with file:
        yield Zip(file)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turns what keeps us from reading a file into a `ProofError`."""
    try:
        yield
    except (OSError, zipfile.BadZipFile, zlib.error, *_ODD) as error:
        raise ProofError(dossiers.FILE_NOT_READ, name=name, error=error, check="10.1") from None


def read(files: Files, name: str, limit: int) -> bytes:
    """The bytes of a file. Raises `ProofError` if it is larger than `limit` bytes, or cannot be read."""
    with readable(name), files.open(name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ProofError(dossiers.FILE_TOO_LONG, name=name, limit=limit, check="10.1")
    return data


def sha256_of(files: Files, name: str, limit: int) -> str:
    """The SHA-256 (hexadecimal) of at most `limit` bytes of a file and one more. Raises `ProofError`."""
    digest, left = hashlib.sha256(), limit + 1
    with readable(name), files.open(name) as stream:
        while left and (block := stream.read(min(CHUNK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def is_dossier(path: Path) -> bool:
    """Whether this looks like a dossier, damaged or not: a ZIP file, or a checkpoint beside proofs."""
    if path.is_dir():
        entries = path / "entries"
        return (path / CHECKPOINT).exists() and any(
            entry_of(f"entries/{one.name}") is not None for one in entries.glob("*.tlog-proof")
        )
    return path.is_file() and zipfile.is_zipfile(path)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
