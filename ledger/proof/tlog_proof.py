"""Receipts: that an entry is in the log, as one file that verifies offline (C2SP tlog-proof@v1).

    c2sp.org/tlog-proof@v1
    extra <base64 of the entry>           may be missing; believed only once its leaf hash is proven
    index <number of the entry>
    <base64 hash>                         each of the inclusion proof, the leaf's sibling first

    <the checkpoint with its signatures>

`ProofError` carries check 8.8, and those of the checkpoint and the policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, OpenedCheckpoint
from ledger.proof.encoding import b64
from ledger.proof.lines import read_base64, read_hashes, read_number, read_text
from ledger.proof.merkle import hash_leaf, verify_inclusion
from ledger.proof.note import MAX_NOTE, VerificationKey
from ledger.proof.policy import Trusted, open_under
from ledger.proof.sentences import logs
from ledger.proof.tiles import MAX_BUNDLE_ENTRY

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63
"""Hashes of a proof: no tree is higher."""

MAX_PROOF = MAX_NOTE + 2 * MAX_BUNDLE_ENTRY
"""Bytes of a receipt."""


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A receipt: the entry's `index`, its inclusion `proof`, the signed checkpoint, perhaps the entry."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint_note: bytes
    extra: bytes | None = None

    def format(self) -> bytes:
        """The file's bytes. Raises `ProofError` if they could not be read again."""
        data = self.encode()
        parse_tlog_proof(data)
        return data

    def encode(self) -> bytes:
        """The same without reading them again: for hashes of a tree, a parsed note, and a logged entry."""
        path = "".join(f"{b64(one)}\n" for one in self.proof)
        return write_tlog_proof(self.index, path, self.checkpoint_note, self.extra)

    def verify(
        self,
        entry: bytes,
        trusted: Trusted,
        log_keys: Iterable[VerificationKey] = (),
    ) -> OpenedCheckpoint:
        """The checkpoint of which this proves that `entry` is in its tree. Raises `ProofError`.

        The size and the root are those that were signed, under keys of `trusted` and as its policy asks;
        `log_keys` are for a policy that lists no log.
        """
        opened = open_under(self.checkpoint_note, trusted, log_keys)
        self.verify_inclusion(entry, opened.checkpoint)
        return opened

    def verify_inclusion(self, entry: bytes, head: Checkpoint) -> None:
        """Returns if `entry` is in the tree of a checkpoint that was verified. Raises `ProofError` (8.8)."""
        verify_inclusion(hash_leaf(entry), self.index, head.size, self.proof, head.root)


def write_tlog_proof(index: int, path: str, note: bytes, extra: bytes | None) -> bytes:
    """A receipt's bytes, as `TlogProof.encode` writes them; `path` holds the lines of its inclusion proof."""
    entry = "" if extra is None else f"extra {b64(extra)}\n"
    return f"{HEADER}\n{entry}index {index}\n{path}\n".encode("ascii") + note


def parse_tlog_proof(data: bytes) -> TlogProof:
    """The receipt of its bytes. Nothing in it is verified. Raises `ProofError` (8.8)."""
    text = read_text(data, logs.A_RECEIPT, limit=MAX_PROOF, check="8.8")
    head, separator, note = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or not note or lines.pop(0) != HEADER:
        raise ProofError(logs.A_RECEIPT_IS, header=HEADER, check="8.8")
    extra = _after("extra ", lines)
    index = _after("index ", lines)
    if index is None:
        raise ProofError(logs.NO_INDEX, check="8.8")
    return TlogProof(
        read_number(index, logs.THE_INDEX, check="8.8"),
        read_hashes(lines, logs.AN_INCLUSION_PROOF, limit=MAX_HASHES, check="8.8"),
        note.encode("utf-8"),
        None if extra is None else _extra(extra),
    )


def _after(word: str, lines: list[str]) -> str | None:
    """The rest of the next line, taken off, if it starts with `word`."""
    return lines.pop(0)[len(word) :] if lines and lines[0].startswith(word) else None


def _extra(text: str) -> bytes:
    if not text:
        raise ProofError(logs.EMPTY_EXTRA, check="8.8")
    return read_base64(text, logs.THE_EXTRA_LINE, check="8.8")
