"""The part of an audit that has an order: each entry at its place in the log, after all before it."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Protocol

from ledger.audit import sentences
from ledger.audit.carry import CONTINUING, VOTE, Carried, uncarry
from ledger.audit.columns import compare_columns
from ledger.audit.source import EntrySource, Page
from ledger.audit.worker import Range, Result
from ledger.errors import StoreUnavailable
from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.lines import HASH_BYTES
from ledger.proof.statement import Statement, parse_statement
from ledger.proof.verify import LogVerifier
from ledger.proof.vote import PROCEDURE


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
        take, origin = self._verifier.take, self._verifier.origin
        for place, (number, one) in enumerate(zip(numbers, result.entries, strict=True)):
            leaf = b64(result.leaves[place * HASH_BYTES : (place + 1) * HASH_BYTES])
            if one is None:
                self._look(number, leaf)
            elif len(one) == CONTINUING:
                self._vote(number, leaf, one)
            else:
                self._current = number, leaf
                self._note(take(uncarry(one, leaf, origin), self._statement))
        if result.broken is not None:
            number, why, german = result.broken
            self.failures.append(Failure("8.7", number, why, german=german))
            self._hole = True

    def _vote(self, number: int, leaf: str, one: Carried) -> None:
        """Takes a vote that continues its page; looks at it again if there is anything to say of it."""
        if not self._verifier.take_vote(leaf, one):
            self._look(number, leaf)
            return
        self.kinds[VOTE] += 1
        self._remember(one[-1][PROCEDURE], number)

    def _look(self, number: int, leaf: str) -> None:
        """Takes an entry that was not carried: everything about it is looked at here."""
        page, place = self._page(number, leaf), self._verifier.seq
        read = self._verifier.add(page.states[0])
        if page.rows is not None:
            self.failures += compare_columns(page.rows[0], place, read)
        self._note(read)

    def _note(self, read: tuple[Entry, Statement] | None) -> None:
        """Tells what an entry says that was just taken."""
        if read is None:
            return
        entry, statement = read
        self.kinds[statement.kind] += 1
        self._remember(entry.stream, entry.seq)
        if statement.kind != VOTE:
            self._listener.note(entry, statement, self._verifier.seq - 1)

    def _remember(self, stream: str, seq: int) -> None:
        if self.numbers is not None:
            self.numbers.setdefault(stream, array("Q")).append(seq)

    def _statement(self) -> Statement:
        """The whole statement of the entry that is taken."""
        return parse_statement(parse_entry(self._page(*self._current).states[0]).envelope)

    def _page(self, number: int, leaf: str) -> Page:
        """One entry, read again: it must be the one that was examined."""
        page = self._source.page(number, number + 1)
        if not page.states or leaf_hash(page.states[0]) != leaf:
            raise StoreUnavailable(sentences.CHANGED_MEANWHILE, number=number)
        return page
