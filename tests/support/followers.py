"""Followers in processes of their own: `python -m tests.support.followers ROLE WHERE HOME …`.

`catch-up BATCH`   brings the views up to date, one transaction for BATCH entries; prints the position
`run`              follows until it is killed or its standard input ends; says `following` first
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from ledger.application import VotingLedger
from ledger.storage import open_store
from projections.follower import Follower
from projections.open import open_views
from tests.support.builders import Clock
from tests.support.places import Place

ROOT = Path(__file__).resolve().parents[2]


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
            sys.stdout.write(f"{Follower(ledger, views, batch=int(arguments[0])).catch_up()}\n")
            return
        stop = threading.Event()
        thread = threading.Thread(target=Follower(ledger, views).run, args=(stop,))
        thread.start()
        sys.stdout.write("following\n")
        sys.stdout.flush()
        sys.stdin.read()
        stop.set()
        thread.join()


if __name__ == "__main__":
    _main(*sys.argv[1:])
