"""Who took part, and how: seat by seat of the frozen electorate."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.procedure import Procedure
from ledger.domain.values import Seat, Vote
from projections import stands
from projections.report.model import Cast, Participant
from projections.report.names import Names


def participants_of(
    procedure: Procedure, names: Names, *, withheld: bool, secret: frozenset[str]
) -> tuple[Participant, ...]:
    """All seats in the register's order. On items in `secret` no single vote is told."""
    return tuple(_participants(procedure, names, withheld, secret))


def _participants(
    procedure: Procedure, names: Names, withheld: bool, secret: frozenset[str]
) -> Iterator[Participant]:
    seats = zip(procedure.electorate.seats, procedure.conduct.members(), strict=True)
    for member, (voter, seat) in seats:
        yield _participant(procedure, names, member, voter, seat)._replace(
            vote=_vote(procedure, voter, withheld, secret)
        )


def _participant(procedure: Procedure, names: Names, member: str, voter: str, seat: Seat) -> Participant:
    conduct = procedure.conduct
    proxy = conduct.proxies.get(voter)
    return Participant(
        member=names.person(member),
        substitute=None if voter == member else names.person(voter),
        group=seat.group,
        weight=seat.weight,
        deadline=conduct.deadline(voter),
        consents=tuple(stands.consents(procedure, voter) or ()),
        objected_at=conduct.objections.get(voter),
        excluded=tuple(stands.excluded(procedure, voter)),
        proxy=None if proxy is None else names.person(proxy),
        vote=None,
    )


def _vote(procedure: Procedure, voter: str, withheld: bool, secret: frozenset[str]) -> Cast | None:
    vote: Vote | None = procedure.box.votes.get(voter)
    if vote is None:
        return None
    choices = {item: option for item, option in vote.choices.items() if item not in secret}
    return Cast(
        entry=vote.seq,
        at=vote.at,
        leaf=vote.leaf,
        choices=None if withheld else choices,
        provenance=vote.provenance,
        late=vote.late,
        counts=procedure.box.counts_for(voter),
    )
