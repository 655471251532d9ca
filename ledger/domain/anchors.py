"""Anchors: that somebody outside confirmed a time at which a checkpoint of this log existed (RFC 3161)."""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.sentences import ledgers
from ledger.domain.values import Payload, Place
from ledger.errors import BadShape


class Anchor(NamedTuple):
    """A time-stamp token over a checkpoint. The token lies beside the published log."""

    seq: int
    """Number of the entry that records it."""
    size: int
    root: str
    """Of the tree of that size, base64."""
    tsa: str
    """Id of the time-stamping authority."""
    token_sha256: str
    """Of the response that is kept, hexadecimal."""


def may_anchor(payload: Payload, place: Place) -> None:
    """Returns if the anchored tree can exist: nothing of it comes after this entry. Raises `BadShape`.

    Whether it had this root is shown by the tree itself, not by a rule.
    """
    if payload["size"] > place.seq:
        raise BadShape(ledgers.ANCHOR_TOO_LARGE, size=payload["size"], seq=place.seq)


def anchor_of(payload: Payload, place: Place) -> Anchor:
    """What an `anchored` statement says."""
    return Anchor(place.seq, payload["size"], payload["root"], payload["tsa"], payload["token_sha256"])
