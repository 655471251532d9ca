"""The model of taking part: who votes in a procedure, how far, and how. See `model.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class VoteView(NamedTuple):
    """A member's vote as it stands."""

    member: str
    choices: Mapping[str, str]
    weight: int
    seq: int
    at: str
    leaf: str
    """Leaf hash of its entry: what a next vote names in `replaces`."""
    counts: bool
    """False where it has to be confirmed on a new ballot paper, or who gave it or for whom is excluded."""
    provenance: str
    """How it came: own-key, proxy, portal-attested or clerk-recorded."""
    late: bool
    """In time only because the deadline was extended."""


class Conduct(NamedTuple):
    """What is known of somebody in a procedure beside seat and vote."""

    stands_for: str | None
    replaced_by: str | None
    received_at: str | None
    own_deadline: str | None
    excluded: list[str]
    consents: list[str] | None
    objected_at: str | None
    demands: list[str]
    proxy: str | None


class MemberView(NamedTuple):
    """Somebody who votes in a procedure, or did before a substitute came, as things stand there."""

    member: str
    weight: int
    group: str | None
    stands_for: str | None
    """The member whose seat a substitute has taken."""
    replaced_by: str | None
    """The substitute who has taken this member's place."""
    received_at: str | None
    """When the documents were received, where that is on record."""
    deadline: str | None
    """Until when this member may act: the own deadline, or the common one; None while none runs."""
    excluded: list[str]
    """Items from which the member is excluded (Mitwirkungsverbot)."""
    consents: list[str] | None
    """Items on which the member declared consent to deciding by circulation; None without a declaration."""
    objected_at: str | None
    demands: list[str]
    """Items on which the member demands a secret ballot."""
    proxy: str | None
    """Who votes for the member."""
    vote: VoteView | None
    """The vote as it stands."""


def member_view(
    member: str, seat: tuple[int, str | None], conduct: Conduct, vote: VoteView | None, common: str | None
) -> MemberView:
    """A member from the seat (weight and group), what else is known, the vote and the common deadline."""
    deadline = common if conduct.own_deadline is None else conduct.own_deadline
    return MemberView(
        member,
        *seat,
        conduct.stands_for,
        conduct.replaced_by,
        conduct.received_at,
        deadline,
        conduct.excluded,
        conduct.consents,
        conduct.objected_at,
        conduct.demands,
        conduct.proxy,
        vote,
    )
