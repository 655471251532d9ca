"""Who has to sign which statement, in the order in which the signatures stand in the envelope.

===============  ====================================================================================
ledger-created   every registrar that it names, then the service: all with the keys it names
key-registered   a registrar (the actor), then the new key
vote-cast        the actor; where a clerk records it, the witness as well
result-corrected the actor, then the witness
key-rotated      the old key, then the new one; or, when the old one is lost, a registrar (the
                 actor), then the new key
everything else  the actor, with any live key
===============  ====================================================================================
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.values import Payload


class Signer(NamedTuple):
    """One required signature: by any live key of `person`, or, if set, by exactly `key` (base64)."""

    person: str | None
    key: str | None = None


def signers(kind: str, payload: Payload) -> tuple[Signer, ...]:
    """The signatures that a statement needs, no more and no fewer."""
    actor = payload["actor"]
    if kind == "ledger-created":
        holders = [*payload["registrars"], payload["service"]]
        return tuple(Signer(None, holder["key"]) for holder in holders)
    if kind == "key-registered":
        return Signer(actor), Signer(None, payload["key"])
    if kind == "key-rotated":
        old = payload["old"] if actor == payload["subject"] else None
        return Signer(actor, old), Signer(None, payload["key"])
    if kind == "result-corrected" or "witness" in payload.get("provenance", ()):
        witness = payload["witness"] if "witness" in payload else payload["provenance"]["witness"]
        return Signer(actor), Signer(witness)
    return (Signer(actor),)
