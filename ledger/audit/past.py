"""The part of a log that was verified before, as far as new entries refer to it.

Entries of it are read again, and are those that were verified: each is named by the next one of its stream,
and the last link was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from ledger.audit import sentences
from ledger.audit.kept import KeptState, Stream
from ledger.audit.source import EntrySource
from ledger.errors import ProofError, StimmbuchError
from ledger.mapper import Reading, read_entry
from ledger.proof.digest_set import DigestSet
from ledger.proof.entry import NO_LINK
from ledger.proof.statement import topic


class Past:
    """Answers what the verification of later entries asks."""

    def __init__(self, state: KeptState, source: EntrySource) -> None:
        self._state = state
        self._source = source

    def load(self, stream: UUID) -> Iterator[tuple[str, int, Reading]]:
        """Topic, position and reading of a stream's verified entries. Raises `ProofError` (8.6)."""
        kept = self._state.stream(str(stream))
        if kept is None:
            return
        readings = [self._reading(number) for number in kept.numbers]
        _require_chain(readings, kept)
        for reading in readings:
            yield topic(reading.statement.kind), reading.entry.pos, reading

    def _reading(self, number: int) -> Reading:
        page = self._source.page(number, number + 1)
        try:
            return read_entry(page.states[0])
        except (IndexError, StimmbuchError):
            raise _changed(number) from None


class PastStreams(dict[str, tuple[int, str]]):
    """Position and last link of streams: those that were met, and those that were kept."""

    def __init__(self, state: KeptState) -> None:
        super().__init__()
        self._state = state

    def get(self, stream: str, default: tuple[int, str] = (0, NO_LINK)) -> tuple[int, str]:  # type: ignore[override]
        """Those of one stream."""
        if stream not in self:
            kept = self._state.stream(stream)
            self[stream] = default if kept is None else (kept.pos, kept.leaf)
        return self[stream]


class PastDigests:
    """The digests of statements: new ones, and those that were kept."""

    def __init__(self, state: KeptState) -> None:
        self._state = state
        self.new = DigestSet()

    def add(self, digest: bytes) -> bool:
        """Adds a digest; False if it was there."""
        return self.add_all((digest,))

    def add_all(self, digests: Sequence[bytes]) -> bool:
        """Adds some; False, and none is added, if one of them was there or comes twice."""
        return not self._state.knows_any(digests) and self.new.add_all(digests)

    def __contains__(self, digest: bytes) -> bool:
        return digest in self.new or self._state.knows_any((digest,))


class LaterDigests:
    """Digests on top of others, which do not change any more."""

    def __init__(self, before: DigestSet | PastDigests) -> None:
        self._before = before
        self._own = DigestSet()

    def add(self, digest: bytes) -> bool:
        """Adds a digest; False if it was there."""
        return self.add_all((digest,))

    def add_all(self, digests: Sequence[bytes]) -> bool:
        """Adds some; False, and none is added, if one of them was there or comes twice."""
        return not any(digest in self._before for digest in digests) and self._own.add_all(digests)


def _require_chain(readings: list[Reading], kept: Stream) -> None:
    """Each entry names the one before, and the last one is the one that was kept."""
    for before, after in pairwise(readings):
        if after.entry.sprev != before.place.leaf:
            raise _changed(before.place.seq)
    if readings[-1].place.leaf != kept.leaf:
        raise _changed(readings[-1].place.seq)


def _changed(number: int) -> ProofError:
    return ProofError(sentences.NOT_OF_LAST_TIME, number=number, check="8.6")
