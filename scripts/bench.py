"""The benchmark: ``python -m scripts.bench``, or ``make bench``.

Each figure is a ratio of two things measured in the same run, which take turns, so that what else happens
on the machine happens to both. Nothing is asserted; the aims stand beside the figures. ``--quick`` takes a
minute and says little; ``--all`` adds the 2.5 million votes of the US Congress (research folder needed).

What holds each figure back from more, measured on two cores where one verification takes 39 µs of CPU:

Votes over HTTP, PostgreSQL: the two services cost the machine the same, 390 µs of CPU a vote with database
and load (service 300, PostgreSQL 65, load 22; the plain one 265, 95, 25). What is missing is time: a fifth
of it both cores wait, against a twelfth. With 32 connections all votes are soon in two batches, and only the
one that has the lock moves on: 0.5 ms for deciding 14 votes and applying 14 of the other process, then 1.4 ms
until the rows are on the disk, of which 0.45 are the disk's. Of the service's CPU: verification 40, the
committer 60, the views 30; the rest is a thread that waits for each answer, and the server. One committer for
all processes would make batches twice as large and have nothing to catch up with (16 µs); it would cost about
20 µs a vote to hand statements over, and one more process that all others depend on. Committing without
waiting for the disk under the lock would save 0.45 ms of it, but entries would be seen that a crash can take
back, and a checkpoint might already name them.

Votes imported: signing takes 14 of 64 µs, the database and its commits about 10, checking the shape and
writing the canonical form of each statement about 10, deciding and building the entry 14.

Entries verified: of 70 µs, 47 are verification, dearer than alone because Python's own work pushes
libsodium's tables out of the processor's first cache (42 µs when only signatures are verified, one after the
other); reading entry, envelope and statement takes 9, the rules 6, links and uniqueness 4.

Views rebuilt: of 22 µs, the database's rows and indexes take 8 (PostgreSQL: as much again in its own
process), reading the entry 7, applying it 4, making rows 2. Writing in a second thread gains nothing: each
row gives the interpreter's lock away and waits to have it back.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts import bench_http, bench_log, bench_scale
from scripts.bench_measure import Figure

PARTS = {"log": bench_log.measure, "http": bench_http.measure, "scale": bench_scale.measure}

HEAD = f"{'figure':<46} {'value':>11} {'':<16} {'baseline':>11} {'':<26} {'ratio':>6} {'aim':>6} {'MiB':>5}"


def line(figure: Figure) -> str:
    """A line of the table."""
    sign = "≤" if figure.at_most else "≥"
    aim = "" if figure.aim is None else f"{sign}{figure.aim:.2f}"
    return (
        f"{figure.name:<46} {figure.value:>11,.5g} {figure.unit:<16} {figure.baseline_value:>11,.5g} "
        f"{figure.baseline:<26} {figure.ratio:>6.2f} {aim:>6} {figure.memory:>5.0f}"
    )


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="Measures ratios.")
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument("--all", action="store_true", help="also all roll calls of the US Congress")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in this file")
    return parser.parse_args()


def figures(asked: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    """All figures that were asked for, as they come."""
    for name in asked.only or PARTS:
        (folder / name).mkdir()
        yield from PARTS[name](folder / name, quick=asked.quick)
    if asked.all:
        yield from bench_log.measure_all(folder)


def main() -> None:
    """Measures and prints."""
    asked = arguments()
    found: list[Figure] = []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="stimmbuch-bench-") as folder:
        for figure in figures(asked, Path(folder)):
            found.append(figure)
            print(line(figure), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps([figure.to_dict() for figure in found], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
