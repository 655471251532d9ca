"""Votes over HTTP with their receipts.

Against a plain endpoint that does one unsigned INSERT for each (on PostgreSQL the stronger one of a pool and
a connection for each thread), and against the same service without publishing. They take turns. Then over
many more connections; and the first load again, with a look at how late the views are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from scripts.bench_http import CROWD, Ledger, Target, baseline, prepare, serve
from scripts.bench_lag import lag_p99, watched
from scripts.bench_measure import Figure
from scripts.bench_servers import postgres


def sqlite(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Embedded ledgers."""
    homes = [folder / name for name in ("published", "unpublished")]
    ledgers = [Ledger(str(home / "ledger"), str(home / "ledger"), home) for home in homes]
    yield from _compare("SQLite", ledgers, {"sqlite": str(folder / "plain")}, quick)


def postgresql(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Ledgers on two servers that write to the disk; the plain endpoint shares the first one's."""
    with postgres() as given, postgres() as other:
        pairs = ((given, "published"), (other, "unpublished"))
        ledgers = [Ledger(one["service"], one["owner"], folder / name) for one, name in pairs]
        plain = dict.fromkeys(("postgres", "postgres-pool"), given["plain"])
        yield from _compare("PostgreSQL", ledgers, plain, quick)


def _compare(name: str, ledgers: list[Ledger], plain: dict[str, str], quick: bool) -> Iterator[Figure]:
    rounds, size = (3, 500) if quick else (7, 2000)
    for ledger in ledgers:
        ledger.folder.mkdir(parents=True)
        prepare(ledger, (4 * rounds + 1) * size)
    published, unpublished = ledgers
    with ExitStack() as stack:
        ours = serve(stack, published)
        silent = serve(stack, unpublished, "scripts.bench_unpublished")
        for target in (ours, silent):
            target.burst(size)
        others = [baseline(stack, published.folder, kind, where) for kind, where in plain.items()]
        rival = max(others, key=lambda other: other.burst(size).rate)
        for _ in range(rounds):
            for target in (ours, silent, rival):
                target.bursts.append(target.burst(size))
        yield from _figures(name, ours, silent, rival)
        crowd = [tuple(one.burst(2 * size, CROWD).rate for one in (ours, silent)) for _ in range(rounds)]
        rate, without = (median(rates) for rates in zip(*crowd, strict=True))
        title = f"the same over {CROWD} connections, {name}"
        yield Figure(title, rate, "", "without publishing", without, 0.9, ours.server.memory())
        with watched(published.where, published.home) as seen:
            rates = [ours.burst(size).rate for _ in range(rounds)]
    lag, rate = lag_p99(seen) * 1000, sum(rates) / rounds
    yield Figure(f"view lag p99, {name}", lag, "ms", "at votes/s", rate, None, 0, limit=200, paired=False)


def _figures(name: str, ours: Target, silent: Target, rival: Target) -> Iterator[Figure]:
    memory, rate, plain = ours.server.memory(), ours.middle("rate"), rival.middle("rate")
    without = silent.middle("rate")
    yield Figure(f"votes/s, {name}", rate, "", "plain INSERT/s", plain, 1.0, memory)
    title = f"votes/s without publishing, {name}"
    yield Figure(title, without, "", "plain INSERT/s", plain, 1.0, silent.server.memory())
    title = f"votes/s with publishing, {name}"
    yield Figure(title, rate, "", "without publishing", without, 0.9, memory)
    waited, late = ours.middle("p99") * 1000, rival.middle("p99") * 1000
    yield Figure(f"vote with receipt p99, {name}", waited, "ms", "INSERT p99", late, None, memory, limit=1000)
    for other, said in ((rival, "a plain INSERT"), (silent, "without publishing")):
        mine, its = ours.middle("cpu") * 1e6, other.middle("cpu") * 1e6
        yield Figure(f"CPU µs of the service a vote, {name}", mine, "", said, its, None, memory)
