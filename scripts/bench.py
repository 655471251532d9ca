"""The benchmark: ``python -m scripts.bench``, or ``make bench``.

Each figure is a ratio of two things measured in the same run, which take turns, so that what else happens
on the machine happens to both. Nothing is asserted; the aims stand beside the figures. ``--quick`` takes a
minute and says little; ``--all`` adds the 2.5 million votes of the US Congress (research folder needed).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts import bench_http, bench_log, bench_report, bench_scale
from scripts.bench_measure import Figure

PARTS = {
    "log": bench_log.measure,
    "http": bench_http.measure,
    "scale": bench_scale.measure,
    "report": bench_report.measure,
}

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
