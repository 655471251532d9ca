"""Reading a tally over HTTP, against a small JSON object from the same server, at logs of growing size.

With the ETag of what the client has (304, no body) and without. One procedure in which a thousand members
vote again and again, so that there is as much behind one tally as there can be.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from scripts import baseline_app
from scripts.bench_load import get_request, write_requests
from scripts.bench_measure import ROOT, Figure
from scripts.bench_scale import BLOCK, Scale
from scripts.bench_servers import Server

WORKERS, THREADS, CONNECTIONS = 2, 16, 32


class Reads:
    """The same GET again and again."""

    def __init__(self, server: Server, folder: Path, path: str, etag: str, count: int) -> None:
        self._server, self._count, self._status = server, count, "304" if etag else "200"
        self._file = folder / f"reads-{server.port}-{self._status}"
        write_requests(self._file, [get_request(path, etag)] * count)

    def burst(self) -> float:
        """Answers a second."""
        numbers = map(str, (self._server.port, self._file, 0, self._count, CONNECTIONS, self._status))
        command = [sys.executable, "-m", "scripts.bench_load", *numbers]
        said = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
        return float(said["work"] / said["wall"])


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """A log that grows, one line for each of its sizes and ways to read."""
    rounds, count = (3, 1000) if quick else (7, 3000)
    with closing(Scale(folder / "ledger", BLOCK)) as scale:
        for size in (1_000, 100_000) if quick else (1_000, 100_000, 1_000_000):
            scale.grow(size)
            scale.service.publication.settle()
            yield from _at(scale, folder, size, rounds, count)


def _at(scale: Scale, folder: Path, size: int, rounds: int, count: int) -> Iterator[Figure]:
    ledger = scale.service.ledger.origin.rsplit("/", 1)[1]
    path = f"/v1/ledgers/{ledger}/procedures/{scale.opening['procedure']}/tally"
    options = ["--port", "{port}", "--workers", str(WORKERS), "--threads", str(THREADS)]
    plain = [baseline_app.__name__, "sqlite", str(folder / "plain"), "{port}", str(WORKERS), str(THREADS)]
    with ExitStack() as stack:
        server = _start(stack, "api", "serve", "--store", str(folder / "ledger"), *options)
        etag = _etag(server, path)
        reading = Reads(server, folder, path, "", count)
        matching = Reads(server, folder, path, etag, count)
        hello = Reads(_start(stack, *plain), folder, "/hello", "", count)
        turns = [[one.burst() for one in (matching, reading, hello)] for _ in range(rounds + 1)]
        memory = server.memory()
    matched, read, said = (median(rates) for rates in zip(*turns[1:], strict=True))
    for name, rate, aim in (("matching ETag", matched, 0.9), ("no ETag", read, 0.5)):
        title = f"tally reads, {name}, {size:,} entries"
        yield Figure(title, rate, "answers/s", "hello JSON/s", said, aim, memory)


def _start(stack: ExitStack, *arguments: str) -> Server:
    server = Server(*arguments)
    stack.callback(server.stop)
    return server


def _etag(server: Server, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        etag = answer.headers["ETag"]
        if answer.status != http.client.OK or etag is None:
            raise RuntimeError(f"no tally to read: {answer.status} {body[:300]!r}")
        return str(etag)
