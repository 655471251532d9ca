"""Votes over HTTP with their receipts, against a plain endpoint that does one unsigned INSERT for each.

Both run under the same server with the same number of workers and threads, on the same kind of database,
at the same time, and take turns: bursts of requests over 32 connections. On PostgreSQL the baseline is the
stronger one of a connection pool and a connection for each thread.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.storage.store import open_store
from scripts.baseline_app import main as baseline_app
from scripts.bench_load import http_request, write_requests
from scripts.bench_measure import ROOT, Figure
from scripts.bench_servers import Server, postgres
from scripts.bench_town import Town

ORIGIN = "ledger.example.org/bench"
WORKERS, THREADS, CONNECTIONS = 2, 16, 32
MEMBERS = 1000
"""Members of the electorate; a new procedure for each thousand votes."""


class Burst(NamedTuple):
    """What one burst took."""

    rate: float
    cpu: float
    p99: float


class Target:
    """A running server and the requests for it, which are sent once each."""

    def __init__(self, server: Server, requests: Path) -> None:
        self.server, self._requests, self._next = server, requests, 0

    def burst(self, count: int) -> Burst:
        """Sends the next `count` requests."""
        command = [sys.executable, "-m", "scripts.bench_load", str(self.server.port), str(self._requests)]
        counts = [str(number) for number in (self._next, count, CONNECTIONS)]
        before = self.server.cpu()
        done = subprocess.run([*command, *counts], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        self._next += count
        said = json.loads(done.stdout)
        return Burst(said["work"] / said["wall"], (self.server.cpu() - before) / count, said["p99"])


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Both databases."""
    rounds, size = (3, 500) if quick else (7, 2000)
    where = {"where": str(folder / "ledger"), "founder": str(folder / "ledger")}
    yield from _compare("SQLite", folder / "sqlite", where, {"sqlite": str(folder / "plain")}, rounds, size)
    with postgres() as given:
        where = {"where": given["service"], "founder": given["owner"]}
        plain = dict.fromkeys(("postgres", "postgres-pool"), given["plain"])
        yield from _compare("PostgreSQL", folder / "postgres", where, plain, rounds, size)


def _compare(
    name: str, folder: Path, ledger: dict[str, str], plain: dict[str, str], rounds: int, size: int
) -> Iterator[Figure]:
    folder.mkdir()
    _prepare(folder, ledger, (rounds + 1) * size)
    with ExitStack() as stack:
        target = _start(stack, folder / "votes", _ledger(ledger["where"], folder))
        target.burst(size)
        others = [_baseline(stack, folder, kind, where) for kind, where in plain.items()]
        rival = max(others, key=lambda other: other.burst(size).rate)
        turns = [(target.burst(size), rival.burst(size)) for _ in range(rounds)]
        memory = target.server.memory()
    ours, theirs = zip(*turns, strict=True)
    p99 = median(one.p99 for one in ours) * 1000
    yield Figure(
        f"votes/s over HTTP, {name}",
        median(one.rate for one in ours),
        f"p99 {p99:.0f} ms",
        "plain INSERT/s",
        median(one.rate for one in theirs),
        1.0,
        memory,
    )
    yield Figure(
        f"CPU µs a vote, {name}",
        median(one.cpu for one in ours) * 1e6,
        "",
        "of a plain INSERT",
        median(one.cpu for one in theirs) * 1e6,
        None,
        memory,
    )


def _prepare(folder: Path, ledger: dict[str, str], votes: int) -> None:
    """A ledger with enough open procedures, and all requests."""
    home = ["--home", str(folder / "home")]
    command = [sys.executable, "-m", "api", "init", "--store", ledger["founder"], "--origin", ORIGIN, *home]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    with closing(VotingLedger(open_store(ledger["where"], home=folder / "home"), clock=utc_now)) as opened:
        town = Town(opened, MEMBERS)
        town.settle()
        openings = [town.open(f"procedure {number}") for number in range(-(-votes // MEMBERS))]
    signed = [vote for opening in openings for vote in town.votes(opening, town.members)]
    path = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[1]}/statements"
    bodies = (json.dumps(vote.envelope.to_dict()).encode() for vote in signed)
    write_requests(folder / "votes", (http_request(path, body) for body in bodies))
    plain = ({name: vote.payload[name] for name in ("procedure", "member")} for vote in signed)
    rows = (json.dumps({**row, "choice": "yes"}).encode() for row in plain)
    write_requests(folder / "rows", (http_request("/votes", row) for row in rows))


def _ledger(where: str, folder: Path) -> list[str]:
    options = ["--home", str(folder / "home"), "--workers", str(WORKERS), "--threads", str(THREADS)]
    return ["api", "serve", "--store", where, "--port", "{port}", *options]


def _baseline(stack: ExitStack, folder: Path, kind: str, where: str) -> Target:
    module = baseline_app.__module__
    return _start(stack, folder / "rows", [module, kind, where, "{port}", str(WORKERS), str(THREADS)])


def _start(stack: ExitStack, requests: Path, arguments: list[str]) -> Target:
    server = Server(*arguments)
    stack.callback(server.stop)
    return Target(server, requests)
