"""A file that is read again when it changed: what an operator writes counts a moment later."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from api.access.sentences import policies
from ledger.errors import AccessUnusable, BadShape, Invalid

Value = TypeVar("Value")

LARGEST = 4 * 2**20
"""Bytes: some ten thousand tokens."""

REST = 0.01
"""Seconds between two looks at least. Each lets another thread have the interpreter, for as long as it likes:
with one for each vote, a vote took 10 to 20 µs of CPU more."""

_Mark = tuple[int, int, int, int] | None


class Watched(Generic[Value]):
    """What a file says. Safe for many threads; to ask again costs a look at the file's inode now and then."""

    def __init__(self, path: Path, parse: Callable[[bytes | None], Value]) -> None:
        """`parse` gets the content, or None where there is no file. It may raise `Invalid`."""
        self.path, self._name = path, str(path)
        self._parse = parse
        self._lock = threading.Lock()
        self._known: tuple[_Mark, Value | AccessUnusable] | None = None
        self._looked = 0.0  # when, on a clock that nobody sets

    def now(self) -> Value:
        """What the file says now. Raises `AccessUnusable` as long as it cannot be read."""
        known, now = self._known, time.monotonic()
        if known is None or now - self._looked >= REST:
            known = self._look()
            self._looked = now  # now, and not before: who does not look must find what was read
        if isinstance(found := known[1], AccessUnusable):
            raise AccessUnusable(found)
        return found

    def _look(self) -> tuple[_Mark, Value | AccessUnusable]:
        mark, known = self._mark(), self._known
        if known is None or known[0] != mark:
            with self._lock:
                # Looked at before it is read: if it changes in between, it is read once more.
                known = self._known = (mark, self._read())
        return known

    def _mark(self) -> _Mark:
        try:
            found = os.stat(self._name)  # noqa: PTH116 half the price, and asked with every vote
        except FileNotFoundError:
            return None
        except OSError as error:
            raise AccessUnusable(policies.FILE_NOT_READ, path=self.path, reason=error.strerror) from None
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def _read(self) -> Value | AccessUnusable:
        try:
            return self._parse(self._bytes())
        except OSError as error:
            return AccessUnusable(policies.FILE_NOT_READ, path=self.path, reason=error.strerror)
        except Invalid as error:
            return AccessUnusable(policies.FILE_IS_WRONG, path=self.path, error=error)

    def _bytes(self) -> bytes | None:
        try:
            with self.path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        if len(data) > LARGEST:
            raise BadShape(policies.FILE_TOO_LARGE, limit=LARGEST)
        return data
