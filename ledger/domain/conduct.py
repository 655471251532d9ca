"""How a procedure is conducted: who was reached until when, consents, objects, represents whom.

Assigns only; the rules are elsewhere. Nothing here is touched by a vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ledger.domain.values import Electorate, Seat


@dataclass
class Consents:
    """Who consents to deciding by circulation, and on which items; counted with every change."""

    items: tuple[str, ...]
    declared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Member → items."""
    revoked: set[str] = field(default_factory=set)
    """Members who took their consent back: their votes imply none."""
    heads: dict[str, int] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)

    def declare(self, member: str, items: Iterable[str] | None, weight: int) -> None:
        """The member's consent to these items (None: to all), in place of an earlier one."""
        self.revoke(member, weight)
        self.revoked.discard(member)
        self.declared[member] = self.items if items is None else tuple(items)
        self._count(member, weight, +1)

    def revoke(self, member: str, weight: int) -> None:
        """Takes the member's consent back."""
        if member in self.declared:
            self._count(member, weight, -1)
            del self.declared[member]
        self.revoked.add(member)

    def _count(self, member: str, weight: int, sign: int) -> None:
        for item in self.declared[member]:
            self.heads[item] = self.heads.get(item, 0) + sign
            self.weights[item] = self.weights.get(item, 0) + sign * weight


class Conduct:
    """Deadlines, seats and declarations of one procedure."""

    def __init__(self, items: tuple[str, ...], electorate: Electorate, closes_at: str | None) -> None:
        self._electorate = electorate
        self.first_deadline = self.common = closes_at
        """The common deadline as it was opened, and as it is now; None where there is none."""
        self.delivered: dict[str, str] = {}
        """Member → when the documents were received."""
        self.own: dict[str, str] = {}
        """Member → own deadline, where it differs from the common one."""
        self.first_own: dict[str, str] = {}
        """The same, before it was extended."""
        self.extensions = 0
        self.consents = Consents(items)
        self.objections: dict[str, str] = {}
        """Who objected → when."""
        self.demands: dict[str, set[str]] = {item: set() for item in items}
        """Item → members who demand a secret ballot on it."""
        self.replaced: dict[str, str] = {}
        """Member → the substitute in their place."""
        self.standing_in: dict[str, str] = {}
        """Substitute → the member whose seat it is."""
        self.proxies: dict[str, str] = {}
        """Member → who votes for them."""
        self.attempts: dict[str, int] = {}
        """Code → refused attempts on record."""
        self.attempted: set[str] = set()
        """Digests of the statements that were refused."""

    # ── seats ──────────────────────────────────────────────────────────────────────────────────

    def seat(self, member: str) -> Seat | None:
        """The seat for which this member votes in this procedure, or None."""
        if member in self.replaced:
            return None
        return self._electorate.seats.get(self.standing_in.get(member, member))

    def held(self, member: str) -> Seat:
        """The same for who must have one. Raises `KeyError`."""
        seat = self.seat(member)
        if seat is None:
            raise KeyError(member)
        return seat

    def members(self) -> Iterator[tuple[str, Seat]]:
        """Who votes here, with their seats."""
        for member, seat in self._electorate.seats.items():
            yield self.replaced.get(member, member), seat

    def replace(self, member: str, substitute: str) -> None:
        """The substitute takes the member's place: with the seat, and with nothing that the member said."""
        seat = self._electorate.seats[self.standing_in.get(member, member)]
        self.consents.revoke(member, seat.weight)
        self.proxies.pop(member, None)
        seated = self.standing_in.pop(member, member)
        self.replaced[seated] = substitute
        if member != seated:
            self.replaced[member] = substitute
        self.standing_in[substitute] = seated

    # ── deadlines ──────────────────────────────────────────────────────────────────────────────

    def deadline(self, member: str) -> str | None:
        """Until when this member may act; None: until the closing, or as long as nothing was received."""
        return self.own.get(member, self.common)

    def is_late(self, member: str, at: str) -> bool:
        """Whether an act at this time is in time only because the deadline was extended."""
        if not self.extensions:
            return False
        first = self.first_own.get(member, self.first_deadline)
        return first is not None and at >= first

    def last_deadline(self, *, personal: bool) -> str | None:
        """When voting ends for the last one; None while somebody has no deadline yet."""
        if not personal:
            return max((at for at in (self.common, *self.own.values()) if at is not None), default=None)
        ends = [self.own.get(member) for member, _ in self.members()]
        return None if None in ends else max((end for end in ends if end), default=None)

    def last_own(self) -> str | None:
        """The last of the deadlines that began with a receipt; None if there was none yet."""
        return max((self.own[member] for member, _ in self.members() if member in self.own), default=None)

    def without_deadline(self) -> int:
        """Members whose own deadline has not begun, where each has one."""
        return sum(1 for member, _ in self.members() if member not in self.own)

    def deliver(self, members: Iterable[str], received_at: str, closes_at: str | None) -> None:
        """These members received the documents; from then on their own deadline runs, if there is one."""
        for member in members:
            self.delivered[member] = received_at
            if closes_at is not None:
                self.own[member] = self.first_own[member] = closes_at

    def extend(self, closes_at: str, members: Iterable[str] | None) -> None:
        """A later deadline, for all or for these members. What was recorded before stays as it is."""
        self.extensions += 1
        if members is None and self.common is not None:
            self.common = closes_at
            members = [member for member, own in self.own.items() if own < closes_at]
        for member in self._all() if members is None else members:
            before = self.deadline(member)
            if before is not None:
                self.first_own.setdefault(member, before)
            self.own[member] = closes_at

    def _all(self) -> list[str]:
        return [member for member, _ in self.members() if member in self.own]

    # ── declarations ───────────────────────────────────────────────────────────────────────────

    def principals(self, proxy: str) -> int:
        """For how many members this person votes."""
        return sum(1 for named in self.proxies.values() if named == proxy)

    def unreached(self, voted: Mapping[str, object]) -> int:
        """Members who neither received anything on record nor voted."""
        if len(self.delivered) >= len(self._electorate.seats) and not self.replaced:
            return 0
        return sum(1 for member, _ in self.members() if member not in self.delivered and member not in voted)

    def attempt(self, code: str, statement: str) -> None:
        """A refused attempt goes on record."""
        self.attempts[code] = self.attempts.get(code, 0) + 1
        self.attempted.add(statement)
