"""From a batch of entries to what has to be written.

Nothing is counted here. Each entry is applied to the domain's own aggregates (`ledger.state`), and what
is written is how they stand after the last entry of the batch. So the rows do not depend on where a
batch begins or ends, and writing the same batch into the same views gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.domain import EventSourcingError

from ledger.domain.ballot_box import BallotBox
from ledger.domain.procedure import Procedure
from ledger.errors import ProofError
from ledger.mapper import Glance, glance_entry
from ledger.proof.sentences import verification
from ledger.proof.statement import KIND_OF_TOPIC
from ledger.state import State
from projections import rows as written
from projections import stands
from projections.changes import Changes
from projections.registered import Registered
from projections.rows import Mark
from projections.rows_register import Act
from projections.touched import Touched

if TYPE_CHECKING:
    from ledger.storage.recorder import Row

_ABOUT_A_VOTE = {"vote-cast", "vote-withdrawn", "member-excluded", "exclusion-lifted", "substitute-named"}
_EXCLUSIONS = {"member-excluded", "exclusion-lifted"}
"""Kinds that also say whether votes count which the member gave for others."""
_CONDUCT = {
    *("consent-declared", "consent-revoked", "objection-raised", "secret-ballot-demanded"),
    *("proxy-given", "proxy-revoked", "member-excluded", "exclusion-lifted"),
    *("delivery-recorded", "substitute-named", "deadline-extended"),
}
"""Kinds that change what is known of members beside their votes."""


def collect(after: int, rows: Sequence[Row], state: State) -> Changes:
    """Applies the entries that follow entry `after`, up to which `state` goes, and says what they changed.

    Raises `ProofError` at an entry that cannot be applied, which only a damaged log has; then `state`
    is of no use any more.
    """
    batch = _Batch(after, state)
    for row in rows:
        try:
            batch.add(row)
        except (EventSourcingError, LookupError, TypeError, AttributeError) as error:
            what = verification.CANNOT_BE_APPLIED
            raise ProofError(what, seq=row.seq, error=repr(error)) from error
    return batch.concluded()


class _Batch:
    """The entries of a batch, one after the other."""

    def __init__(self, after: int, state: State) -> None:
        self._state, self._changes, self._registered = state, Changes(after), Registered()
        self._touched: dict[UUID, Touched] = {}
        self._latest: Touched | None = None

    def add(self, row: Row) -> None:
        """Applies the next entry, and notes what it is about."""
        touched = self._latest
        if touched is None or row.stream != touched.stream:
            touched = self._latest = self._touch(row)
        reading, kind = glance_entry(row.state), KIND_OF_TOPIC[row.topic]
        if kind in _ABOUT_A_VOTE:
            touched.about_vote_of(reading.payload["member"])
        if kind in _EXCLUSIONS:
            touched.about_votes_by(reading.payload["member"])
        self._state.apply(row.topic, touched.stream, row.pos, reading)
        self._place = reading.place
        touched.seqs.append(row.seq)
        if kind != "vote-cast":
            self._note(kind, row, reading, touched)

    def concluded(self) -> Changes:
        """How everything that was touched stands after the last entry."""
        changes, state = self._changes, self._state
        changes.mark = Mark(self._place.seq, self._place.leaf)
        for touched in self._touched.values():
            touched.conclude(changes)
        if state.register is not None:
            registered = self._registered
            changes.bodies, changes.unseated = registered.bodies, registered.unseated
            changes.seated = registered.seated
            changes.keyed.extend(registered.keyed(state.register))
        return changes

    def _touch(self, row: Row) -> Touched:
        touched = self._touched.get(row.stream)
        if touched is None:
            # One that began before the batch comes into memory, if it is not there.
            begun = row.pos > 1 and row.stream != self._state.register_id
            procedure = self._state.known(row.stream) if begun else None
            touched = self._touched[row.stream] = Touched(row.stream, procedure)
        return touched

    def _note(self, kind: str, row: Row, reading: Glance, touched: Touched) -> None:
        """What an entry touched that is no vote."""
        self._changes.acts.append(Act(row.seq, kind, str(row.stream), reading.place.at))
        if row.stream == self._state.register_id:
            if self._state.register is not None:
                self._registered.note(kind, reading.payload, row.seq, self._state.register)
            return
        procedure = touched.procedure = self._state.procedure(row.stream)
        if kind in _CONDUCT:
            touched.conducted |= dict.fromkeys(_about(reading.payload, procedure))
        elif kind == "procedure-opened":
            view = stands.procedure_view(procedure)
            self._changes.opened.append(written.opened(view, reading.text))
        elif kind == "document-attached" and _all_superseded(procedure.box):
            touched.superseded = True


def _about(payload: dict[str, Any], procedure: Procedure) -> Iterable[str]:
    """The members of whom an entry says something."""
    if "member" in payload:
        return [payload["member"], *([payload["substitute"]] if "substitute" in payload else [])]
    named: list[str] | None = payload["members"]
    return procedure.conduct.own if named is None else named


def _all_superseded(box: BallotBox) -> bool:
    """Just after a new paper came: whether it left the votes without effect. All share one fate."""
    return any(box.superseded(member) for member in islice(box.votes, 1))
