"""Files that are on the disk when the call returns, as few waits as possible.

A sync costs the same for one file as for all that were written before it: the file system commits its
journal. So everything is written first, and then synced at the same time, folders included.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.errors import StoreUnavailable
from ledger.sentence import PATH_AND_REASON

AT_A_TIME = 16
"""Syncs that wait for the disk together."""

NO_LINKS = (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a system says where a file cannot have two names, or not in these two folders."""

_syncing = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="sync")


def put(files: Mapping[Path, bytes]) -> None:
    """Writes files by path, each complete under its name or not there, and syncs them. Raises `OSError`.

    For names that nobody reads before the call returns: a crash may leave the name of an unfinished file.
    """
    if files:
        _sync(write(files))


def write(files: Mapping[Path, bytes]) -> set[Path]:
    """The same without the syncing: returns the files and folders for which that is still to be done."""
    folders = set()
    for folder in {path.parent for path in files}:
        folders |= _make_folder(folder)
    for path, data in files.items():
        _write(path, data)
    return {*files, *folders}


def replace(path: Path, data: bytes, beside: Iterable[Path] = ()) -> None:
    """Writes a file in place of the one of this name, which others read: they see one or the other.

    What lies `beside` (`write`) is synced together with it, before it gets its name. Raises `OSError`.
    """
    draft = _draft(path)
    _write_draft(draft, data)
    _sync([draft, *beside])
    _rename(draft, path)


def exchange(path: Path, data: bytes, beside: Iterable[Path] = ()) -> None:
    """Like `replace`, for a file that is replaced many times a second: the old one is written into next time.

    A removed file makes new ones dear for minutes: ext4 looks again at each of them before it takes a place
    for another one. Others read it with `read_exchanged`. Raises `OSError`.
    """
    spare, kept = path.parent / f".spare-{path.name}", path.parent / f".kept-{path.name}"
    with suppress(FileNotFoundError):
        if spare.samefile(path):
            spare.unlink()  # the one in use is never written into, whatever a crash has left
    _write_draft(spare, data)
    _sync([spare, *beside])
    kept.unlink(missing_ok=True)
    try:
        _link(path, kept)
        linked = True
    except OSError as error:
        if error.errno not in {*NO_LINKS, errno.ENOENT}:
            raise
        linked = False
    _rename(spare, path)
    if linked:
        _rename(kept, spare)


def read_exchanged(path: Path) -> bytes:
    """The bytes of a file that `exchange` writes, as they were at one moment. Raises `OSError`."""
    while True:
        with path.open("rb") as file:
            before, data, after = os.fstat(file.fileno()), file.read(), os.fstat(file.fileno())
        # A file that still has the name, and was not written into, is as it was when it got the name.
        if before.st_mtime_ns == after.st_mtime_ns and os.path.samestat(after, path.stat()):
            return data


def move(draft: Path, path: Path) -> set[Path]:
    """Gives a file that is on the disk its name, in another folder. Raises `OSError`.

    Returns the folders to sync for the name to be on the disk as well.
    """
    folders = _make_folder(path.parent)
    _rename(draft, path)
    return folders


def link(file: Path, path: Path) -> set[Path]:
    """Gives a file that is on the disk another name, in place of what has it. Raises `OSError`.

    Returns the folders to sync for the name to be on the disk as well.
    """
    folders = _make_folder(path.parent)
    draft = _draft(path)
    draft.unlink(missing_ok=True)
    _link(file, draft)
    _rename(draft, path)
    return folders


def sync_folder(path: Path) -> None:
    """Makes the names in a folder durable. Raises `OSError`."""
    _sync([path])


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns the system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(PATH_AND_REASON, path=error.filename or path, reason=error.strerror) from error


def _write(path: Path, data: bytes) -> None:
    draft = _draft(path)
    _write_draft(draft, data)
    _rename(draft, path)


def _write_draft(draft: Path, data: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.ftruncate(descriptor, len(data))  # now, and not before: what stays need not be allocated again
    finally:
        os.close(descriptor)


def _rename(draft: Path, path: Path) -> None:
    os.replace(draft, path)


def _link(file: Path, path: Path) -> None:
    path.hardlink_to(file)


def _draft(path: Path) -> Path:
    return path.parent / f".new-{path.name}"


def _sync(paths: Iterable[Path]) -> None:
    """Syncs files and folders together; waits for all of them, also when one fails."""
    mine, *others = paths  # one sync in this thread: waking up another one costs as much as the call
    waiting = [_syncing.submit(_sync_one, path) for path in others]
    failures = [_sync_one(mine), *(one.result() for one in waiting)]
    for failure in failures:
        if failure is not None:
            raise failure


def _sync_one(path: Path) -> OSError | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return error
    return None


def _make_folder(folder: Path) -> set[Path]:
    """Makes a folder and those above it; returns itself and the folders that got a new name."""
    if folder.is_dir():
        return {folder}
    above = _make_folder(folder.parent)
    folder.mkdir()
    return {folder} | above
