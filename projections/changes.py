"""What a batch of entries changes in the views: plain rows, no SQL. `projections.collect` makes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from projections.rows import (
    Act,
    Body,
    Conducted,
    Counted,
    Keyed,
    Mark,
    Opened,
    Seated,
    Standing,
    Streamed,
    Unseated,
    Voted,
)


@dataclass
class Changes:
    """To be written in this order, in one transaction with the position."""

    after: int
    """Number of the last entry before the batch: the views must stand there, -1 at the start."""
    mark: Mark = Mark()  # noqa: RUF009 it is immutable
    """Where the views stand afterwards."""
    streamed: list[Streamed] = field(default_factory=list)
    """All entries of the batch, at least one, stream by stream."""
    opened: list[Opened] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    """Procedures with a new ballot paper, on which no earlier vote counts."""
    outdated: list[tuple[str, str]] = field(default_factory=list)
    """Procedure and member of votes from before the batch that were withdrawn, or changed: to be removed."""
    voted: list[Voted] = field(default_factory=list)
    """Votes that the batch gave or changed, and that stand: no row is there for them any more."""
    conducted: list[Conducted] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    unseated: list[Unseated] = field(default_factory=list)
    """Seats from before the batch that end in it: to be written before `seated`."""
    seated: list[Seated] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)
