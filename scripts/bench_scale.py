"""Does a vote cost the same whether it is the first or the millionth in one procedure?

``python -m scripts.bench_scale FOLDER MEMBERS SIZE…`` opens one procedure in a new ledger, votes until each
SIZE is reached, and there measures blocks of votes: recording (verified, decided, stored), following (views
and their transaction), and, between the blocks, plain verifications, in whose cost the others are expressed:
a machine that slows down slows both. Members vote again and again; those of a large electorate once.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from api.wiring import open_service
from ledger.proof.keys import SigningKey, verify
from scripts.bench_measure import UNIT, Figure, run_module
from scripts.bench_tasks import found_store
from scripts.bench_town import Town

BLOCK, BLOCKS = 1000, 9
"""Votes that are measured at once, and how many times before each size; the median counts."""


class Scale:
    """One procedure that grows."""

    def __init__(self, folder: Path, members: int) -> None:
        """Founds the ledger and settles the town."""
        found_store(str(folder))
        self.service = open_service(str(folder))
        self.town = Town(self.service.ledger, members)
        self.town.settle()
        self.opening = self.town.open("procedure")
        self.service.follower.catch_up()
        self.count = 0
        self._leaves: dict[str, str] = {}

    def vote(self) -> dict[str, float]:
        """One block of votes; CPU µs a vote of each part."""
        begin = self.count % len(self.town.members)
        members = self.town.members[begin : begin + BLOCK]
        signed = list(self.town.votes(self.opening, members, self._leaves))
        spent: dict[str, float] = {}
        receipts = _spent(spent, "recording", lambda: self.town.submit(signed))
        _spent(spent, "following", self.service.follower.catch_up)
        _spent(spent, "verification", _verify_block)
        self._leaves.update((member, receipt.leaf) for member, receipt in zip(members, receipts, strict=True))
        self.count += len(signed)
        return spent

    def at(self, size: int) -> dict[str, float]:
        """Votes until there are `size`, the last blocks of which are measured: in verifications a vote."""
        while self.count < size - BLOCK * BLOCKS:
            self.vote()
        blocks = [self.vote() for _ in range(BLOCKS)]
        found = {
            part: median(block[part] / block["verification"] for block in blocks)
            for part in ("recording", "following")
        }
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**20
        return {"size": self.count, **found, "memory": memory}


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """A small electorate that votes again and again, and a large one that votes once."""
    again = (10_000, 20_000, 40_000) if quick else (10_000, 100_000, 1_000_000)
    once = (10_000, 20_000) if quick else (10_000, 100_000)
    for name, members, sizes in (("voting again", BLOCK, again), ("voting once", once[-1], once)):
        grown = run_module("scripts.bench_scale", folder / name.replace(" ", "-"), members, *sizes)
        first = grown[0]
        for one in grown[1:]:
            for part in ("recording", "following"):
                title = f"{part} a vote, {name}: {one['size']:,}"
                baseline = f"verifications at {first['size']:,}"
                yield Figure(
                    title, one[part], "verifications", baseline, first[part], 1.2, one["memory"], at_most=True
                )


def _spent(spent: dict[str, float], part: str, work: Callable[[], Any]) -> Any:
    begin = time.process_time()
    result = work()
    spent[part] = (time.process_time() - begin) / BLOCK * 1e6
    return result


def _verify_block() -> None:
    key, message = SigningKey(bytes(32)), bytes(450)
    signature = key.sign(message)
    for _ in range(BLOCK):
        verify(key.public, signature, message)


def main(folder: str, members: str, *sizes: str) -> None:
    """One growing procedure."""
    scale = Scale(Path(folder), int(members))
    with closing(scale.service):
        print(json.dumps([scale.at(int(size)) for size in sizes]))


if __name__ == "__main__":
    main(*sys.argv[1:])
