"""How a worker of granian hears the word to stop: surely, and once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

from api.service.stop import Stop

_STOPS = signal.SIGTERM, signal.SIGINT


def hear(stopping: Stop) -> None:
    """To be called in the main thread of a worker, before granian sets its handlers there.

    Until those are set, SIGTERM would reach the handler inherited from the parent, which stops nothing here
    but tells all workers to stop: what comes early is kept for granian's. And the third time that is called,
    it blocks with the interpreter's lock in its hands, until the request is done that then cannot go on. The
    parent, systemd and a shell each send the signal to all processes of a service. So granian's handlers are
    made to be called once in the same moment in which they are set: whoever looks for them later is too late.
    """
    early: list[int] = []
    for one in _STOPS:
        signal.signal(one, lambda number, _frame: early.append(number))
    really, waiting, once = signal.signal, set(_STOPS), _Once()

    def set_handler(number: Any, handler: Any) -> Any:
        if number not in waiting:
            return really(number, handler)
        waiting.discard(number)
        before = really(number, once.of(handler))
        if not waiting:
            setattr(signal, "signal", really)  # noqa: B010  # mypy takes no assignment to a function
            threading.Thread(target=_heed, args=(stopping, early), name="heed", daemon=True).start()
        return before

    setattr(signal, "signal", set_handler)  # noqa: B010


class _Once:
    """Handlers of which one is called, once: after that no signal to stop counts any more."""

    def __init__(self) -> None:
        self._really, self._told = signal.signal, False

    def of(self, handler: Callable[[int, object], object]) -> Callable[[int, object], None]:
        """One of them."""

        def tell(number: int, frame: object) -> None:
            told, self._told = self._told, True
            for one in _STOPS:
                self._really(one, signal.SIG_IGN)
            if not told:
                handler(number, frame)

        return tell


def _heed(stopping: Stop, early: list[int]) -> None:
    if not early:
        stopping.wait()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
