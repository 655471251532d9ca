"""Writes the roll calls of one source as JSON Lines: ``python -m tests.support.rollcalls NAME > FILE.jsonl``.

``--only ID`` (repeatable) keeps single roll calls. For `congress` also ``--chamber h|s``, ``--limit N``,
``--sample N`` and ``--seed N``. Needs the research folder (tests/README.md says where it is looked for).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.rollcalls import SOURCES, congress
from tests.support.rollcalls.rollcall import RollCall
from tests.support.shared import SHARED, VARIABLE


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.rollcalls")
    parser.add_argument("name", choices=SOURCES)
    parser.add_argument("--only", metavar="ID", action="append")
    parser.add_argument("--chamber", choices=congress.BODIES)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def roll_calls(asked: argparse.Namespace, votes: Path) -> Iterator[RollCall]:
    """The roll calls that were asked for."""
    source = SOURCES[asked.name]
    if asked.name == "congress":
        filters = {key: getattr(asked, key) for key in ("chamber", "only", "limit", "sample", "seed")}
        return congress.convert(votes / source.folder, **filters)
    if asked.chamber or asked.limit or asked.sample:
        sys.exit("--chamber, --limit and --sample are for congress")
    everything = source.convert(votes / source.folder)
    return (call for call in everything if asked.only is None or call["id"] in asked.only)


def main() -> None:
    """Writes them to standard output."""
    asked = arguments()
    if SHARED is None:
        sys.exit(f"The research folder is not here: set {VARIABLE}.")
    for call in roll_calls(asked, SHARED / "votes"):
        line = json.dumps(call, ensure_ascii=False, separators=(",", ":"))
        sys.stdout.buffer.write(line.encode() + b"\n")


if __name__ == "__main__":
    main()
