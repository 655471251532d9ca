"""Places that the ledgers of a process share, none of which may take those of the others.

Who waits for events, or looks into the past, holds a thread. Without shares the portal of one municipality,
with a few open pages, would keep those of all the others from waiting.
"""

from __future__ import annotations

import threading


class Places:
    """So many places, handed out in shares: one for each ledger. Safe for many threads."""

    def __init__(self, count: int) -> None:
        self.count = self.free = count
        self.shares = 0
        self.turn = threading.Condition()

    def share(self) -> Share:
        """The share of one more ledger. Those of the others get smaller; what they hold they keep."""
        with self.turn:
            self.shares += 1
        return Share(self)

    def most(self) -> int:
        """How many one ledger may hold: its part, and one where there are fewer places than ledgers."""
        return max(1, self.count // self.shares)


class Share:
    """What one ledger may hold of them."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._held = 0

    def acquire(self, timeout: float = 0.0) -> bool:
        """Takes a place; False if none got free for this ledger within so many seconds."""
        with self._places.turn:
            taken = self._places.turn.wait_for(self._may_take, timeout)
            self._held += taken
            self._places.free -= taken
        return taken

    def release(self) -> None:
        """Gives a place back."""
        with self._places.turn:
            self._held -= 1
            self._places.free += 1
            self._places.turn.notify_all()

    def _may_take(self) -> bool:
        return self._places.free > 0 and self._held < self._places.most()
