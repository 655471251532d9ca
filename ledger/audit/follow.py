"""The part of an audit that has an order: each entry at its place in the log, after all before it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from ledger.audit import sentences
from ledger.audit.carry import TOGETHER, VOTE, Carried, apart, uncarry
from ledger.audit.columns import compare_columns
from ledger.audit.source import EntrySource, Page
from ledger.audit.worker import Range, Result
from ledger.errors import StoreUnavailable
from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.own_votes import OwnVotes
from ledger.proof.statement import Statement, parse_statement
from ledger.proof.tree_hash import split_hashes
from ledger.proof.verify import LogVerifier


class Listener(Protocol):
    """Who wants to know what the entries say."""

    def note(self, entry: Entry, statement: Statement, seq: int) -> None:
        """A statement that could be read, with its entry, and the number of the entry as it was given.

        Not a vote: it names nothing that lies beside the log.
        """


class Follower:
    """Follows a log through its examined pages."""

    def __init__(self, source: EntrySource, verifier: LogVerifier, listener: Listener) -> None:
        self._source = source
        self._verifier = verifier
        self._listener = listener
        self._current = 0, ""
        self._hole = False
        self.failures: list[Failure] = []
        self.kinds: Counter[str] = Counter()
        self.numbers: dict[str, array[int]] | None = None
        """Stream → numbers of its entries, if somebody wants to know."""

    def follow(self, page: Range, result: Result) -> None:
        """Takes the entries of the next page."""
        numbers = range(*page) if result.numbers is None else result.numbers
        if self._hole and numbers:
            self._verifier.seq, self._hole = numbers[0], False
        leaves = [b64(leaf) for leaf in split_hashes(result.leaves)]
        at = 0
        for one in result.entries:
            if one is not None and len(one) == TOGETHER:
                procedure, pos, votes = apart(one)
                end = at + len(votes.at)
                self._votes(procedure, pos, votes, numbers[at:end], leaves[at:end])
                at = end
            else:
                self._other(numbers[at], leaves[at], one)
                at += 1
        if result.broken is not None:
            number, why, german = result.broken
            self.failures.append(Failure("8.7", number, why, german=german))
            self._hole = True

    def _votes(
        self, procedure: str, pos: int, votes: OwnVotes, numbers: Sequence[int], leaves: list[str]
    ) -> None:
        """Takes votes in one procedure. One of which there is something to say is looked at again."""
        at = 0
        while at < len(leaves):
            taken = self._verifier.take_votes(procedure, pos + at, leaves[at:], votes.behind(at))
            if taken:
                self.kinds[VOTE] += taken
                self._remember(procedure, numbers[at : at + taken])
            at += taken
            if at < len(leaves):
                self._look(numbers[at], leaves[at])
                at += 1

    def _other(self, number: int, leaf: str, one: Carried | None) -> None:
        """Takes an entry as it was carried; looks at it again if it was not."""
        if one is None:
            self._look(number, leaf)
            return
        self._current = number, leaf
        self._note(self._verifier.take(uncarry(one, leaf, self._verifier.origin), self._statement))

    def _look(self, number: int, leaf: str) -> None:
        """Takes an entry that was not carried: everything about it is looked at here."""
        page, place = self._page(number, leaf), self._verifier.seq
        read = self._verifier.add(page.states[0])
        if page.rows is not None:
            self.failures += compare_columns(page.rows.row(0), place, read)
        self._note(read)

    def _note(self, read: tuple[Entry, Statement] | None) -> None:
        """Tells what an entry says that was just taken."""
        if read is None:
            return
        entry, statement = read
        self.kinds[statement.kind] += 1
        self._remember(entry.stream, [entry.seq])
        if statement.kind != VOTE:
            self._listener.note(entry, statement, self._verifier.seq - 1)

    def _remember(self, stream: str, numbers: Sequence[int]) -> None:
        if self.numbers is not None:
            self.numbers.setdefault(stream, array("Q")).extend(numbers)

    def _statement(self) -> Statement:
        """The whole statement of the entry that is taken."""
        return parse_statement(parse_entry(self._page(*self._current).states[0]).envelope)

    def _page(self, number: int, leaf: str) -> Page:
        """One entry, read again: it must be the one that was examined."""
        page = self._source.page(number, number + 1)
        if not page.states or leaf_hash(page.states[0]) != leaf:
            raise StoreUnavailable(sentences.CHANGED_MEANWHILE, number=number)
        return page
