"""Signed heads of a log: every published checkpoint, the signer's memory, and what an auditor kept.

Each is opened under the log keys that are current at its size, and its root is held against that of the
tree over the entries.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.audit import sentences
from ledger.audit.failures import Failures
from ledger.errors import NotFound, ProofError
from ledger.proof.checkpoint import OpenedCheckpoint, open_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.note import format_note
from ledger.proof.policy import Policy
from ledger.proof.verification_key import VerificationKey
from ledger.publish.folder import CHECKPOINT, LogFolder, checkpoint_path
from ledger.sentence import Sentence

LogKeys = Callable[[int], Sequence[VerificationKey]]
"""The log's keys that are current in the tree of so many entries."""


class Head(NamedTuple):
    """A checkpoint that is to be looked at."""

    size: int
    """The size that it says, or under which it is kept."""
    what: str | Sentence
    """How people call it."""
    read: Callable[[], bytes]
    """Its bytes. Raises `NotFound`."""
    check: str
    """Which check fails if the tree has another root."""
    newest: bool = False
    """Whether it is the newest published one: the policy asks for its cosignatures."""
    mine: bool = False
    """Whether the auditor kept it."""


class Heads:
    """Looks at heads, in the order of their size."""

    def __init__(
        self,
        keys: LogKeys,
        policy: Policy | None,
        failures: Failures,
        trusted: Sequence[VerificationKey] = (),
    ) -> None:
        """`trusted`: keys that the auditor brings along, be they current or not."""
        self._keys = keys
        self._policy = policy
        self._failures = failures
        self._trusted = trusted
        self.looked: Counter[str] = Counter()
        """Check → how many heads were looked at under it."""
        self.newest: OpenedCheckpoint | None = None
        """The newest published one, if it is good."""
        self.newest_note = b""
        """Its bytes."""
        self.continued: list[int] = []
        """Sizes of those that the auditor kept, and that hold."""
        self._false: set[str] = set()

    def look(self, head: Head, root: bytes | None) -> None:
        """Looks at one head; `root` is that of the tree of its size, None if there is none."""
        self.looked[head.check] += 1
        try:
            opened = self._open(head)
        except (NotFound, ProofError) as error:
            check = error.check if isinstance(error, ProofError) else "8.11"
            self._fail(check, head, sentences.OF_HEAD, error=error)
            return
        found = opened.checkpoint
        if found.size != head.size:
            self._fail("8.11", head, sentences.OF_ANOTHER_SIZE, str(head.size), str(found.size))
        elif root is not None and root != found.root:
            self._wrong_root(head, found.root, root)
        elif root is not None and head.newest:
            self.newest, self.newest_note = opened, format_note(opened.note)
        elif root is not None and head.mine:
            self.continued.append(head.size)

    def _open(self, head: Head) -> OpenedCheckpoint:
        witnesses = () if self._policy is None else self._policy.keys
        keys = self._keys(head.size)
        opened = open_checkpoint(head.read(), {*keys, *witnesses, *self._trusted})
        if set(keys).isdisjoint(opened.signed_by):
            raise ProofError(sentences.NOBODY_OF_THEN, check="8.3")
        if self._policy is not None and head.newest:
            self.looked["8.5"] += 1
            self._policy.check(opened)
        self.looked["8.9"] += len(opened.cosignatures)
        return opened

    def _wrong_root(self, head: Head, signed: bytes, computed: bytes) -> None:
        """Once for those that are published: where one root is wrong, all later ones are."""
        if head.mine or head.check not in self._false:
            self._fail(head.check, head, sentences.OVER_OTHER_ENTRIES, b64(signed), b64(computed))
        if not head.mine:
            self._false.add(head.check)

    def _fail(
        self, check: str, head: Head, said: Sentence, expected: str = "", found: str = "", **named: object
    ) -> None:
        at = head.size - 1 if head.size else None
        self._failures.fail(check, at, said, expected, found, **named, head=head.what, size=head.size)


def kept_heads(folder: LogFolder, sizes: Iterable[int]) -> Iterator[Head]:
    """The published checkpoints of these sizes, as they are kept."""
    for size in sizes:
        name = checkpoint_path(size)
        yield Head(size, sentences.OF_SIZE, _reader(folder, name), "8.6")


def newest_head(folder: LogFolder, size: int) -> Head:
    """The newest published checkpoint, which says to be of this size."""
    return Head(size, sentences.THE_NEWEST, _reader(folder, CHECKPOINT), "8.1", newest=True)


def in_order(*heads: Iterable[Head]) -> Iterator[Head]:
    """Heads by their size; each of `heads` is in order already."""
    return heapq.merge(*heads, key=lambda head: head.size)


def _reader(folder: LogFolder, name: str) -> Callable[[], bytes]:
    return lambda: folder.read(name)
