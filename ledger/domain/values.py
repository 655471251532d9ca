"""The small values of the rules: where an entry stands, who has a seat, what a vote says.

Times are text, RFC 3339 in UTC with milliseconds: in this one form they compare as text. Leaf
hashes, digests and keys are opaque text here; `ledger.proof` knows what they mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

Payload = Mapping[str, Any]
"""The members of a statement, as `ledger.proof.statement` describes them."""


class Place(NamedTuple):
    """Where and when a statement stands in the log."""

    seq: int
    """Number of the entry, from 0."""
    at: str
    """Time of the entry, as the service claims it."""
    leaf: str
    """Leaf hash of the entry, base64."""


class Seat(NamedTuple):
    """A seat in a body: how much the vote weighs and for which group it counts."""

    weight: int = 1
    group: str | None = None
    substitutes: tuple[str, ...] = ()
    """Who may take this seat's place in a procedure."""


@dataclass(frozen=True, eq=False)
class Electorate:
    """Who may vote: the seats of a body as they stood at one point of the register.

    Frozen and shared between all procedures that were opened on it.
    """

    as_of: str
    """Leaf hash of the body's last `seats-changed` entry: it links to everything before."""
    seats: Mapping[str, Seat]

    def __post_init__(self) -> None:
        object.__setattr__(self, "seats", MappingProxyType(dict(self.seats)))
        object.__setattr__(self, "weight", sum(seat.weight for seat in self.seats.values()))
        object.__setattr__(self, "groups", Counter(seat.group for seat in self.seats.values()))

    weight: int = 0
    """Sum of all weights: what "all members" means in a majority of members."""
    groups: Mapping[str | None, int] = field(default_factory=dict)
    """Group → its seats; None for the seats that belong to none."""


class Vote(NamedTuple):
    """A member's vote as it stands."""

    choices: Mapping[str, str]
    """Item → option."""
    leaf: str
    """Leaf hash of the entry: what the next vote of this member must name in `replaces`."""
    ballot: str
    """Digest of the ballot paper on which it was given."""
    seq: int
    at: str
    weight: int
    group: str | None = None
    late: bool = False
    """Given after the first deadline, in time only because that was extended."""
    provenance: str = "own-key"
    """How it came: own-key, proxy, portal-attested or clerk-recorded."""
    proxy: str | None = None
    """Who voted for the member, where a proxy did."""
