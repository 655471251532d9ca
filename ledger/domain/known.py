"""From a procedure as it stands to what the two questions are asked about: facts in numbers, per item.

All of it costs the same however many votes there are, except where a profile says so: consents that follow
from votes, and the search for members who were never reached, look at every member once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.circulation import Circulation
from ledger.domain.counting import Part, Poll
from ledger.domain.profile import persons

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def circulation_of(procedure: Procedure, item: str) -> Circulation:
    """What is known for the first question."""
    profile, conduct, box = procedure.profile, procedure.conduct, procedure.box
    consents, weight, implied = _consents(procedure, item)
    asks_all = profile.reach == "everyone" or _given_up(procedure)
    chair = procedure.opening["chair"]
    return Circulation(
        seats=len(procedure.electorate.seats),
        weight=procedure.electorate.weight,
        heads=box.heads[item],
        consents=consents,
        consent_weight=weight,
        objections=len(conduct.objections),
        excluded=len(box.excluded[item]),
        void=sum(box.void[item].values()),
        unreached=conduct.unreached(box.votes) if asks_all else 0,
        demands=len(conduct.demands[item]),
        election=bool(persons(procedure.items[item]["options"])),
        chair_took_part=chair is not None and box.voted_on(chair, item),
        implied=implied,
        groups=_heads_by_group(procedure, item) if profile.quorum and profile.quorum.groups else {},
    )


def _given_up(procedure: Procedure) -> bool:
    """Whether it was closed although the deadline of somebody had not begun.

    Whatever the profile says of reaching everyone: a clerk who records no receipt must not choose who votes.
    """
    closing = procedure.closing
    return procedure.profile.deadline == "personal" and closing is not None and closing["reason"] == "chair"


def poll_of(procedure: Procedure, item: str) -> Poll:
    """What is counted."""
    box, profile, chair = procedure.box, procedure.profile, procedure.opening["chair"]
    excluded = box.excluded[item]
    aside = sum(box.votes[member].weight for member in excluded if _counts(procedure, member))
    aside += sum(weight * votes for (_, weight, _), votes in box.void[item].items())
    chair_vote = None
    if chair is not None and box.voted_on(chair, item):
        chair_vote = box.votes[chair].choices[item]
    return Poll(
        counts=dict(box.counts[item]),
        members=procedure.electorate.weight,
        present=_present(procedure, item),
        casting_vote=None if chair in box.conflicted[item] else box.casting.get(item),
        participating=box.participating - aside,
        excluded=sum(excluded.values()),
        chair_vote=chair_vote,
        groups=_parts(procedure, item) if profile.groups == "each" else {},
    )


def _counts(procedure: Procedure, member: str) -> bool:
    return member in procedure.box.votes and not procedure.box.superseded(member)


def _present(procedure: Procedure, item: str) -> int:
    box = procedure.box
    there = sum(box.counts[item].values())
    for member in box.present:
        if not box.voted_on(member, item) and member not in box.excluded[item]:
            seat = procedure.conduct.seat(member)
            there += seat.weight if seat else 0
    return there


def _consents(procedure: Procedure, item: str) -> tuple[int, int, dict[str, int]]:
    """Members who consent to deciding this item by circulation, their weight, and by which votes alone."""
    rule, consents, box = procedure.profile.procedure_consent, procedure.conduct.consents, procedure.box
    implied: dict[str, int] = {}
    if rule is None:
        return 0, 0, implied
    heads, weight = consents.heads.get(item, 0), consents.weights.get(item, 0)
    if procedure.profile.exclusion == "both":
        for member, own in box.excluded[item].items():
            if item in consents.declared.get(member, ()):
                heads, weight = heads - 1, weight - own
    if rule.implied != "none":
        for member, vote in box.votes.items():
            said = vote.choices.get(item) == "yes" if rule.implied == "yes" else item in vote.choices
            explicit = member in consents.declared or member in consents.revoked
            if said and not explicit and box.voted_on(member, item):
                heads, weight = heads + 1, weight + vote.weight
                implied[vote.choices[item]] = implied.get(vote.choices[item], 0) + 1
    return heads, weight, implied


def _parts(procedure: Procedure, item: str) -> dict[str, Part]:
    box, seats = procedure.box, procedure.electorate.seats.values()
    excluded: dict[str | None, int] = {}
    for member, weight in box.excluded[item].items():
        seat = procedure.conduct.seat(member)
        group = seat.group if seat else None
        excluded[group] = excluded.get(group, 0) + weight
    members = {group: sum(seat.weight for seat in seats if seat.group == group) for group in box.groups}
    return {
        group: Part(dict(counts[item]), members[group], excluded.get(group, 0))
        for group, counts in box.groups.items()
    }


def _heads_by_group(procedure: Procedure, item: str) -> dict[str, tuple[int, int]]:
    took_part: dict[str | None, int] = {}
    for (_, _, group), votes in procedure.box.classes[item].items():
        took_part[group] = took_part.get(group, 0) + votes
    seats = procedure.electorate.groups.items()
    return {group: (took_part.get(group, 0), number) for group, number in seats if group is not None}
