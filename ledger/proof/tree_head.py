"""The text of a checkpoint (C2SP tlog-checkpoint): which log, how many entries, and the root over them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.lines import HASH_BYTES, read_base64, read_number
from ledger.proof.sentences import logs

MAX_NAME = 255
"""Bytes of an origin or of a cosigner's name: an ML-DSA-44 cosignature has one byte for its length."""

_LINES = re.compile(r"([^\n]+)\n([^\n]+)\n([^\n]+)\n")


class Checkpoint(NamedTuple):
    """The head of a log: its origin, its size in entries, and its root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of its text, without signatures. Raises `ProofError` (8.2).

    Extension lines, which the format advises against, are refused: witnesses do not agree on them, and
    an ML-DSA-44 cosignature does not cover them.
    """
    match = _LINES.fullmatch(text)
    if match is None:
        raise ProofError(logs.A_CHECKPOINT_IS, check="8.2")
    origin, size, root = match.groups()
    if len(origin.encode("utf-8")) > MAX_NAME:
        raise ProofError(logs.ORIGIN_TOO_LONG, limit=MAX_NAME, check="8.2")
    return Checkpoint(
        origin,
        read_number(size, logs.SIZE_OF_CHECKPOINT, check="8.2"),
        read_base64(root, logs.ROOT_OF_CHECKPOINT, check="8.2", size=HASH_BYTES),
    )
