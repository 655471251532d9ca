"""What a report is checked by: checks, keys, seats over time, anchors."""

from __future__ import annotations

from typing import NamedTuple

from projections.report.model_texts import Named


class Fault(NamedTuple):
    """A check that does not hold."""

    entry: int | None
    message: str
    expected: str
    found: str
    german: str
    """`message` in German; empty where it is said in English only."""


class Check(NamedTuple):
    """A numbered check of the format, and what came of it."""

    number: str
    sentence: str
    result: str
    """holds, fails, not-made."""
    made: int
    """How many times it was made."""
    faults: tuple[Fault, ...]


class Key(NamedTuple):
    """A key, and for which entries it counts."""

    owner: Named
    roles: tuple[str, ...]
    key: str
    """Public key in base64; of the log its verification key (C2SP vkey)."""
    key_id: str
    """Hexadecimal, as envelopes name it; of a log key empty."""
    since: int
    """Number of the entry that named it."""
    ended: int | None
    """Number of the entry that ended it."""
    reason: str | None


class SeatsChanged(NamedTuple):
    """A change of the seats of the body."""

    entry: int
    at: str
    actor: Named
    granted: tuple[str, ...]
    ended: tuple[str, ...]
    seats: int
    """Seats after it."""
    counts: bool
    """Whether the electorate of this procedure contains it."""


class Anchor(NamedTuple):
    """A time stamp over a checkpoint (RFC 3161), as an entry names it."""

    entry: int
    at: str
    size: int
    tsa: str
    token_sha256: str


class WholeLog(NamedTuple):
    """An audit of the whole log, as it was when the report was made: it may go further than the position."""

    entries: int
    head: str
    """Leaf hash of the last entry, base64."""
    checks: tuple[Check, ...]


class Evidence(NamedTuple):
    """What only the audit report holds."""

    checks: tuple[Check, ...]
    keys: tuple[Key, ...]
    seats: tuple[SeatsChanged, ...]
    anchors: tuple[Anchor, ...]
    entries: int
    """Entries of the procedure and the register that were checked."""
    whole: WholeLog | None
    """None where only this procedure was looked at."""
