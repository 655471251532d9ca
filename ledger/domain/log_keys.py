"""The log's own keys, with which its checkpoints are signed: which of them counts for a tree of which size.

A ledger has one key of each kind that it was founded with. A successor takes the place of a key of its own
kind, from the entry after the one that says so: a checkpoint of size s counts if it is signed with the keys
that are current after entry s - 1. The old key may go on signing beside the new one, so that whoever knows
only the old one sees no gap until they have read of the change.

Keys are vkeys (C2SP signed-note), opaque text here but for the byte that names their kind.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.domain.sentences import registers
from ledger.domain.values import Payload, Place
from ledger.errors import KeyNotLive, KeyTaken, NotAllowed

KINDS = {0x01: "Ed25519", 0x06: "ML-DSA-44"}
"""Signature type of a vkey → its name."""


@dataclass
class LogKey:
    """One key, and between which entries it is current."""

    vkey: str
    since: int
    """Number of the entry that named it: it is current from a tree on that contains this entry."""
    by: str
    """Actor of that entry."""
    ended: int | None = None
    """Number of the entry that named its successor."""

    @property
    def kind(self) -> str:
        """Ed25519 or ML-DSA-44."""
        return kind_of(self.vkey)


class LogKeys:
    """All keys that this log ever had, in the order of the log."""

    def __init__(self, payload: Payload, place: Place) -> None:
        """Those of the founding statement."""
        self.all = [LogKey(vkey, place.seq, payload["actor"]) for vkey in payload["log_keys"]]

    def current(self, after: int | None = None) -> list[LogKey]:
        """The keys that are current after entry `after` (or now): those of a tree of `after` + 1 entries."""
        if after is None:
            return [key for key in self.all if key.ended is None]
        return [key for key in self.all if key.since <= after and (key.ended is None or key.ended > after)]

    def may_rotate(self, payload: Payload) -> None:
        """Returns if `new` may take the place of `old`. Raises `KeyNotLive`, `KeyTaken` or `NotAllowed`."""
        old, new = payload["old"], payload["new"]
        if old not in [key.vkey for key in self.current()]:
            raise KeyNotLive(registers.NO_LOG_KEY)
        if new in [key.vkey for key in self.all]:
            raise KeyTaken(registers.LOG_KEY_USED)
        if kind_of(new) != kind_of(old):
            raise NotAllowed(registers.OTHER_KIND, old=kind_of(old), new=kind_of(new))
        require_origin([new], payload["log"])

    def rotate(self, payload: Payload, place: Place) -> None:
        """Puts `new` in the place of `old`."""
        for key in self.current():
            if key.vkey == payload["old"]:
                key.ended = place.seq
        self.all.append(LogKey(payload["new"], place.seq, payload["actor"]))


def kind_of(vkey: str) -> str:
    """The kind of a key."""
    encoded = vkey.split("+", 2)[2]  # a name has no plus sign, base64 may
    return KINDS[base64.b64decode(encoded)[0]]


def may_found(vkeys: list[str], origin: str) -> None:
    """Returns if a ledger may begin with these log keys. Raises `NotAllowed`."""
    kinds = [kind_of(vkey) for vkey in vkeys]
    if len(set(kinds)) < len(kinds) or "Ed25519" not in kinds:
        raise NotAllowed(registers.FIRST_LOG_KEYS)
    require_origin(vkeys, origin)


def require_origin(vkeys: Iterable[str], origin: str) -> None:
    """Returns if all keys sign in the name of this log. Raises `NotAllowed`."""
    for vkey in vkeys:
        if vkey.split("+", 1)[0] != origin:
            raise NotAllowed(registers.OTHER_NAME, origin=origin, name=vkey.split("+", 1)[0])
