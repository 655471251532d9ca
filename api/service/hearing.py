"""How a worker of granian hears the word to stop: surely, and once."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

from api.service.stop import Stop

LOOK = 0.02
"""Seconds between two looks at whether granian has set its handler."""

_STOPS = signal.SIGTERM, signal.SIGINT


def hear(stopping: Stop) -> None:
    """To be called in the main thread of a worker, before granian sets its handler there.

    Until that is set, SIGTERM would reach the handler inherited from the parent, which stops nothing here but
    tells all workers to stop: what comes early is kept for granian's. And the third time that is called, it
    blocks with the interpreter's lock in its hands, until the request is done that then cannot go on. The
    parent, systemd and a shell each send the signal to all processes of a service.
    """
    early: list[int] = []

    def keep(number: int, _frame: object) -> None:
        early.append(number)

    for one in _STOPS:
        signal.signal(one, keep)
    signal.signal(signal.SIGUSR1, _once)  # for a moment: only the main thread may set a handler
    threading.Thread(target=_heed, args=(stopping, keep, early), name="heed", daemon=True).start()


def _heed(stopping: Stop, keep: Any, early: list[int]) -> None:
    main = threading.main_thread().ident or 0
    while signal.getsignal(signal.SIGTERM) is keep:
        time.sleep(LOOK)
    signal.pthread_kill(main, signal.SIGUSR1)
    if not early:
        stopping.wait()
    signal.pthread_kill(main, signal.SIGTERM)


def _once(*_: object) -> None:
    """From now on granian's handler is called once."""
    granian: Any = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)

    def tell(number: int, frame: object) -> None:
        for one in _STOPS:
            signal.signal(one, signal.SIG_IGN)
        granian(number, frame)

    for one in _STOPS:
        signal.signal(one, tell)
