"""Who has to sign which statement, in the order in which the signatures stand in the envelope.

===============  ====================================================================================
ledger-created   every registrar that it names, then the service: all with the keys it names
key-registered   a registrar (the actor), then the new key
vote-cast        the actor; where a clerk records it, the witness as well
result-corrected the actor, then the witness
key-rotated      the old key, then the new one; or, when the old one is lost, a registrar (the
                 actor), then the new key
log-key-rotated  the old log key, the new one, then a registrar (the actor); or, when the old one is
                 lost, the new one, a registrar (the actor), then another registrar (`second`)
redacted         the actor, then the second person (`authority`)
everything else  the actor, with any live key
===============  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ledger.domain.values import Payload


class Signer(NamedTuple):
    """One required signature: by any live key of `person`, or, if set, by exactly `key` or `vkey`."""

    person: str | None
    key: str | None = None
    """A public key in base64."""
    vkey: str | None = None
    """A log key."""


def signers(kind: str, payload: Payload) -> tuple[Signer, ...]:
    """The signatures that a statement needs, no more and no fewer."""
    return _SIGNERS.get(kind, _actor)(payload)


def _actor(payload: Payload) -> tuple[Signer, ...]:
    return _alone(payload["actor"])


@lru_cache(maxsize=4096)
def _alone(person: str) -> tuple[Signer, ...]:
    return (Signer(person),)


def _founders(payload: Payload) -> tuple[Signer, ...]:
    return tuple(Signer(None, holder["key"]) for holder in [*payload["registrars"], payload["service"]])


def _registration(payload: Payload) -> tuple[Signer, ...]:
    return Signer(payload["actor"]), Signer(None, payload["key"])


def _rotation(payload: Payload) -> tuple[Signer, ...]:
    old = payload["old"] if payload["actor"] == payload["subject"] else None
    return Signer(payload["actor"], old), Signer(None, payload["key"])


def _log_rotation(payload: Payload) -> tuple[Signer, ...]:
    new, registrar = Signer(None, vkey=payload["new"]), Signer(payload["actor"])
    if payload["second"] is None:
        return Signer(None, vkey=payload["old"]), new, registrar
    return new, registrar, Signer(payload["second"])


def _redaction(payload: Payload) -> tuple[Signer, ...]:
    return Signer(payload["actor"]), Signer(payload["authority"])


def _vote(payload: Payload) -> tuple[Signer, ...]:
    provenance = payload.get("provenance")
    if provenance is None or "witness" not in provenance:
        return _actor(payload)
    return Signer(payload["actor"]), Signer(provenance["witness"])


def _publication(payload: Payload) -> tuple[Signer, ...]:
    return _correction(payload) if "witness" in payload else _actor(payload)


def _correction(payload: Payload) -> tuple[Signer, ...]:
    return Signer(payload["actor"]), Signer(payload["witness"])


_SIGNERS: dict[str, Callable[[Payload], tuple[Signer, ...]]] = {
    "ledger-created": _founders,
    "key-registered": _registration,
    "key-rotated": _rotation,
    "log-key-rotated": _log_rotation,
    "redacted": _redaction,
    "vote-cast": _vote,
    "result-corrected": _correction,
    "result-published": _publication,
}
