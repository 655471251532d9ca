"""Totals by group (Fraktion): the votes that count, apart for each group of the electorate.

Nothing is counted for them: the ballot box keeps how many votes are equal. A group may have one member, or be
of one mind, so its totals tell what single members chose: whoever may not know that must not see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


class GroupTotal(NamedTuple):
    """How a group voted on an item."""

    group: str | None
    """None for the seats that belong to none."""
    members: int
    """Seats of the frozen electorate."""
    voted: int
    """Members whose vote counts on the item."""
    counts: Mapping[str, int]
    """Option → sum of the weights of their votes; every option is named, in its order."""


def by_group(procedure: Procedure, item: str) -> list[GroupTotal]:
    """The groups by name, seats without one last; empty where no seat has a group.

    A substitute's vote is one of the group whose seat it is.
    """
    seats = procedure.electorate.groups
    if seats.keys() <= {None}:
        return []
    counts = {group: dict.fromkeys(procedure.items[item]["options"], 0) for group in seats}
    voted = dict.fromkeys(seats, 0)
    for (option, weight, group), votes in procedure.box.classes[item].items():
        counts[group][option] += weight * votes
        voted[group] += votes
    order = sorted(seats, key=lambda group: (group is None, group))
    return [GroupTotal(group, seats[group], voted[group], counts[group]) for group in order]
