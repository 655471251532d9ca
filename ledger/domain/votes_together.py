"""Votes that follow each other in one procedure, taken in one go: what is the same for all is asked once.

Only where nothing depends on who votes: `may_all_cast` says yes where `may_cast` would let each of them pass,
one after the other. Where it says no, that may still be so, and each is looked at by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.values import Place, Vote

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


class Casts(NamedTuple):
    """Votes on one item each, by columns: where they stand, in order, and what they say."""

    seqs: range
    ats: Sequence[str]
    leaves: Sequence[str]
    actors: Sequence[str]
    ballots: Sequence[str]
    items: Sequence[str]
    options: Sequence[str]
    members: Sequence[str]
    replaces: Sequence[str | None]


def may_all_cast(procedure: Procedure, casts: Casts) -> bool:
    """Whether all of them are usual votes that the rules allow: see above."""
    return (
        casts.actors == casts.members
        and set(casts.ballots) == {procedure.box.ballot}
        and _are_all_alike(procedure)
        and _are_in_time(procedure, casts.ats)
        and _are_first(procedure, casts)
        and all(
            item in procedure.items and option in procedure.items[item]["options"]
            for item, option in set(zip(casts.items, casts.options, strict=True))
        )
    )


def cast_all(procedure: Procedure, casts: Casts) -> None:
    """Assigns votes of which `may_all_cast` says yes, as `Procedure.cast` would."""
    held = [procedure.electorate.seats[member] for member in casts.members]
    weights, groups = [seat.weight for seat in held], [seat.group for seat in held]
    said = list(zip(casts.items, casts.options, strict=True))
    choices = {pair: {pair[0]: pair[1]} for pair in set(said)}
    votes = zip(
        *(map(choices.__getitem__, said), casts.leaves, casts.ballots, casts.seqs, casts.ats),
        *(weights, groups, repeat(False), repeat("own-key"), repeat(None)),
        strict=False,
    )
    equal = Counter(zip(casts.items, casts.options, weights, groups, strict=True))
    made = map(tuple.__new__, repeat(Vote), votes)  # as `Vote._make`, in a third of the time
    procedure.box.put_first(zip(casts.members, made, strict=True), equal)
    procedure.stand(Place(casts.seqs[-1], casts.ats[-1], casts.leaves[-1]), len(casts.seqs))


def _are_all_alike(procedure: Procedure) -> bool:
    """Voting is open, and nobody acts for others, comes in late, or may not take part on some item."""
    conduct, box = procedure.conduct, procedure.box
    return (
        procedure.closing is None
        and procedure.stopped is None
        and procedure.profile.chair_votes != "last"
        and not (conduct.proxies or conduct.replaced or conduct.standing_in or conduct.extensions)
        and not (procedure.referred or box.withdrawn or any(box.conflicted.values()))
    )


def _are_in_time(procedure: Procedure, ats: Sequence[str]) -> bool:
    """After the opening time, and before anybody's deadline."""
    ends = {procedure.conduct.common, *procedure.conduct.own.values()}
    last = max(ats)
    return min(ats) >= procedure.opening["opens_at"] and all(end is None or last < end for end in ends)


def _are_first(procedure: Procedure, casts: Casts) -> bool:
    """Each is the only vote of a member of the electorate, in nobody's place."""
    members = set(casts.members)
    return (
        len(members) == len(casts.members)
        and not any(casts.replaces)
        and procedure.electorate.seats.keys() >= members
        and procedure.box.votes.keys().isdisjoint(members)
    )
