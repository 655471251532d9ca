"""Directories as the file system sees them: names made durable, and a lock that a crash gives back."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def sync_directory(path: Path) -> None:
    """Makes the names in a directory durable: without it, a crash may forget a new or renamed file."""
    with _opened(path) as descriptor:
        os.fsync(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Puts a file in another one's place: a crash leaves the one or the other. Raises `OSError`.

    For the owner only, and one at a time; published files are `ledger.publish.durable`'s.
    """
    descriptor, draft = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            give_to_owner(descriptor, path.parent)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
    sync_directory(path.parent)


def give_to_owner(descriptor: int, folder: Path) -> None:
    """Lets a new file of root belong to whom its folder belongs to, as SQLite does with its files.

    A service with a user of its own goes on reading what root changes beside it. As far as root may.
    """
    if os.geteuid() == 0:
        owner = folder.stat()
        with suppress(OSError):
            os.fchown(descriptor, owner.st_uid, owner.st_gid)


@contextmanager
def locked_directory(path: Path) -> Iterator[None]:
    """Excludes other processes that lock the same directory; waits for them."""
    with _opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
