"""How the next entry of a page must end, as far as those before it are on the page (2.1 to 2.5).

All of an entry behind its envelope follows from the entries before: its number, its position, both links.
Where these are known, comparing the bytes is the whole check, and takes a tenth of the time that reading
them takes. Across pages, and after an entry that cannot be read, nothing is known: the follower looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.proof.entry import build_ending
from ledger.proof.vote_entry import SIGNED, read_ending

Place = tuple[int, int, tuple[str, str] | None]
"""seq, pos and, where they are still to be compared, prev and sprev."""


class Neighbours:
    """The entries of a page that were read so far."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self.forget()

    def forget(self) -> None:
        """Nothing is known of the entry before the next one."""
        self._seq, self._at, self._leaf = -1, "", ""
        self._streams: dict[str, tuple[int, str]] = {}

    def read(self, seq: int, at: str, stream: str, pos: int, leaf: str) -> None:
        """Takes in what an entry says, and its leaf hash in base64."""
        self._seq, self._at, self._leaf = seq, at, leaf
        self._streams[stream] = pos, leaf

    def knows(self, stream: str) -> bool:
        """Whether the last entries of this stream and of the log are known."""
        return stream in self._streams

    def next(self, stream: str) -> tuple[int, int]:
        """Number and position of the next entry, if it is of this stream, which is known."""
        return self._seq + 1, self._streams[stream][0] + 1

    def endings(self, stream: str, leaves: Sequence[str]) -> Iterator[bytes]:
        """How entries of a known stream end that come next, behind a single signature.

        `leaves`: their leaf hashes in base64.
        """
        origin, prev, (pos, sprev) = self._origin, self._leaf, self._streams[stream]
        for number, leaf in enumerate(leaves, 1):
            ending = build_ending(origin, pos + number, prev, self._seq + number, sprev, stream)
            yield f"{SIGNED}{ending}".encode()
            prev = sprev = leaf

    def follow(self, ats: Sequence[str], stream: str, leaf: str) -> bool:
        """Takes in entries that end so, unless time runs backwards in them; `leaf` is that of the last."""
        times = [self._at, *ats]
        if times != sorted(times):
            return False
        self.read(self._seq + len(ats), ats[-1], stream, self._streams[stream][0] + len(ats), leaf)
        return True

    def place(self, at: str, stream: str, ending: str, leaf: str) -> Place | None:
        """Takes in the next entry, which is of this time and stream; its place, or None if none ends so."""
        before = self._streams.get(stream)
        if before is not None and at >= self._at:
            seq, pos, sprev = self._seq + 1, before[0] + 1, before[1]
            if ending == build_ending(self._origin, pos, self._leaf, seq, sprev, stream):
                self._seq, self._at, self._leaf = seq, at, leaf
                self._streams[stream] = pos, leaf
                return seq, pos, None
        read = read_ending(ending)
        if read is None or read.log != self._origin or read.stream != stream:
            return None
        self.read(int(read.seq), at, stream, int(read.pos), leaf)
        return int(read.seq), int(read.pos), (read.prev, read.sprev)
