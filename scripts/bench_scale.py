"""Does a vote cost the same whether it is the first or the millionth in one procedure?

``python -m scripts.bench_scale FOLDER MEMBERS SIZE…`` opens one procedure in a new ledger, votes until each
SIZE is reached, and there measures blocks of votes: recording (verified, decided, stored), following (views
and their transaction), and, between the blocks, plain verifications, in whose cost the others are expressed:
a machine that slows down slows both. Members vote again and again; those of a large electorate once.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from api.wiring import open_service
from ledger.proof.keys import verify
from ledger.proof.statement import Statement
from scripts.bench_measure import Figure, peak_memory, run_module
from scripts.bench_tasks import found_store, signatures
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
        self._stop = threading.Event()
        self._follower = threading.Thread(target=self.service.follower.run, args=(self._stop,))
        self._follower.start()
        self.count = 0
        self._leaves: dict[str, str] = {}

    def grow(self, size: int) -> None:
        """Votes until there are `size`; the views follow by themselves, and are waited for at the end."""
        last = self.service.views.position()
        while self.count < size:
            last = self._record(self._sign())
        self._wait_for_views(last)

    def vote(self) -> dict[str, float]:
        """One block of votes; CPU seconds of each part."""
        signed = self._sign()
        before, followed = time.process_time(), self._followed()
        last = self._record(signed)
        recording = time.process_time() - before - (self._followed() - followed)
        self._wait_for_views(last)
        following = self._followed() - followed
        return {"recording": recording, "following": following, "verification": _verify_block()}

    def at(self, size: int) -> dict[str, float]:
        """Votes until there are `size`, the last blocks of which are measured: in verifications a vote."""
        self.grow(size - BLOCK * BLOCKS)
        blocks = [self.vote() for _ in range(BLOCKS)]
        found = {
            part: median(block[part] / block["verification"] for block in blocks)
            for part in ("recording", "following")
        }
        return {"size": self.count, **found, "memory": peak_memory("self")}

    def close(self) -> None:
        """Stops following and closes the ledger."""
        self._stop.set()
        self._follower.join()
        self.service.close()

    def _sign(self) -> list[Statement]:
        """The next block."""
        begin = self.count % len(self.town.members)
        members = self.town.members[begin : begin + BLOCK]
        return list(self.town.votes(self.opening, members, self._leaves))

    def _record(self, signed: list[Statement]) -> int:
        """Records a block; returns its last entry."""
        receipts = self.town.submit(signed)
        self._leaves.update(
            (statement.actor, receipt.leaf) for statement, receipt in zip(signed, receipts, strict=True)
        )
        self.count += len(signed)
        return receipts[-1].seq

    def _wait_for_views(self, seq: int) -> None:
        while self.service.views.position() < seq:
            time.sleep(0.002)

    def _followed(self) -> float:
        """CPU seconds of the thread that follows."""
        return time.clock_gettime(time.pthread_getcpuclockid(self._follower.ident or 0))


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


def _verify_block() -> float:
    """CPU seconds of as many verifications as a block has votes."""
    signed = list(islice(cycle(signatures()), BLOCK))
    begin = time.process_time()
    for key, signature, message in signed:
        verify(key, signature, message)
    return time.process_time() - begin


def main(folder: str, members: str, *sizes: str) -> None:
    """One growing procedure."""
    with closing(Scale(Path(folder), int(members))) as scale:
        print(json.dumps([scale.at(int(size)) for size in sizes]))


if __name__ == "__main__":
    main(*sys.argv[1:])
