"""How late are the views while votes come in?

Looked at from another process, through the databases: how far the log goes, and how far the views. An
entry's lag is counted from the last look at which it was not there to the first at which the views have it:
by as much as two looks are apart, it is said too large, never too small.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from ledger.storage.store import open_store
from projections.open import open_views

LOOK = 0.01
"""Seconds between two looks."""

PATIENCE = 30.0


class Seen(NamedTuple):
    """One look: when, and the numbers of the last entries of log and views."""

    at: float
    head: int
    shown: int


@contextmanager
def watched(where: str, home: Path) -> Iterator[list[Seen]]:
    """Looks while the block runs, and after it until the views have everything."""
    seen: list[Seen] = []
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(where, home, stop, seen))
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def lag_p99(seen: Sequence[Seen]) -> float:
    """Seconds within which 99 of 100 entries are in the views. Raises `RuntimeError` if too few came."""
    lags: list[float] = []
    shown = iter(seen)
    last = next(shown)
    for before, after in pairwise(seen):
        for seq in range(before.head + 1, after.head + 1):
            while last.shown < seq:
                last = next(shown)
            lags.append(last.at - before.at)
    if len(lags) < 100:
        raise RuntimeError("too few entries came to say anything")
    return quantiles(lags, n=100)[98]


def _watch(where: str, home: Path, stop: threading.Event, seen: list[Seen]) -> None:
    with open_store(where, home=home) as store, closing(open_views(store)) as views:
        give_up = 0.0
        while True:
            head = store.recorder.head()
            seen.append(Seen(time.monotonic(), head, views.position()))
            if stop.is_set():
                give_up = give_up or time.monotonic() + PATIENCE
                if seen[-1].shown >= head or time.monotonic() > give_up:
                    return
            time.sleep(LOOK)
