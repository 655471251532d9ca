"""Services under load over HTTP, for the benchmark: a ledger's, and the plain one that it is compared with.

All run under the same server with the same number of workers and threads, on the same kind of database,
and are sent bursts of requests over 32 connections.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.storage.store import open_store
from scripts.baseline_app import main as baseline_app
from scripts.bench_load import http_request, write_requests
from scripts.bench_measure import ROOT
from scripts.bench_servers import Server
from scripts.bench_town import Town

ORIGIN = "ledger.example.org/bench"
WORKERS, THREADS, CONNECTIONS = 2, 16, 32
CROWD = 512
"""Connections of a large assembly that votes in the same moment: each waits for its answer."""
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
        self.bursts: list[Burst] = []
        """Those that count."""

    def burst(self, count: int, connections: int = CONNECTIONS) -> Burst:
        """Sends the next `count` requests."""
        command = [sys.executable, "-m", "scripts.bench_load", str(self.server.port), str(self._requests)]
        counts = [str(number) for number in (self._next, count, connections, 201)]
        before = self.server.cpu()
        done = subprocess.run([*command, *counts], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        self._next += count
        said = json.loads(done.stdout)
        return Burst(said["work"] / said["wall"], (self.server.cpu() - before) / count, said["p99"])

    def middle(self, what: str) -> float:
        """The median of the bursts that count."""
        return float(median(getattr(burst, what) for burst in self.bursts))


class Ledger(NamedTuple):
    """Where a ledger lies, what its founder calls it, and its folder with home and requests."""

    where: str
    founder: str
    folder: Path

    @property
    def home(self) -> Path:
        """Its home directory."""
        return self.folder / "home"


def prepare(ledger: Ledger, votes: int) -> None:
    """A ledger with enough open procedures, and all requests."""
    place = ["--store", ledger.founder, "--home", str(ledger.home)]
    command = [sys.executable, "-m", "api", "init", *place, "--origin", ORIGIN]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    with closing(VotingLedger(open_store(ledger.where, home=ledger.home), clock=utc_now)) as opened:
        town = Town(opened, MEMBERS)
        town.settle()
        openings = [town.open(f"procedure {number}") for number in range(-(-votes // MEMBERS))]
    signed = [vote for opening in openings for vote in town.votes(opening, town.members)]
    path = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[1]}/statements"
    bodies = (json.dumps(vote.envelope.to_dict()).encode() for vote in signed)
    write_requests(ledger.folder / "votes", (http_request(path, body) for body in bodies))
    plain = ({name: vote.payload[name] for name in ("procedure", "member")} for vote in signed)
    rows = (json.dumps({**row, "choice": "yes"}).encode() for row in plain)
    write_requests(ledger.folder / "rows", (http_request("/votes", row) for row in rows))


def serve(stack: ExitStack, ledger: Ledger, script: str = "") -> Target:
    """The service; or `script`, which serves the same ledger in another way."""
    size = [str(WORKERS), str(THREADS)]
    home = ["--home", str(ledger.home), "--workers", str(WORKERS), "--threads", str(THREADS)]
    usual = ["api", "serve", "--store", ledger.where, "--port", "{port}", *home]
    odd = [script, ledger.where, str(ledger.home), "{port}", *size]
    return _start(stack, ledger.folder / "votes", odd if script else usual)


def baseline(stack: ExitStack, folder: Path, kind: str, where: str) -> Target:
    """The plain endpoint; its requests lie in `folder`."""
    module = baseline_app.__module__
    return _start(stack, folder / "rows", [module, kind, where, "{port}", str(WORKERS), str(THREADS)])


def _start(stack: ExitStack, requests: Path, arguments: list[str]) -> Target:
    server = Server(*arguments)
    stack.callback(server.stop)
    return Target(server, requests)
