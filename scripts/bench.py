"""The benchmark: ``python -m scripts.bench [NAME…]``, or ``make bench B="NAME… --quick"``.

Each figure is a ratio of two things measured in the same run, which take turns, so that what else happens
on the machine happens to both; the table says what it was paired with. Nothing is asserted; the aims stand
beside the figures. ``--quick`` takes a few minutes and says little. Without names all of them, `congress`
only where the research folder is, and not with ``--quick``. What holds each figure back from more:
`scripts/README.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts import bench_audit, bench_log, bench_reads, bench_report, bench_scale, bench_tree, bench_votes
from scripts.bench_measure import ROOT, Figure

PARTS: dict[str, Callable[..., Iterator[Figure]]] = {
    "imports": bench_log.imports,
    "views-sqlite": bench_log.views_sqlite,
    "views-postgres": bench_log.views_postgres,
    "votes-sqlite": bench_votes.sqlite,
    "votes-postgres": bench_votes.postgresql,
    "tree": bench_tree.measure,
    "reads": bench_reads.measure,
    "audit": bench_audit.measure,
    "report": bench_report.measure,
    "scale": bench_scale.measure,
    "congress": bench_log.congress,
}
"""Each may be run by itself."""

LARGE = {"congress"}
"""What needs the research folder, and minutes."""

HEAD = (
    f"{'figure':<46} {'value':>11} {'':<14} {'paired with':>11} {'':<24} {'ratio':>6} {'aim':>8} {'MiB':>5}"
)


def line(figure: Figure) -> str:
    """A line of the table."""
    aim = "" if figure.aim is None else f"{'≤' if figure.at_most else '≥'}{figure.aim:.2f}"
    if figure.limit is not None:
        aim = f"≤{figure.limit:,g}"
    if figure.least is not None:
        aim = f"≥{figure.least:,.0f}"
    other = f"{figure.baseline_value:>11,.5g}" if figure.baseline else " " * 11
    ratio = f"{figure.ratio:.2f}" if figure.ratio else ""
    return (
        f"{figure.name:<46} {figure.value:>11,.5g} {figure.unit:<14} {other} "
        f"{figure.baseline:<24} {ratio:>6} {aim:>8} {figure.memory:>5.0f}"
    )


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="Measures ratios.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in this file")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    return asked


def figures(asked: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    """All figures that were asked for, as they come."""
    research = "STIMMBUCH_SHARED" in os.environ or (ROOT.parent / "shared" / "votes").is_dir()
    without = LARGE if asked.quick or not research else set()
    for name in asked.names or [one for one in PARTS if one not in without]:
        (folder / name).mkdir()
        yield from PARTS[name](folder / name, quick=asked.quick)


def main() -> None:
    """Measures and prints."""
    asked = arguments()
    found: list[Figure] = []
    print(HEAD, flush=True)
    # Not among the system's temporary files: where thousands were removed a moment ago, ext4 takes twenty
    # times as long to make one.
    place = ROOT / "var"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        for figure in figures(asked, Path(folder)):
            found.append(figure)
            print(line(figure), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps([figure.to_dict() for figure in found], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
