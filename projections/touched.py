"""What a batch touched of one stream, and how that stands after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from ledger.domain.procedure import Procedure
from projections import rows, stands
from projections.changes import Changes
from projections.rows_register import Streamed


@dataclass
class Touched:
    """Is told of each entry of the stream in the batch."""

    stream: UUID
    procedure: Procedure | None
    """None before its opening, and for the register."""
    seqs: list[int] = field(default_factory=list)
    """Numbers of the entries."""
    superseded: bool = False
    """Whether a new ballot paper left the votes without effect."""
    voters: dict[str, bool] = field(default_factory=dict)
    """Whose vote, in the order of the log → whether one of theirs stood before the batch."""
    conducted: dict[str, None] = field(default_factory=dict)  # a set in the order of the log

    def about_vote_of(self, member: str) -> None:
        """Before an entry about the member's vote is applied."""
        if member not in self.voters:
            self.voters[member] = self.procedure is not None and member in self.procedure.box.votes

    def about_votes_by(self, proxy: str) -> None:
        """Before an entry about the votes that somebody gave for others is applied."""
        for member in self.procedure.box.given_by(proxy) if self.procedure is not None else ():
            self.about_vote_of(member)

    def conclude(self, changes: Changes) -> None:
        """Adds the entries, and how the procedure stands after them."""
        name = str(self.stream)
        changes.streamed += [Streamed(name, seq) for seq in self.seqs]
        if self.procedure is not None:
            changes.standing.append(rows.standing(stands.procedure_view(self.procedure)))
            changes.counted.extend(
                rows.counted(name, stands.tally(self.procedure), stands.groups(self.procedure))
            )
            self._members(changes, name, self.procedure)

    def _members(self, changes: Changes, name: str, procedure: Procedure) -> None:
        if self.superseded:
            changes.superseded.append((name,))
        for member, stood in self.voters.items():
            vote = stands.vote(procedure, member)
            if vote is not None:
                (changes.changed if stood else changes.voted).append(rows.voted(name, vote))
            elif stood:
                changes.outdated.append((name, member))
        for member in self.conducted:
            changes.conducted.append(rows.conducted(name, member, stands.conduct(procedure, member)))
