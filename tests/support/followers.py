"""Followers in threads and in processes of their own: `python -m tests.support.followers ROLE WHERE HOME …`.

`catch-up BATCH`         brings the views up to date, one transaction for BATCH entries; prints the position
`catch-up BATCH UNTIL`   the same up to this entry; then it waits to be killed
`run`                    follows until it is killed or its standard input ends; says `following` first
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.application import VotingLedger
from ledger.storage import open_store
from projections.follower import Follower
from projections.open import open_views
from tests.support.builders import Clock
from tests.support.places import Place

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds to wait for what must come: long, so that a slow machine fails no test."""


def until(holds: Callable[[], bool]) -> None:
    """Waits until it holds."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.01)


@contextmanager
def following(follower: Follower) -> Iterator[None]:
    """The follower runs in a thread, as in the service; at the end it is told to stop, and waited for."""
    stop = threading.Event()
    thread = threading.Thread(target=follower.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def start(place: Place, role: str, *arguments: object) -> subprocess.Popen[str]:
    """Starts one follower."""
    command = [sys.executable, "-m", "tests.support.followers", role, place.where, str(place.home)]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen[str]) -> None:
    """Ends a follower without a warning, wherever it is."""
    process.kill()
    process.communicate()


def finish(process: subprocess.Popen[str]) -> str:
    """Lets a follower come to its end; what it printed last. Raises with its last words if it failed."""
    output, errors = process.communicate()
    if process.returncode != 0 or errors:
        raise AssertionError(f"exit {process.returncode}: {errors}")
    return output.strip()


def _main(role: str, where: str, home: str, *arguments: str) -> None:
    ledger = VotingLedger(open_store(where, home=Path(home)), clock=Clock())
    with closing(ledger), closing(open_views(ledger.store)) as views:
        if role == "catch-up":
            batch, *until_entry = map(int, arguments)
            sys.stdout.write(f"{Follower(ledger, views, batch=batch).catch_up(*until_entry)}\n")
            if until_entry:
                sys.stdin.read()
            return
        with following(Follower(ledger, views)):
            sys.stdout.write("following\n")
            sys.stdout.flush()
            sys.stdin.read()


if __name__ == "__main__":
    _main(*sys.argv[1:])
