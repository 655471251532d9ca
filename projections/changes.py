"""From a batch of entries to what has to be written: plain rows, no SQL.

Nothing is counted here. Each entry is applied to the domain's own aggregates (`ledger.state`), and what
is written is how they stand after the last entry of the batch. So the rows do not depend on where a
batch begins or ends, and writing the same batch into the same views gives the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.domain import EventSourcingError

from ledger.domain.ballot_box import BallotBox
from ledger.domain.expiry import next_expiry
from ledger.domain.procedure import Procedure
from ledger.domain.procedure_events import (
    DocumentAttached,
    ExclusionLifted,
    MemberExcluded,
    VoteCast,
    VoteWithdrawn,
)
from ledger.errors import ProofError
from ledger.mapper import Glance, glance_entry
from ledger.proof.statement import KINDS, topic
from ledger.state import State
from ledger.telling import plain_item
from projections.rows import Counted, Mark, Opened, Recorded, Standing, Voted

if TYPE_CHECKING:
    from ledger.storage.recorder import Row

_KIND_OF = {topic(kind): kind for kind in KINDS}
_ABOUT_A_VOTE = {VoteCast.TOPIC, VoteWithdrawn.TOPIC, MemberExcluded.TOPIC, ExclusionLifted.TOPIC}

# One way to write a value, keys in the order in which the domain gives them: equal values, equal bytes.
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass
class Changes:
    """What a batch changes, to be written in this order, in one transaction with the position."""

    after: int
    """Number of the last entry before the batch: the views must stand there, -1 at the start."""
    history: list[Recorded] = field(default_factory=list)
    """All entries of the batch, at least one."""
    opened: list[Opened] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    """Procedures with a new ballot paper, on which no earlier vote counts."""
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    """Procedure and member: no vote stands."""
    voted: list[Voted] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        """Where the views stand afterwards."""
        return Mark(self.history[-1].seq, self.history[-1].leaf)


@dataclass
class _Touched:
    """What a batch touched of one stream."""

    id: str
    last_seq: int = 0
    superseded: bool = False
    members: dict[str, None] = field(default_factory=dict)  # a set in the order of the log


def collect(after: int, rows: Sequence[Row], state: State) -> Changes:
    """Applies the entries that follow entry `after`, up to which `state` goes, and says what they changed.

    Raises `ProofError` at an entry that cannot be applied, which only a damaged log has; then `state`
    is of no use any more.
    """
    touched: dict[UUID, _Touched] = {}
    changes = Changes(after)
    for row in rows:
        stream = touched.get(row.stream)
        try:
            if stream is None:
                stream = touched[row.stream] = _Touched(str(row.stream))
                if row.pos > 1 and not state.follows(row.stream):
                    state.known(row.stream)  # brings it into memory
            _apply(row, state, stream, changes)
        except (EventSourcingError, LookupError, TypeError, AttributeError) as error:
            raise ProofError(f"entry {row.seq} cannot be applied: {error!r}", seq=row.seq) from error
    touched.pop(state.register_id, None)
    for key, stream in touched.items():
        _conclude(changes, stream, state.procedure(key))
    return changes


def _apply(row: Row, state: State, stream: _Touched, changes: Changes) -> None:
    reading = glance_entry(row.state)
    state.apply(row.topic, row.stream, row.pos, reading)
    stream.last_seq = row.seq
    changes.history.append(_recorded(row, reading, stream.id))
    if row.topic in _ABOUT_A_VOTE:
        stream.members[reading.payload["member"]] = None
    elif row.topic == Procedure.Created.TOPIC:
        changes.opened.append(_opened(reading, state.procedure(row.stream)))
    elif row.topic == DocumentAttached.TOPIC and _all_superseded(state.procedure(row.stream).box):
        stream.superseded = True


def _all_superseded(box: BallotBox) -> bool:
    """Just after a new paper came: whether it left the votes without effect. All share one fate."""
    return any(box.superseded(member) for member in islice(box.votes, 1))


def _recorded(row: Row, reading: Glance, stream: str) -> Recorded:
    return Recorded(
        row.seq,
        reading.place.at,
        _KIND_OF[row.topic],
        reading.payload["actor"],
        stream,
        row.pos,
        reading.place.leaf,
        row.statement.hex(),
        reading.text,
    )


def _opened(reading: Glance, procedure: Procedure) -> Opened:
    opening, place = reading.payload, reading.place
    return Opened(
        opening["procedure"],
        opening["body"],
        place.seq,
        place.at,
        opening["opens_at"],
        opening["closes_at"],
        len(procedure.electorate.seats),
        reading.text,
    )


def _conclude(changes: Changes, stream: _Touched, procedure: Procedure) -> None:
    """Adds how the procedure stands after the batch."""
    changes.standing.append(_standing(stream, procedure))
    changes.counted.extend(_counted(stream.id, procedure))
    if stream.superseded:
        changes.superseded.append(stream.id)
    box = procedure.box
    for member in stream.members:
        vote = box.votes.get(member)
        if vote is None:
            changes.withdrawn.append((stream.id, member))
        else:
            choices, counts = _choices(tuple(vote.choices.items())), box.counts_for(member)
            changes.voted.append(
                Voted(stream.id, member, choices, vote.weight, vote.seq, vote.at, vote.leaf, counts)
            )


@lru_cache(maxsize=4096)
def _choices(choices: tuple[tuple[str, str], ...]) -> str:
    """The text of a vote's choices; most votes say the same as another one."""
    return _text(dict(choices))


def _standing(stream: _Touched, procedure: Procedure) -> Standing:
    return Standing(
        procedure.state,
        stream.last_seq,
        procedure.closed.at if procedure.closed else None,
        procedure.box.voters,
        procedure.closes_at,
        _text(procedure.attached),
        procedure.box.ballot,
        procedure.annulment["repeated_as"] if procedure.annulment else None,
        next_expiry(procedure),
        stream.id,
    )


def _counted(name: str, procedure: Procedure) -> Iterator[Counted]:
    tally = procedure.tally()
    for number, item in enumerate(procedure.items):
        plain = plain_item(procedure, item)
        derivation, relevance = _text(plain["derivation"]), _text(plain["relevance"])
        yield Counted(
            name, number, item, _text(tally[item]), plain["outcome"], derivation, plain["valid"], relevance
        )
