"""The model of entries and of the register: what happened, keys, bodies and seats. See `model.py`."""

from __future__ import annotations

from typing import Any, NamedTuple


class HistoryRow(NamedTuple):
    """One entry, for people."""

    seq: int
    at: str
    kind: str
    actor: str
    stream: str
    """UUID of the procedure or of the register."""
    pos: int
    leaf: str
    statement: str
    """Digest of the signed statement, hexadecimal."""
    payload: dict[str, Any]


class Key(NamedTuple):
    """A key and its life, by the numbers of entries. Entries act from the one after them on."""

    key: str
    """Public key, base64; of the log itself a vkey (C2SP signed-note)."""
    subject: str | None
    """Whose key it is; None for the log itself."""
    roles: list[str]
    """Of the log's keys: the kind, as Ed25519."""
    since: int
    by: str
    ended: int | None
    ended_by: str | None
    reason: str | None
    """Why it was revoked, or `rotated`."""


class KeyView(NamedTuple):
    """The same with the times of these entries."""

    key: str
    subject: str | None
    roles: list[str]
    since: int
    """Number of the entry that named it."""
    since_at: str
    by: str
    """Who signed that entry."""
    ended: int | None
    """Number of the entry that replaced or revoked it."""
    ended_at: str | None
    ended_by: str | None
    reason: str | None
    """Why it was revoked, or `rotated`."""


class BodyView(NamedTuple):
    """A council, committee or assembly."""

    body: str
    since: int
    since_at: str
    seats: int


class SeatView(NamedTuple):
    """A seat in a body, as of an entry."""

    member: str
    weight: int
    group: str | None
    substitutes: list[str]
    since: int
    """Number of the entry that granted it, or changed its weight, group or substitutes last."""
    since_at: str


class KindView(NamedTuple):
    """How many entries of a kind there are, and which is the last."""

    kind: str
    entries: int
    last_seq: int
