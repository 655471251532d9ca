"""Councils, committees, assemblies: who has a seat, and who had one at any earlier point."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.values import Electorate, Seat


@dataclass
class Body:
    """A council, committee or assembly: its seats now, and how they came about."""

    as_of: str
    seats: dict[str, Seat] = field(default_factory=dict)
    changes: list[tuple[str, dict[str, Seat], tuple[str, ...]]] = field(default_factory=list)
    electorates: dict[str, Electorate] = field(default_factory=dict)

    def change(self, leaf: str, granted: dict[str, Seat], ended: tuple[str, ...]) -> None:
        """Applies one change of seats, recorded at `leaf`."""
        for member in ended:
            del self.seats[member]
        self.seats.update(granted)
        self.changes.append((leaf, granted, ended))
        self.as_of = leaf

    def electorate(self, as_of: str) -> Electorate:
        """The seats as they stood after the change at `as_of`; raises `KeyError` if there was none."""
        if as_of not in self.electorates:
            seats = self.seats if as_of == self.as_of else self._rebuilt(as_of)
            self.electorates[as_of] = Electorate(as_of, seats)
        return self.electorates[as_of]

    def _rebuilt(self, as_of: str) -> dict[str, Seat]:
        past = Body(as_of="")
        for change in self.changes:
            past.change(*change)
            if past.as_of == as_of:
                return past.seats
        raise KeyError(as_of)
