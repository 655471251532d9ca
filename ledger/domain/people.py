"""People and services, and the life of their keys. Keys are named by their public key in base64."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.values import Payload, Place


@dataclass
class KeyLife:
    """From which entry to which a key stands in the register, and who saw to it."""

    since: int
    """Number of the entry that registered it: it is live from the next one on."""
    by: str
    """Actor of that entry."""
    ended: int | None = None
    """Number of the entry that replaced or revoked it: the last one for which it is live."""
    ended_by: str | None = None
    reason: str | None = None
    """Why it was revoked, or `rotated`."""


@dataclass
class Person:
    """Somebody or something that signs."""

    roles: frozenset[str]
    keys: dict[str, KeyLife] = field(default_factory=dict)

    @property
    def live_keys(self) -> list[str]:
        """The keys with which this person may sign now."""
        return [key for key, life in self.keys.items() if life.ended is None]

    def end(self, key: str, payload: Payload, place: Place) -> None:
        """Ends a key, with what `key-rotated` or `key-revoked` says."""
        life = self.keys.setdefault(key, KeyLife(place.seq, payload["actor"]))
        life.ended, life.ended_by = place.seq, payload["actor"]
        life.reason = payload.get("reason", "rotated")
