"""One thread at a time computes: the others leave their work to it, and rest.

The interpreter runs one thread at a time. Threads that are all woken for a request each take it from the one
that is at work, and lose it again wherever one of them waits for a moment: with sixteen of them a vote took a
quarter more CPU than with one. So whose work another thread has taken rests as long as that one goes on: it
takes the requests that come. One of those who rest looks now and then whether it still does.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

LOOK = 0.02
"""Seconds between two looks: dozens of statements are checked in that time."""

log = logging.getLogger(__name__)

Work = Callable[[], None]
"""Something that computes and does not wait."""


class Turns:
    """For the threads of one process."""

    def __init__(self) -> None:
        self._work: deque[Work] = deque()
        self._turn, self._lookout = threading.Lock(), threading.Lock()
        self._away = threading.Event()
        self._done = 0

    def do(self, work: Work) -> None:
        """Does it, and what others leave here meanwhile; or leaves it to the thread at work, and rests."""
        self._work.append(work)
        while self._work:  # asked again: who was at work may have gone before this was added
            if not self._turn.acquire(blocking=False):
                self._rest()
                return
            try:
                self._do_all()
            finally:
                self._turn.release()

    def goes_away(self) -> None:
        """To be called by a thread that begins something longer: another one may take what comes."""
        self._away.set()

    def _do_all(self) -> None:
        while self._work:
            self._done += 1
            try:
                self._work.popleft()()
            except Exception:  # the others' must be done
                log.exception("a request could not be served")

    def _rest(self) -> None:
        """Until nothing was done for the time of a look: then requests may wait that nobody takes."""
        with self._lookout:
            done = -1
            while done != self._done:
                done = self._done
                if self._away.wait(LOOK):
                    self._away.clear()
                    return
