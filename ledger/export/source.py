"""What is copied from: a published log, held entry by entry against the database behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.domain.log_keys import LogKeys
from ledger.errors import NotFound, ProofError, RolledBack
from ledger.export import sentences
from ledger.export.head import Head, read_head
from ledger.proof.merkle import root_at
from ledger.proof.static_log import File
from ledger.proof.tiles import WIDTH, Bundle, Tile, TileNodes, bundles_between, parse_tile_path
from ledger.proof.verification_key import parse_verification_key
from ledger.publish.folder import LogFolder, checkpoint_path
from ledger.publish.sizes import Sizes
from ledger.storage.recorder import LedgerRecorder

BUNDLES = 32
"""Bundles that are read, compared and written at once: 8,192 entries."""


class Source:
    """A published log with its database. A file that is missing or wrong is a `ProofError` (8.7, 8.11)."""

    def __init__(self, recorder: LedgerRecorder, log: LogFolder, log_keys: LogKeys) -> None:
        self.recorder = recorder
        self.log = log
        self.log_keys = log_keys
        self.keys = tuple(parse_verification_key(key.vkey) for key in log_keys.all)
        self.sizes = Sizes(log.path)

    def head(self, size: int | None = None) -> Head:
        """The newest checkpoint, or that of `size`. Raises `NotFound` if it was not published."""
        wanted = self.sizes.latest() if size is None else size
        if self.sizes.listed(wanted)[-1:] != [wanted]:
            raise self._not_published(wanted)
        return read_head(self.log, wanted, self.log_keys)

    def entries(self, old: int, new: int) -> Iterator[list[bytes]]:
        """The published entries from `old` to `new`, each equal to the one in the database."""
        bundles = bundles_between(old, new)
        for start in range(0, len(bundles), BUNDLES):
            part = bundles[start : start + BUNDLES]
            first = max(old, part[0].index * WIDTH)
            entries = [entry for bundle in part for entry in self._bundle(bundle)]
            entries = entries[first - part[0].index * WIDTH :]
            self._compare(first, entries)
            yield entries

    def compare_tiles(self, files: Sequence[File]) -> None:
        """Returns if the tiles among these computed files are those that are published.

        Raises `ProofError` (8.7) for the first that is not.
        """
        for name, data in files:
            part = parse_tile_path(name)
            if isinstance(part, Tile) and self._tile(part) != data:
                raise ProofError(sentences.OTHER_TILE, name=name, check="8.7")

    def nodes(self, size: int) -> TileNodes:
        """The hashes of the published tree of this size."""
        return TileNodes(size, self._tile)

    def notes(self, old: int, new: int) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of the checkpoints above `old` up to `new`; each has the root of its tiles.

        Raises `ProofError` (8.1 to 8.4, 8.11) for the first one that does not hold.
        """
        nodes = self.nodes(new)
        for size in self.sizes.listed(new):
            if size > old:
                head = read_head(self.log, size, self.log_keys)
                if root_at(size, nodes) != head.checkpoint.root:
                    raise ProofError(sentences.ANOTHER_ROOT, size=size, check="8.1")
                yield checkpoint_path(size), head.note

    def _compare(self, first: int, entries: list[bytes]) -> None:
        rows = self.recorder.read(first - 1, len(entries))
        for seq, (row, entry) in enumerate(zip(rows, entries, strict=False), first):
            if (row.seq, row.state) != (seq, entry):
                raise ProofError(sentences.NOT_THE_PUBLISHED, seq=seq, check="8.7")
        if len(rows) < len(entries):
            raise RolledBack(sentences.MISSING_IN_DATABASE, entry=first + len(rows))

    def _bundle(self, bundle: Bundle) -> list[bytes]:
        try:
            return self.log.bundle(bundle)
        except NotFound as error:
            raise ProofError(error, check="8.7") from None

    def _tile(self, tile: Tile) -> bytes:
        try:
            return self.log.tile(tile)
        except NotFound as error:
            raise ProofError(error, check="8.7") from None

    def _not_published(self, size: int) -> NotFound:
        newest = self.sizes.latest()
        if newest < 1:
            return NotFound(sentences.NOTHING_PUBLISHED)
        if below := self.sizes.listed(size)[-1:]:
            return NotFound(sentences.NO_SUCH_SIZE_BUT_BELOW, size=size, below=below[0], newest=newest)
        return NotFound(sentences.NO_SUCH_SIZE, size=size, newest=newest)
