"""A lock file: who holds it has the lead. The system takes it back when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class LockFile:
    """An advisory lock (flock) on a file that is never removed, and whose content means nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Whether we hold the lock now. Never waits. Raises `OSError`."""
        if self._descriptor is None:
            # Not inherited (PEP 446): a child process would hold the lock beyond our death.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            self._descriptor = descriptor
        return True

    def give(self) -> None:
        """Gives the lock back, if we hold it."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
