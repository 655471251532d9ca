"""What a batch of entries changes in the views: plain rows, no SQL. `projections.collect` makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from projections.rows import Mark, Row


@dataclass
class Changes:
    """To be written in the order of the fields, in one transaction with the position."""

    after: int
    """Number of the last entry before the batch: the views must stand there, -1 at the start."""
    mark: Mark = Mark()  # noqa: RUF009 it is immutable
    """Where the views stand afterwards."""
    streamed: list[Row] = field(default_factory=list)
    """All entries of the batch, at least one, stream by stream."""
    opened: list[Row] = field(default_factory=list)
    standing: list[Row] = field(default_factory=list)
    counted: list[Row] = field(default_factory=list)
    superseded: list[Row] = field(default_factory=list)
    """Procedures with a new ballot paper, on which no earlier vote counts."""
    outdated: list[Row] = field(default_factory=list)
    """Procedure and member of votes from before the batch that were withdrawn: to be removed."""
    changed: list[Row] = field(default_factory=list)
    """Votes that stand in the place of one from before the batch."""
    voted: list[Row] = field(default_factory=list)
    """Votes that stand where there is no row yet."""
    conducted: list[Row] = field(default_factory=list)
    acts: list[Row] = field(default_factory=list)
    bodies: list[Row] = field(default_factory=list)
    unseated: list[Row] = field(default_factory=list)
    """Seats from before the batch that end in it: to be written before `seated`."""
    seated: list[Row] = field(default_factory=list)
    keyed: list[Row] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[str, Sequence[Row]]]:
        """What there is to write, in its order: the name of a field, and its rows."""
        for name in WRITTEN:
            found: list[Any] = getattr(self, name)
            if found:
                yield name, found


WRITTEN = tuple(one.name for one in fields(Changes))[2:]
"""The fields that hold rows, in the order in which they are written."""
