"""From a batch of entries to what has to be written: plain rows, no SQL.

Nothing is counted here. Each entry is applied to the domain's own aggregates (`ledger.state`), and what
is written is how they stand after the last entry of the batch. So the rows do not depend on where a
batch begins or ends, and writing the same batch into the same views gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.domain import EventSourcingError

from ledger.domain.ballot_box import BallotBox
from ledger.domain.procedure import Procedure
from ledger.domain.procedure_events import DocumentAttached, VoteCast
from ledger.errors import ProofError
from ledger.mapper import Glance, glance_entry
from ledger.proof.statement import KINDS, topic
from ledger.state import State
from projections import stands
from projections.registered import Registered
from projections.rows import (
    Act,
    Body,
    Conducted,
    Counted,
    Keyed,
    Mark,
    Opened,
    Recorded,
    Seated,
    Standing,
    Unseated,
    Voted,
)

if TYPE_CHECKING:
    from ledger.storage.recorder import Row

_KIND_OF = {topic(kind): kind for kind in KINDS}
_ABOUT_A_VOTE = {"vote-withdrawn", "member-excluded", "exclusion-lifted"}
_CONDUCT = {
    *("consent-declared", "consent-revoked", "objection-raised", "secret-ballot-demanded"),
    *("proxy-given", "proxy-revoked", "member-excluded", "exclusion-lifted"),
    *("delivery-recorded", "substitute-named", "deadline-extended"),
}
"""Kinds that change what is known of members beside their votes."""


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
    conducted: list[Conducted] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    unseated: list[Unseated] = field(default_factory=list)
    """Seats from before the batch that end in it: to be written before `seated`."""
    seated: list[Seated] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)

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
    conducted: dict[str, None] = field(default_factory=dict)


def collect(after: int, rows: Sequence[Row], state: State) -> Changes:
    """Applies the entries that follow entry `after`, up to which `state` goes, and says what they changed.

    Raises `ProofError` at an entry that cannot be applied, which only a damaged log has; then `state`
    is of no use any more.
    """
    touched: dict[UUID, _Touched] = {}
    changes, registered = Changes(after), Registered()
    for row in rows:
        stream = touched.get(row.stream)
        try:
            if stream is None:
                stream = touched[row.stream] = _Touched(str(row.stream))
                if row.pos > 1 and not state.follows(row.stream):
                    state.known(row.stream)  # brings it into memory
            _apply(row, state, stream, changes, registered)
        except (EventSourcingError, LookupError, TypeError, AttributeError) as error:
            raise ProofError(f"entry {row.seq} cannot be applied: {error!r}", seq=row.seq) from error
    if touched.pop(state.register_id, None) is not None:
        _conclude_register(changes, registered, state)
    for key, stream in touched.items():
        _conclude(changes, stream, state.procedure(key))
    return changes


def _apply(row: Row, state: State, stream: _Touched, changes: Changes, registered: Registered) -> None:
    reading = glance_entry(row.state)
    state.apply(row.topic, row.stream, row.pos, reading)
    stream.last_seq = row.seq
    changes.history.append(_recorded(row, reading, stream.id))
    if row.topic == VoteCast.TOPIC:
        stream.members[reading.payload["member"]] = None
        return
    kind = _KIND_OF[row.topic]
    changes.acts.append(Act(kind, row.seq, stream.id))
    if row.stream == state.register_id:
        if state.register is not None:
            registered.note(kind, reading.payload, row.seq, state.register)
    else:
        _note(kind, row, reading, stream, changes, state.procedure(row.stream))


def _note(
    kind: str, row: Row, reading: Glance, stream: _Touched, changes: Changes, procedure: Procedure
) -> None:
    """What of a procedure an entry touched that is no vote."""
    if kind in _ABOUT_A_VOTE:
        stream.members[reading.payload["member"]] = None
    if kind in _CONDUCT:
        stream.conducted |= dict.fromkeys(_about(reading.payload, procedure))
    if row.topic == Procedure.Created.TOPIC:
        changes.opened.append(_opened(reading, procedure))
    elif row.topic == DocumentAttached.TOPIC and _all_superseded(procedure.box):
        stream.superseded = True


def _about(payload: dict[str, Any], procedure: Procedure) -> Iterable[str]:
    """The members of whom an entry says something."""
    if "member" in payload:
        return [payload["member"], *([payload["substitute"]] if "substitute" in payload else [])]
    named: list[str] | None = payload["members"]
    return procedure.conduct.own if named is None else named


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


def _conclude_register(changes: Changes, registered: Registered, state: State) -> None:
    changes.bodies, changes.unseated, changes.seated = (
        registered.bodies,
        registered.unseated,
        registered.seated,
    )
    if state.register is not None:
        changes.keyed.extend(registered.keyed(state.register))


def _conclude(changes: Changes, stream: _Touched, procedure: Procedure) -> None:
    """Adds how the procedure stands after the batch."""
    changes.standing.append(stands.standing(stream.id, procedure, stream.last_seq))
    changes.counted.extend(stands.counted(stream.id, procedure))
    if stream.superseded:
        changes.superseded.append(stream.id)
    for member in stream.members:
        vote = stands.voted(stream.id, procedure, member)
        if vote is None:
            changes.withdrawn.append((stream.id, member))
        else:
            changes.voted.append(vote)
    for member in stream.conducted:
        changes.conducted.append(stands.conducted(stream.id, procedure, member))
