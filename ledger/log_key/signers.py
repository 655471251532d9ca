"""Log keys as they sign checkpoints, wherever their private halves lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from ledger.log_key.private import PrivateLogKey
from ledger.proof.signers import Ed25519Signer, MLDSA44Cosigner, NoteSigner
from ledger.proof.verification_key import ED25519, VerificationKey, parse_verification_key


class LogSigners(NamedTuple):
    """Who signs the next checkpoint, and under which keys older ones verify."""

    signers: Sequence[NoteSigner]
    """Ed25519 first: every current key, then older ones that are still at hand."""
    known: Sequence[VerificationKey]
    """Every key that the log ever had."""


def as_signers(
    keys: Iterable[PrivateLogKey], known: Iterable[str], origin: str, clock: Callable[[], str]
) -> LogSigners:
    """The signers of these private keys. `known` are vkeys; `clock` (UTC as entries write it) dates them."""
    signers = [_signer(key, origin, lambda: int(datetime.fromisoformat(clock()).timestamp())) for key in keys]
    signers.sort(key=lambda one: one.verification_key.kind != ED25519)  # witnesses look for this one first
    return LogSigners(signers, [parse_verification_key(text) for text in known])


def _signer(key: PrivateLogKey, origin: str, seconds: Callable[[], int]) -> NoteSigner:
    if key.kind == ED25519:
        return Ed25519Signer(origin, key.public, key.sign)
    return MLDSA44Cosigner(origin, key, seconds)
