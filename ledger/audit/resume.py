"""Where an audit begins: at the first entry, or behind what was verified last time; what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.audit import sentences
from ledger.audit.follow import Follower
from ledger.audit.kept import KeptState, News, Verified
from ledger.audit.past import LaterDigests, Past, PastDigests, PastStreams
from ledger.audit.source import EntrySource
from ledger.audit.tree import Tree
from ledger.errors import BadState, ProofError
from ledger.proof.digest_set import DigestSet
from ledger.proof.entry import leaf_hash
from ledger.proof.verify import LogVerifier
from ledger.rules import ReplayedRules


@dataclass
class Beginning:
    """The parts of an audit as they stand before its first entry."""

    rules: ReplayedRules
    verifier: LogVerifier
    digests: DigestSet | PastDigests
    tree: Tree
    start: int
    """Number of its first entry."""


def from_nothing(origin: str) -> Beginning:
    """A whole audit."""
    rules = ReplayedRules(origin)
    verifier = LogVerifier(origin, rules)
    digests = verifier.digests = DigestSet()
    return Beginning(rules, verifier, digests, Tree(), 0)


def from_kept(state: KeptState, verified: Verified, source: EntrySource) -> Beginning:
    """An audit of what is new. Raises `ProofError` (8.6) if what is old is not what was verified."""
    page = source.page(verified.size - 1, verified.size)  # it names all before it
    if not page.states or leaf_hash(page.states[0]) != verified.head:
        raise ProofError(sentences.NOT_OF_LAST_TIME, number=verified.size - 1, check="8.6")
    rules = ReplayedRules(verified.origin, Past(state, source).load)
    verifier = LogVerifier(verified.origin, rules)
    verifier.resume(verified.size, verified.head, verified.at)
    verifier.streams = PastStreams(state)
    digests = verifier.digests = PastDigests(state)
    return Beginning(rules, verifier, digests, Tree(verified.rows, verified.size), verified.size)


def require_origin(verified: Verified, origin: str) -> None:
    """Raises `BadState` if another log was verified."""
    if verified.origin != origin:
        raise BadState(sentences.OF_ANOTHER_LOG, kept=verified.origin, origin=origin)


class Snapshot:
    """An audit at the end of the published log: what is kept, if everything holds."""

    def __init__(self, begun: Beginning, follower: Follower) -> None:
        """Statements that come later are not added to those that are kept."""
        verifier = begun.verifier
        self._size, self._head, self._at = verifier.seq, verifier.prev, verifier.at
        self._rows = [list(row) for row in begun.tree.rows]
        numbers, follower.numbers = follower.numbers or {}, None
        new = begun.digests.new if isinstance(begun.digests, PastDigests) else begun.digests
        self._news = News({stream: verifier.streams[stream] for stream in numbers}, numbers, new)
        verifier.digests = LaterDigests(begun.digests)

    def keep(self, state: KeptState, origin: str, checkpoint: bytes, *, anew: bool) -> None:
        """Keeps it. Raises `BadState`."""
        verified = Verified(origin, self._size, self._head, self._at, checkpoint, self._rows)
        state.keep(verified, self._news, anew=anew)
