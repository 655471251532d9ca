"""What the benchmark measures, one task a process: `python -m scripts.bench_tasks NAME ARGUMENTS`.

Prints what was done in which time (see `scripts.bench_measure`).
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache, partial
from itertools import cycle, islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

from api.cli.imports import import_file
from api.clock import utc_now
from api.report.formats import written
from api.shown.texts import texts
from api.shown.visibility import withheld
from api.wiring import open_publication, open_service
from ledger.application import VotingLedger
from ledger.founding import found
from ledger.proof.keys import SigningKey, verify
from ledger.storage.store import open_store
from projections.report.build import build
from scripts.bench_measure import timed

MESSAGE = 450
"""Bytes of the signed encoding of a vote on one item."""

SIGNERS = 1000

PAGE = 2000


@cache
def signatures() -> list[tuple[bytes, bytes, bytes]]:
    """Key, signature and message of each of many signers.

    Not one that is verified again and again: a processor learns its branches by heart, and is 3 to 5 % faster
    than it is with signatures that it has not seen.
    """
    keys = [SigningKey(number.to_bytes(32)) for number in range(SIGNERS)]
    messages = [os.urandom(MESSAGE) for _ in keys]
    return [(key.public, key.sign(message), message) for key, message in zip(keys, messages, strict=True)]


def verify_rate(number: str) -> None:
    """Ed25519 verifications and nothing else: what no program that verifies signatures can beat."""
    signatures()
    work: list[float] = []
    with timed(work):
        work.append(_verify(int(number)))


def found_store(store: str) -> None:
    """Founds a ledger in a new directory."""
    with closing(
        VotingLedger(open_store(store, create=True), clock=utc_now, origin="ledger.example.org/bench")
    ) as ledger:
        found(ledger, time_zone="UTC")


def verify_rate_of_all(number: str) -> None:
    """The same by as many processes as there are CPUs, `number` each; they are started before."""
    cores, context = os.cpu_count() or 1, multiprocessing.get_context("spawn")
    ready, work = context.Barrier(cores + 1), list[float]()
    with context.Pool(cores, _get_ready, (ready,)) as pool:
        ready.wait()
        with timed(work):
            work += pool.map(_verify, [int(number)] * cores, chunksize=1)


def _get_ready(ready: Barrier) -> None:
    signatures()
    ready.wait()


def _verify(number: int) -> int:
    for key, signature, message in islice(cycle(signatures()), number):
        verify(key, signature, message)
    return number


def imports(store: str, file: str) -> None:
    """Imports a roll-call file into a ledger, which is founded if it is not there; counts votes."""
    if not Path(store).exists():
        found_store(store)
    work: list[float] = []
    with closing(VotingLedger(open_store(store), clock=utc_now)) as ledger, timed(work):
        summary = import_file(ledger, Path(file))
        work.append(summary.casts)
    if summary.mismatches:
        raise RuntimeError(f"{len(summary.mismatches)} roll calls do not match")


def publish(store: str) -> None:
    """Publishes a store; counts entries."""
    work: list[float] = []
    with closing(open_store(store)) as opened, closing(VotingLedger(opened, clock=utc_now)) as ledger:
        origin = ledger.origin
        with timed(work):
            open_publication(opened, origin).settle()
            work.append(ledger.head())


def rebuild(store: str, home: str) -> None:
    """Makes the views of a store anew; counts entries."""
    work: list[float] = []
    with closing(open_service(store, home=Path(home))) as service, timed(work):
        service.follower.rebuild()
        work.append(service.views.position() + 1)


def loads(store: str, home: str) -> None:
    """Reads the same entries and parses their JSON, envelope and payload, with the standard library."""
    work: list[float] = []
    with closing(open_store(store, home=Path(home))) as opened, timed(work):
        after = -1
        while rows := opened.recorder.read(after, PAGE):
            for row in rows:
                json.loads(base64.b64decode(json.loads(row.state)["env"]["payload"]))
            after = rows[-1].seq
        work.append(after + 1)


def report(store: str, procedure: str) -> None:
    """Writes the audit report of a procedure as PDF, from the open store on; counts its entries."""
    work: list[float] = []
    with timed(work), closing(VotingLedger(open_store(store), clock=utc_now)) as ledger:
        told = partial(texts, ledger)
        source = build(ledger, UUID(procedure), kind="audit", texts=told, withheld=withheld)
        written(source, "pdf", "de")
        work.append(len(source.report.events))
    if source.report.faults:
        raise RuntimeError(f"{source.report.faults} checks fail")


TASKS: dict[str, Callable[..., None]] = {
    "verify-rate": verify_rate,
    "verify-rate-of-all": verify_rate_of_all,
    "imports": imports,
    "publish": publish,
    "rebuild": rebuild,
    "loads": loads,
    "report": report,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
