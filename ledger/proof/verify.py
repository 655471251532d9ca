"""Offline verification of a whole ledger from its entries' bytes, in numbered steps.

For each entry, in the order of the log:

(1) the bytes are an entry, of this ledger
(2) it continues the chain of the log and of its stream, and time
(3) its statement has its exact form, for this ledger, and was not recorded before; what its signer had
    seen is this log, at an earlier size
(4) the keys of its signers are live here, and every signature verifies
(5) the rules allow it here: the domain is replayed, with the same code that decided it

All failures are reported, each with the entry and both values; nothing stops at the first one.
Bytes only: no database, no clock. The rules come as an argument, because bytes do not know rules.
Documents, disclosures and a database's columns are checked by `ledger.audit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.errors import (
    BadSignature,
    KeyNotLive,
    ProofError,
    StaleSeal,
    StimmbuchError,
    UnknownKey,
    WrongBallot,
    WrongLog,
)
from ledger.proof.asked import Digests, Rules
from ledger.proof.checks import Failure
from ledger.proof.digest_set import DigestSet
from ledger.proof.encoding import unb64
from ledger.proof.entry import NO_LINK, Entry
from ledger.proof.examine import Examined, examine
from ledger.proof.grown import GrownTree
from ledger.proof.own_votes import OwnVotes
from ledger.proof.seen import Seen, check_seen
from ledger.proof.sentences import verification
from ledger.proof.statement import Statement, stream_name, verify_signatures
from ledger.proof.tree_hash import fold
from ledger.sentence import Sentence

_RULE_CHECKS = {WrongBallot.code: "5.2", StaleSeal.code: "5.3"}


class Verdict(NamedTuple):
    """What a verification found."""

    entries: int
    head: str
    """Leaf hash of the last entry: it stands for everything before it."""
    failures: list[Failure]


class LogVerifier:
    """Takes entries one after the other. Memory grows with statements (32 bytes each) and streams only."""

    def __init__(self, origin: str, rules: Rules) -> None:
        self.origin = origin
        self.rules = rules
        self.failures: list[Failure] = []
        self.seq = 0
        """How many entries were given; failures name their entry by this count."""
        self.prev = NO_LINK
        self.at = ""
        """Time of the last entry."""
        self.streams: dict[str, tuple[int, str]] = {}
        """Stream → position and leaf hash of its last entry."""
        self.digests: Digests = DigestSet()
        self.seen: list[Seen] = []
        """What signers had seen. Whoever has the tree checks it (3.4), and empties this."""
        self._number = 0

    def resume(self, seq: int, prev: str, at: str) -> None:
        """Goes on behind entry `seq` - 1, whose leaf hash and time these are."""
        self.seq = self._number = seq
        self.prev, self.at = prev, at

    def add(self, data: bytes) -> tuple[Entry, Statement] | None:
        """Checks the next entry; returns it if it could be read."""
        return self.take(examine(data))

    def take(
        self, one: Examined, whole: Callable[[], Statement] | None = None
    ) -> tuple[Entry, Statement] | None:
        """Checks the next entry, which was examined elsewhere; returns it if it could be read.

        `whole` reads its statement again, where `one` has not all of its envelope.
        """
        entry, statement, leaf = one.entry, one.statement, one.leaf
        if entry is None:  # (1)
            self._fail("1.1", one.error or verification.NO_ENTRY, found=leaf)
            self.seq, self.prev, self._number = self.seq + 1, leaf, self._number + 1
            return None
        if entry.log != self.origin:
            self._fail("1.2", verification.ANOTHER_LEDGER, self.origin, entry.log)
        self._check_chain(entry, leaf)  # (2)
        self._check_statement(entry.envelope.digest, statement, one.error)  # (3)
        self._check_stream(entry, leaf, statement)
        if statement is not None:
            self._check_signatures(statement, one.verified, whole)  # (4)
            self._check_rules(statement, entry, leaf)  # (5)
        self.seq, self.prev, self._number, self.at = self.seq + 1, leaf, entry.seq + 1, entry.at
        return None if statement is None else (entry, statement)

    def take_votes(self, procedure: str, pos: int, leaves: Sequence[str], votes: OwnVotes) -> int:
        """Takes votes in a procedure whose form, links to the entries before and signatures were found good.

        `pos` is the position of the first of them in its stream. Returns how many. Of the one behind them
        there is something to say: it is left, and `add` says it.
        """
        rules = self.rules.votes(procedure)
        taken = 0 if rules is None else rules.take(self._number, leaves, votes, self.digests)
        if taken:
            self.seen += _seen_by(votes, taken, self.seq)
            self.at, self.prev = votes.at[taken - 1], leaves[taken - 1]
            self.streams[procedure] = pos + taken - 1, self.prev
            self.seq, self._number = self.seq + taken, self._number + taken
        return taken

    def verdict(self) -> Verdict:
        """The result so far."""
        return Verdict(self.seq, self.prev, self.failures)

    def _check_chain(self, entry: Entry, leaf: str) -> None:
        if entry.seq != self._number:  # the number after the one before: a gap is reported once
            self._fail("2.1", verification.WRONG_NUMBER, str(self._number), str(entry.seq))
        if entry.prev != self.prev:
            self._fail("2.2", verification.BROKEN_LINK, self.prev, entry.prev)
        if entry.at < self.at:
            self._fail("2.6", verification.OLDER_THAN_BEFORE, f"≥ {self.at}", entry.at)

    def _check_stream(self, entry: Entry, leaf: str, statement: Statement | None) -> None:
        if statement is not None and entry.stream != (stream := stream_name(statement, self.origin)):
            self._fail("2.3", verification.ANOTHER_STREAM, stream, entry.stream)
        pos, sprev = self.streams.get(entry.stream, (0, NO_LINK))
        if entry.pos != pos + 1:
            self._fail("2.4", verification.WRONG_POSITION, str(pos + 1), str(entry.pos))
        if entry.sprev != sprev:
            self._fail("2.5", verification.BROKEN_STREAM, sprev, entry.sprev)
        self.streams[entry.stream] = (entry.pos, leaf)

    def _check_statement(
        self, digest: bytes, statement: Statement | None, error: StimmbuchError | None
    ) -> None:
        if not self.digests.add(digest):
            self._fail("3.3", verification.RECORDED_BEFORE, statement=digest.hex())
        if statement is None:
            self._fail("3.1", error or verification.NO_ENTRY)
        elif (log := statement.payload["log"]) != self.origin:
            self._fail("3.2", verification.OTHER_LEDGERS_STATEMENT, self.origin, log)
        elif statement.payload["seen"] is not None:
            self.seen.append(Seen.of(self.seq, statement.payload))

    def _check_signatures(
        self, statement: Statement, verified: Sequence[bytes], whole: Callable[[], Statement] | None
    ) -> None:
        try:
            keys = self.rules.signing_keys(statement)
            if keys != verified:
                verify_signatures(whole() if whole else statement, keys)
        except (UnknownKey, KeyNotLive) as error:
            self._fail("4.1", error)
        except BadSignature as error:
            self._fail("4.2", error)
        except StimmbuchError as error:
            self._fail("4.1", error)

    def _check_rules(self, statement: Statement, entry: Entry, leaf: str) -> None:
        try:
            self.rules.decide(statement, entry.seq, entry.at, leaf)
        except WrongLog:
            pass  # said already, as 3.2
        except ProofError as error:
            self._fail(error.check or "5.1", error)
        except StimmbuchError as error:
            check = _RULE_CHECKS.get(error.code, "5.1")
            self._fail(check, verification.REFUSED, code=error.code, error=error)
            self.rules.force(statement, entry, leaf)

    def _fail(
        self,
        check: str,
        what: Sentence | StimmbuchError,
        expected: str = "",
        found: str = "",
        **values: object,
    ) -> None:
        self.failures.append(Failure.of(check, self.seq, what, expected, found, **values))


def _seen_by(votes: OwnVotes, taken: int, first: int) -> Iterator[Seen]:
    """What the signers of the first of these votes had seen, of which the first is entry `first`."""
    if not any(votes.size):
        return
    for seq, root, size in zip(range(first, first + taken), votes.root, votes.size, strict=False):
        if root is not None and size is not None:
            yield Seen(seq, int(size), root)


def verify_log(
    entries: Iterable[bytes], origin: str, rules: Rules, *, progress: Callable[[int], None] | None = None
) -> Verdict:
    """Verifies all entries. `progress` is told the number of entries checked, now and then.

    Keeps the whole tree, 64 bytes for each entry, because a signer may have seen it at any size.
    """
    verifier, tree = LogVerifier(origin, rules), GrownTree()
    for data in entries:
        verifier.add(data)
        verifier.failures += check_seen(verifier.seen, lambda size: fold(tree.edge(size)))
        verifier.seen.clear()
        tree.add(unb64(verifier.prev))
        if progress is not None and verifier.seq % 1000 == 0:
            progress(verifier.seq)
    return verifier.verdict()
