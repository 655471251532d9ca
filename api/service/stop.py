"""The word to stop, from one process to its children, which may be killed at any moment."""

from __future__ import annotations

from multiprocessing import Pipe


class Stop:
    """A flag that is raised once and heard by every process that got it, by fork or by spawn.

    Not `multiprocessing.Event`: its `set` waits until everybody who sleeps on it woke up, so one process
    that was killed in its sleep (or while it held the lock inside) would keep the service from ever
    stopping. A pipe of which nobody reads has no such memory.
    """

    def __init__(self) -> None:
        self._ear, self._mouth = Pipe(duplex=False)

    def set(self) -> None:
        """Raises the flag. A signal handler may do so."""
        self._mouth.send_bytes(b"stop")

    def is_set(self) -> bool:
        """Whether it was raised."""
        return self._ear.poll()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until it is raised, at most for so many seconds; returns whether it was."""
        return self._ear.poll(timeout)
