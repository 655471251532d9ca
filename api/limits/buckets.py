"""Token buckets: how often a caller may ask, counted by all processes of a service together.

They lie in a file that the processes map into their memory, or in the memory of the one process that there
is: a table of fixed size, so that made-up callers cannot fill anything. A caller has its place in one row of
the table; where the row is full, the one that was silent for longest is forgotten. In which row that is
depends on a secret of the table: or somebody could make up callers who share a row, and be forgotten at will.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACE = struct.Struct("=Qdd")
"""A caller's fingerprint (0: nobody), the tokens that are left, and when that was, in seconds."""

IN_A_ROW, ROWS = 8, 2048
ROW = IN_A_ROW * _PLACE.size
"""Bytes."""

SECRET = 16
"""Bytes in front of the rows."""


class Buckets:
    """One bucket for each caller: `burst` tokens, refilled with `rate` a second. Safe for many threads."""

    def __init__(
        self,
        rate: float,
        burst: int,
        clock: Callable[[], float],
        file: Path | None = None,
        *,
        rows: int = ROWS,
    ) -> None:
        """`clock` is the same for all processes; `file` is where they count together. Raises `OSError`."""
        self._rate, self._burst, self._clock, self._rows = rate, float(burst), clock, rows
        self._lock = threading.Lock()
        self._file = None if file is None else os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        if self._file is not None:
            os.ftruncate(self._file, SECRET + rows * ROW)
        self._memory = mmap.mmap(-1 if self._file is None else self._file, SECRET + rows * ROW)
        with self._alone():
            if not any(self._memory[:SECRET]):  # the first of the processes
                self._memory[:SECRET] = secrets.token_bytes(SECRET)
            self._secret = self._memory[:SECRET]

    def take(self, caller: str) -> float:
        """Takes a token: 0, or the seconds until there is one."""
        name = caller.encode("utf-8", "backslashreplace")
        name = hashlib.blake2b(name, digest_size=8, key=self._secret).digest()
        known = int.from_bytes(name, "big") or 1
        row = SECRET + known % self._rows * ROW
        with self._alone():
            now, places = self._clock(), list(_PLACE.iter_unpack(self._memory[row : row + ROW]))
            place = min(range(IN_A_ROW), key=lambda i: _rank(known, *places[i]))
            level, at = places[place][1:] if places[place][0] == known else (self._burst, now)
            level = min(self._burst, level + (now - at) * self._rate)
            allowed = level >= 1.0
            _PLACE.pack_into(self._memory, row + place * _PLACE.size, known, level - allowed, now)
        return 0.0 if allowed else (1.0 - level) / self._rate

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps other threads and processes away for some microseconds; a lock ends with its process."""
        with self._lock:
            if self._file is None:
                yield
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _rank(known: int, there: int, _level: float, at: float) -> tuple[bool, bool, float]:
    """Which place first: the caller's own, else a free one, else that of whoever was silent for longest."""
    return there != known, there != 0, at
