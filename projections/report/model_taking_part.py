"""Who took part, and what happened, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from projections.report.model_texts import Erasure, Named, Text


class Cast(NamedTuple):
    """A member's vote as it stands."""

    entry: int
    at: str
    leaf: str
    choices: Mapping[str, str] | None
    """Item → option; None while it is withheld."""
    provenance: str
    """own-key, proxy, portal-attested or clerk-recorded."""
    late: bool
    """In time only because the deadline was extended."""
    counts: bool
    """False where the member is excluded, or the ballot paper changed since."""


class Participant(NamedTuple):
    """A seat of the frozen electorate, and who voted for it."""

    member: Named
    substitute: Named | None
    group: str | None
    weight: int
    deadline: str | None
    """Until when this member may act; None: until the closing."""
    consents: tuple[str, ...]
    """Items for which the member consented to deciding by circulation."""
    objected_at: str | None
    excluded: tuple[str, ...]
    """Items from which the member is excluded."""
    proxy: Named | None
    vote: Cast | None


class Event(NamedTuple):
    """An entry of the procedure."""

    entry: int
    at: str
    kind: str
    actor: Named
    leaf: str
    statement: str
    """Digest of what was signed, hexadecimal; empty while it is withheld."""
    key_ids: tuple[str, ...]
    """Ids of the keys that signed, hexadecimal."""
    payload: Mapping[str, Any]
    """What was signed; `choices` and `tally` are null while they are withheld."""
    texts: tuple[Text, ...]
    """Reasons, grounds and places that it names by digest; those of an opening stand with its items."""


class Document(NamedTuple):
    """A document of the ballot paper."""

    sha256: str
    size: int
    media_type: str
    item: str | None
    entry: int
    """Number of the entry that attached it."""
    kept: bool
    """Whether a file with this digest lies beside the log."""
    erased: Erasure | None
