"""Receipts: proofs that an entry is in a published checkpoint, for ever and without us (C2SP tlog-proof).

Built from the logged bytes only: the entry as it is stored must be the one whose hash is in the tiles.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from ledger.errors import NotFound, ProofError
from ledger.proof.merkle import hash_leaf
from ledger.proof.note import Note, format_note, parse_note
from ledger.proof.path_lines import PathLines
from ledger.proof.tiles import TileNodes
from ledger.proof.tlog_proof import write_tlog_proof
from ledger.publish import sentences
from ledger.publish.folder import LogFolder, checkpoint_path
from ledger.publish.published import Published

SIZES = 16
"""Checkpoints whose tiles are kept in memory: new receipts ask for the newest few."""

LONG = 1024
"""Bytes from which a signature of the log is left out of receipts."""


class _Head(NamedTuple):
    """A checkpoint, as receipts need it."""

    nodes: TileNodes
    paths: PathLines
    note: bytes


class Receipts:
    """Makes the receipts of one log. Safe for many threads."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._folder: LogFolder = published.folder
        self._turn = Lock()
        self._kept: OrderedDict[int, _Head] = OrderedDict()

    def receipt(self, seq: int, entry: bytes, *, size: int | None = None) -> bytes:
        """The receipt of an entry, against the first checkpoint that contains it, or that of `size`.

        Without `size` it is the same for ever. Raises `NotFound` if the entry, or a checkpoint of that
        size, is not published, `ProofError` if the published log holds another entry there.
        """
        size = self._published.covering(seq) if size is None else size
        if size <= seq:
            raise NotFound(sentences.NOT_IN_CHECKPOINT, seq=seq, size=size)
        with self._turn:
            head = self._at(size)
            if head.nodes(0, seq) != hash_leaf(entry):
                raise ProofError(sentences.NOT_THE_PUBLISHED, seq=seq, check="8.7")
            path = head.paths.of_leaf(seq)
        return write_tlog_proof(seq, path, head.note, entry)

    def _at(self, size: int) -> _Head:
        if size not in self._kept:
            note = _short(parse_note(self._folder.read(checkpoint_path(size))))
            nodes = TileNodes(size, self._folder.tile)
            self._kept[size] = _Head(nodes, PathLines(size, nodes), note)
            if len(self._kept) > SIZES:
                self._kept.popitem(last=False)
        return self._kept[size]


def _short(note: Note) -> bytes:
    """The note without the log's post-quantum signature: 3 KiB, which stand in the published checkpoint.

    What witnesses signed stays, because a policy may ask for it.
    """
    origin, _ = note.text.split("\n", 1)
    signatures = tuple(one for one in note.signatures if one.name != origin or len(one.blob) < LONG)
    return format_note(note._replace(signatures=signatures))
