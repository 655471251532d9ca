"""The entries of a published log: its bundles, in an export or on a web server's disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ledger.audit.source import Page
from ledger.errors import NotFound, ProofError
from ledger.proof.tiles import WIDTH, Bundle, bundles_between, parse_tile_path
from ledger.publish.folder import LogFolder

ENTRIES = "tile/entries"


class FolderSource:
    """Implements `EntrySource`. `size` is what the checkpoint says, verified or not."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._folder = LogFolder(path)
        self.size = size

    @property
    def reopen(self) -> Callable[[], FolderSource]:
        """The same folder."""
        return partial(FolderSource, self._path, self.size)

    def page(self, first: int, end: int) -> Page:
        """The entries of these numbers; it ends before a bundle that is missing or broken."""
        states: list[bytes] = []
        for bundle in bundles_between(first, end):
            width = min(WIDTH, self.size - bundle.index * WIDTH)
            begin = max(first, bundle.index * WIDTH)
            try:
                entries = self._folder.bundle(Bundle(bundle.index, width))
            except (NotFound, ProofError) as error:
                why = error.message, error.said("de") or ""
                return Page(range(first, begin), states, broken=(begin, *why))
            states += entries[begin - bundle.index * WIDTH : end - bundle.index * WIDTH]
        return Page(range(first, end), states)

    def next(self, number: int) -> int | None:
        """The first entry of the next bundle that is there."""
        later = (index * WIDTH for index in present(self._folder) if (index + 1) * WIDTH > number)
        return min((max(first, number) for first in later if first < self.size), default=None)

    def close(self) -> None:
        """Nothing is open."""


def present(folder: LogFolder) -> Iterator[int]:
    """Numbers of the bundles that are there, in no order."""
    top = folder.path / ENTRIES
    for place, _, names in os.walk(top):
        for name in names:
            path = f"{ENTRIES}/{(Path(place) / name).relative_to(top).as_posix()}"
            try:
                yield parse_tile_path(path).index
            except ProofError:
                continue
