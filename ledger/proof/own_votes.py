"""Votes in one procedure that follow each other, and that were found good by themselves: by columns.

What their place in the log decides on is the same for most of them, or is compared for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

OwnVote = tuple[str, bytes, bytes, str, str, str, str, str, str | None, str | None, str | None]
"""Of one of them what its place in the log decides on: the columns below, in their order."""


class OwnVotes(NamedTuple):
    """Columns of the same length."""

    at: Sequence[str]
    digest: Sequence[bytes]
    key: Sequence[bytes]
    """The public key under which each is signed."""
    actor: Sequence[str]
    ballot: Sequence[str]
    item: Sequence[str]
    option: Sequence[str]
    member: Sequence[str]
    replaces: Sequence[str | None]
    root: Sequence[str | None]
    size: Sequence[str | None]
    """Root and size of `seen`, as written."""

    @classmethod
    def of(cls, votes: Iterable[OwnVote]) -> OwnVotes:
        """The columns of some votes, at least one."""
        columns: Any = zip(*votes, strict=True)
        return cls(*columns)

    def each(self) -> Iterator[OwnVote]:
        """The votes, one after the other."""
        return cast("Iterator[OwnVote]", zip(*self, strict=True))

    def behind(self, taken: int) -> OwnVotes:
        """Those that are left after so many."""
        columns: Any = (column[taken:] for column in self)
        return OwnVotes(*columns) if taken else self
