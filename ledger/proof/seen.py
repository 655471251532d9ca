"""(3.4) What signers had seen: the checkpoint that a statement names, against the tree in which it stands.

A statement that was signed on another history than the one in which it is recorded is what a split view
leaves: whoever showed two histories cannot take it back. Any earlier size with its true root is honest
evidence; whether a checkpoint of that size was published is the publisher's affair (8.6, 8.11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.merkle import consistency_proof, root_at, verify_consistency
from ledger.proof.sentences import verification
from ledger.proof.tree_hash import NodeReader

RootReader = Callable[[int], bytes | None]
"""Size of a tree → its root (32 bytes); None where nothing is at hand that shows it."""


class Seen(NamedTuple):
    """The checkpoint that the signer of an entry's statement had verified."""

    seq: int
    """Number of the entry."""
    size: int
    root: str
    """Base64."""

    @classmethod
    def of(cls, seq: int, payload: Mapping[str, Any]) -> Seen:
        """What the statement of entry `seq` says; it must say something."""
        return cls(seq, payload["seen"]["size"], payload["seen"]["root"])


def check_seen(seen: Iterable[Seen], root_at_size: RootReader) -> Iterator[Failure]:
    """(3.4, 8.15) What does not hold of these, which come in the order of the log."""
    good = 0, ""
    for seq, size, root in seen:
        if (size, root) == good:  # many votes between two checkpoints name the same one
            continue
        if size > seq:
            yield Failure.of("3.4", seq, verification.SEEN_TOO_MUCH, f"≤ {seq}", f"{size}, {root}")
        elif (found := root_at_size(size)) is None:
            yield Failure.of("8.15", seq, verification.SEEN_ROOT_UNKNOWN, size=size)
        elif (true := b64(found)) != root:
            yield Failure.of("3.4", seq, verification.SEEN_ANOTHER_LOG, true, root, size=size)
        else:
            good = size, root


def proven_root(size: int, whole: int, root: bytes, nodes: NodeReader) -> bytes:
    """The root of the first `size` leaves of the tree of `whole` leaves, whose root is known.

    `nodes` need not be trusted: with false ones it raises `ProofError` (8.6), or what they raise (8.7).
    """
    found = root_at(size, nodes)
    verify_consistency(size, whole, consistency_proof(size, whole, nodes), found, root)
    return found
