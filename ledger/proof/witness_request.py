"""What a log sends to a witness, and what comes back (C2SP tlog-witness, add-checkpoint).

    old <size of the witness's last checkpoint>
    <base64 hash>                         each of the consistency proof, none if old is 0

    <the checkpoint with the log's signatures>

The answer is signature lines, or with status 409 the size that the witness has. `ProofError` carries check
8.6 for a malformed request or conflict, 8.9 for an answer without the cosignature that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.lines import read_hashes, read_number, read_text
from ledger.proof.note import (
    MAX_NOTE,
    VerificationKey,
    VerifiedSignature,
    parse_note,
    parse_signatures,
    verify_signatures,
)
from ledger.proof.sentences import witnesses

MAX_HASHES = 63
MAX_REQUEST = MAX_NOTE + 4096  # bytes
SIZE_TYPE = "text/x.tlog.size"
"""Content type of the answer with status 409."""


class AddCheckpoint(NamedTuple):
    """A request: the size from which the proof starts, the proof, and the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint_note: bytes

    def format(self) -> bytes:
        """The request's body. Raises `ProofError` if it could not be read again."""
        lines = [f"old {self.old}", *map(b64, self.proof), "", ""]
        data = "\n".join(lines).encode("ascii") + self.checkpoint_note
        parse_add_checkpoint(data)
        return data


def parse_add_checkpoint(body: bytes) -> AddCheckpoint:
    """The request of its body; the checkpoint is not looked at. Raises `ProofError`."""
    text = read_text(body, witnesses.A_REQUEST, limit=MAX_REQUEST, check="8.6")
    head, separator, note = text.partition("\n\n")
    old, *hashes = head.split("\n")
    if not separator or not old.startswith("old "):
        raise ProofError(witnesses.A_REQUEST_IS, check="8.6")
    size = read_number(old.removeprefix("old "), witnesses.THE_OLD_SIZE, check="8.6")
    proof = read_hashes(hashes, witnesses.A_CONSISTENCY_PROOF, limit=MAX_HASHES, check="8.6")
    return AddCheckpoint(size, proof, note.encode("utf-8"))


def format_conflict(size: int) -> bytes:
    """The body of a 409: the size of the witness's last checkpoint."""
    return b"%d\n" % size


def parse_conflict(body: bytes) -> int:
    """The size in the body of a 409. Raises `ProofError`."""
    text = read_text(body, witnesses.A_SIZE, limit=64, check="8.6")
    if not text.endswith("\n"):
        raise ProofError(witnesses.A_SIZE_IS, check="8.6")
    return read_number(text[:-1], witnesses.A_SIZE, check="8.6")


def read_cosignatures(
    body: bytes, checkpoint_note: bytes, keys: Iterable[VerificationKey]
) -> tuple[VerifiedSignature, ...]:
    """The cosignatures of `keys` in a witness's answer, verified; at least one. Raises `ProofError`.

    The time 0 would say that a larger tree may have been seen: such a line does not count.
    """
    text = read_text(body, witnesses.AN_ANSWER, limit=MAX_NOTE, check="8.9")
    found = verify_signatures(parse_note(checkpoint_note).text, parse_signatures(text), keys)
    verified = tuple(one for one in found if one.time)
    if not verified:
        raise ProofError(witnesses.NO_COSIGNATURE, check="8.9")
    return verified
