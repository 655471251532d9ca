"""How long does it take to write the audit report of a procedure with a thousand members?

From a closed store to the PDF: the register and the procedure are replayed, every signature is verified, and
typst writes some eighty pages. The baseline is what a person waits for without wondering: two seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.storage.store import open_store
from scripts.bench_measure import Figure, peak, task
from scripts.bench_tasks import found_store
from scripts.bench_town import Town

MEMBERS = 1000
ALLOWED = 2.0
"""Seconds."""


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """One procedure in which everybody has voted."""
    store = str(folder / "assembly")
    procedure = vote(store, MEMBERS)
    results = [task("report", store, procedure) for _ in range(3 if quick else 9)]
    value = median(one.wall for one in results)
    yield Figure(
        f"audit report as PDF, {MEMBERS:,} members",
        value,
        "s",
        "allowed",
        ALLOWED,
        1.0,
        peak(results),
        at_most=True,
    )


def vote(store: str, members: int) -> str:
    """A new ledger in which so many members have voted in one procedure; its id."""
    found_store(store)
    with closing(VotingLedger(open_store(store), clock=utc_now)) as ledger:
        town = Town(ledger, members)
        town.settle()
        opening = town.open("assembly")
        town.submit(town.votes(opening, town.members))
        return str(opening["procedure"])
