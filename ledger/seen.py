"""What signers have seen: filled in before they sign, and held against the published log when it comes back.

A statement names a checkpoint that its signer had verified. One that this log never had is refused: its
honest signer learns at once that somebody showed them another log, and no entry can fail check 3.4 but one
that somebody wrote past this. Any size that is published will do, with its root, also where the checkpoint
of that size is not kept any more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ledger.domain.sentences import ledgers
from ledger.errors import NotFound, OtherHistory, ProofError, StimmbuchError, StoreUnavailable
from ledger.proof.encoding import b64
from ledger.proof.merkle import root_at
from ledger.proof.note import parse_note
from ledger.proof.tiles import TileNodes
from ledger.proof.tree_head import Checkpoint, parse_checkpoint
from ledger.publish.folder import LogFolder, checkpoint_path

KEPT = 4096
"""Roots that are remembered: votes name the last few checkpoints, most of them the same ones."""


class PublishedHeads:
    """The heads of one published log, by their sizes. Safe for many threads."""

    def __init__(self, folder: LogFolder, origin: str) -> None:
        self._folder = folder
        self._origin = origin
        self._root = lru_cache(maxsize=KEPT)(self._read)

    def newest(self) -> dict[str, Any] | None:
        """The newest checkpoint as a statement names it; None while there is none, or none of this log."""
        try:
            origin, size, root = self._folder.newest()
        except StimmbuchError:
            return None  # what is wrong with it an audit says; nobody has seen it then
        return {"size": size, "root": b64(root)} if size and origin == self._origin else None

    def require(self, seen: dict[str, Any]) -> None:
        """Returns if this log had this head. Raises `OtherHistory`, or `StoreUnavailable`."""
        size, named = seen["size"], seen["root"]
        root = self._root(size)
        if root != named:
            raise OtherHistory(ledgers.ANOTHER_HISTORY, size=size, root=root, named=named)

    def _read(self, size: int) -> str:
        """The root at a size, base64. What is raised is not remembered."""
        try:
            head = self._kept(size)
            if head is not None:
                return b64(head.root)
            published = self._folder.newest().size
            if size > published:
                raise OtherHistory(ledgers.NOT_SO_LARGE, size=size, published=published)
            return b64(root_at(size, TileNodes(published, self._folder.tile)))
        except (NotFound, ProofError) as error:
            raise StoreUnavailable(ledgers.PUBLISHED_LOG_DAMAGED, error=error) from error

    def _kept(self, size: int) -> Checkpoint | None:
        """The checkpoint that is kept under this size, None where there is none of it that can be read."""
        try:
            head = parse_checkpoint(parse_note(self._folder.read(checkpoint_path(size))).text)
        except (NotFound, ProofError):
            return None
        return head if (head.origin, head.size) == (self._origin, size) else None
