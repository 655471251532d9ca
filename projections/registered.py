"""What a batch changes of the register: bodies, seats and keys, each from one entry to another.

Seats and keys are never overwritten: where one ends, its row says by which entry. So the register as of
any entry is a question of numbers, and nothing has to be replayed for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.register import Register
from projections.lives import key_of, log_key_of
from projections.rows import Row, text
from projections.rows_register import Body, Seated, Unseated, keyed

_LOG_KEYS = ("ledger-created", "log-key-rotated")


@dataclass
class Registered:
    """Collects while the entries of a batch are applied."""

    bodies: list[Row] = field(default_factory=list)
    unseated: list[Row] = field(default_factory=list)
    _seated: dict[tuple[str, str], Seated] = field(default_factory=dict)  # of this batch, and not ended
    _ended: list[Seated] = field(default_factory=list)  # of this batch, and ended in it
    _keys: dict[tuple[str | None, str], None] = field(default_factory=dict)  # a set in the order of the log

    def note(self, kind: str, payload: Mapping[str, Any], seq: int, register: Register) -> None:
        """One entry of the register, which has been applied."""
        if kind == "body-registered":
            self.bodies.append(Body(payload["body"], seq))
        elif kind == "seats-changed":
            self._seats(payload, seq, register)
        elif kind == "ledger-created":
            self._keys |= {(name, key): None for key, name in register.holders.items()}
        elif "subject" in payload:
            self._keys |= {
                (payload["subject"], payload[one]): None for one in ("old", "key") if one in payload
            }
        if kind in _LOG_KEYS:
            self._keys |= {(None, key.vkey): None for key in register.log_keys.all}

    def _seats(self, payload: Mapping[str, Any], seq: int, register: Register) -> None:
        body = payload["body"]
        for member in payload["ended"]:
            self._end(body, member, seq)
        for member in (one["member"] for one in payload["granted"]):
            self._end(body, member, seq)
            seat = register.bodies[body].seats[member]
            said = seat.weight, seat.group, text(seat.substitutes)
            self._seated[body, member] = Seated(body, member, seq, *said, None)

    def _end(self, body: str, member: str, seq: int) -> None:
        """Ends the seat as it was. Where it is older than the batch, there is at most one row to end."""
        seated = self._seated.pop((body, member), None)
        if seated is None:
            self.unseated.append(Unseated(seq, body, member))
        elif seated.since < seq:
            self._ended.append(seated._replace(ended=seq))

    @property
    def seated(self) -> list[Row]:
        """The seats that the batch granted."""
        return [*self._ended, *self._seated.values()]

    def keyed(self, register: Register) -> Iterator[Row]:
        """The keys that the batch touched, as the register has them now."""
        for subject, key in self._keys:
            found = log_key_of(register, key) if subject is None else key_of(register, subject, key)
            yield keyed(found)
