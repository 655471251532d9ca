"""Which sizes of a log were published: a file that only grows, one line of sixteen bytes for each.

It answers which checkpoint was the first to contain an entry, so that a receipt is the same for ever,
and its growth tells other processes that something was published. It says nothing that the checkpoints
do not say: a lost line is written again by the next publisher.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path

from ledger.errors import NotFound, ProofError, StoreUnavailable
from ledger.publish import sentences
from ledger.sentence import PATH_AND_REASON

NAME = "checkpoints/sizes"
LINE = 16
"""Bytes: fifteen digits, enough for every size below 2^49, and a line feed."""


class Sizes:
    """The published sizes, as far as they were read. Not for several threads at a time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._name = str(self._path)
        self._known = array("Q")
        self._read = 0  # bytes

    def latest(self) -> int:
        """The newest published size; -1 if nothing was published. Raises `StoreUnavailable`."""
        self._follow()
        return self._known[-1] if self._known else -1

    def covering(self, seq: int) -> int:
        """The first published size that contains the entry. Raises `NotFound`."""
        if not self._known or self._known[-1] <= seq:
            self._follow()
        place = bisect_right(self._known, seq)
        if place == len(self._known):
            raise NotFound(sentences.ENTRY_NOT_PUBLISHED, seq=seq)
        return self._known[place]

    def listed(self, up_to: int) -> list[int]:
        """The published sizes up to this one, in order."""
        self._follow()
        return list(self._known[: bisect_right(self._known, up_to)])

    def below(self, bound: int, limit: int) -> list[int]:
        """At most `limit` published sizes below `bound`, the largest first."""
        self._follow()
        end = bisect_left(self._known, bound)
        return list(reversed(self._known[max(0, end - limit) : end]))

    def append(self, size: int) -> None:
        """Adds a size; not synced, because `write` can make the file again. Raises `OSError`."""
        with open(self._path, "ab") as file:
            file.write(encode_sizes([size]))

    def write(self, sizes: Iterable[int]) -> None:
        """Makes the file anew. Raises `OSError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(".new-sizes")
        draft.write_bytes(encode_sizes(sorted(sizes)))
        os.replace(draft, self._path)

    def _follow(self) -> None:
        try:
            end = os.stat(self._name).st_size // LINE * LINE  # noqa: PTH116 (asked hundreds of times a second)
            if end < self._read:  # made anew after a crash
                self._known, self._read = array("Q"), 0
            if end == self._read:
                return
            with open(self._path, "rb") as file:
                file.seek(self._read)
                data = file.read(end - self._read)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreUnavailable(PATH_AND_REASON, path=self._path, reason=error.strerror) from error
        for start in range(0, len(data), LINE):
            self._known.append(_size(data[start : start + LINE], self._path))
        self._read = end


def encode_sizes(sizes: Iterable[int]) -> bytes:
    """The file's bytes for these sizes."""
    return b"".join(b"%015d\n" % size for size in sizes)


def _size(line: bytes, path: Path) -> int:
    digits = line[:-1]
    if line[-1:] != b"\n" or not digits.isdigit():
        raise ProofError(sentences.SIZES_DAMAGED, path=path, check="8.11")
    return int(digits)
