"""Who took part, and how: seat by seat of the frozen electorate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from projections.model_members import MemberView, VoteView
from projections.report.model import Cast, Participant
from projections.report.names import Names


def participants_of(
    members: Mapping[str, MemberView], names: Names, *, withheld: bool, secret: frozenset[str]
) -> tuple[Participant, ...]:
    """All seats in the register's order, of these members by id. On items in `secret` no vote is told."""
    return tuple(_participants(members, names, withheld, secret))


def _participants(
    members: Mapping[str, MemberView], names: Names, withheld: bool, secret: frozenset[str]
) -> Iterator[Participant]:
    for member in members.values():
        if member.stands_for is None:
            voter = members[member.replaced_by or member.member]
            vote = None if voter.vote is None else _cast(voter.vote, withheld, secret)
            yield _participant(names, member, voter)._replace(vote=vote)


def _participant(names: Names, member: MemberView, voter: MemberView) -> Participant:
    return Participant(
        member=names.person(member.member),
        substitute=None if voter is member else names.person(voter.member),
        group=voter.group,
        weight=voter.weight,
        deadline=voter.deadline,
        consents=tuple(voter.consents or ()),
        objected_at=voter.objected_at,
        excluded=tuple(voter.excluded),
        proxy=None if voter.proxy is None else names.person(voter.proxy),
        vote=None,
    )


def _cast(vote: VoteView, withheld: bool, secret: frozenset[str]) -> Cast:
    choices = {item: option for item, option in vote.choices.items() if item not in secret}
    return Cast(
        entry=vote.seq,
        at=vote.at,
        leaf=vote.leaf,
        choices=None if withheld else choices,
        provenance=vote.provenance,
        late=vote.late,
        counts=vote.counts,
    )
