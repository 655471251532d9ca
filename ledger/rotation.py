"""Replacing a log key: the new one is made, written down, and named in the log by those who have to sign.

The order, and what a crash leaves:

1. the new key is made, in a file or a token         an unused key
2. its reference is added to the list of log keys    an unused key that the next attempt goes on with
3. the statement is signed by the log keys           the same
4. registrars sign, here or elsewhere, and it is recorded

From 4 on the service signs with the new key, and with the old one as well as long as that is on the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.application import VotingLedger
from ledger.domain.log_keys import LogKey
from ledger.domain.sentences import ledgers
from ledger.errors import NotAllowed, NotFound
from ledger.log_key.keyring import Keyring
from ledger.log_key.private import vkey
from ledger.log_key.signers import LogSigners, as_signers
from ledger.proof.dsse import Envelope, sign
from ledger.proof.statement import payload_type
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, parse_verification_key
from ledger.state import State


class Wanted(NamedTuple):
    """What shall take the place of which log key."""

    kind: int
    """ED25519 or MLDSA44_COSIGNATURE."""
    registrar: str
    """Id of the registrar who signs."""
    second: str | None = None
    """Id of a second registrar, if the old key is lost."""
    reference: str | None = None
    """Where the new key is or shall be; a new file unless told otherwise."""


def rotation(
    ledger: VotingLedger, ring: Keyring, wanted: Wanted, passphrase: bytes | None = None
) -> tuple[Envelope, str]:
    """The statement, signed by the log keys, and the new key's reference; registrars have still to sign.

    A new file is encrypted as the others are; with the `passphrase`, if there are none. Raises what the
    keys raise, `NotFound` if the log has no key of this kind, `NotAllowed` if the new key is in use already.
    """
    with ledger.current() as state:
        known = [] if state.register is None else list(state.register.log_keys.all)
    old = next((key for key in known if key.ended is None and _kind(key) == wanted.kind), None)
    if old is None:
        raise NotFound(ledgers.NO_KEY_OF_KIND)
    reference = wanted.reference or _unused(ring, ledger.origin, known, wanted.kind)
    new = ring.make(reference, wanted.kind, ring.passphrase_for_new(passphrase))
    if vkey(new, ledger.origin) in [key.vkey for key in known]:
        raise NotAllowed(ledgers.REFERENCE_USED, reference=reference)
    ring.add(reference)
    signers = [new] if wanted.second is not None else [*ring.signers(ledger.origin, [old.vkey]), new]
    fields = {
        "actor": wanted.registrar,
        "old": old.vkey,
        "new": vkey(new, ledger.origin),
        "second": wanted.second,
    }
    return sign(
        payload_type("log-key-rotated"), ledger.prepare("log-key-rotated", fields), *signers
    ), reference


def log_signers(state: State, ring: Keyring, clock: Callable[[], str]) -> LogSigners:
    """Who signs the next checkpoint: every current log key, then older ones that are still at hand.

    Of a ledger whose entries are lost: every key that is at hand.

    Raises `KeyUnavailable` if a current key is not at hand, and what reading keys raises.
    """
    keys = [] if state.register is None else list(state.register.log_keys.all)
    current = [key.vkey for key in keys if key.ended is None]
    former = [key.vkey for key in keys if key.ended is not None] if keys else ring.at_hand(state.origin)
    private = ring.signers(state.origin, current, former)
    return as_signers(private, [key.vkey for key in keys], state.origin, clock)


def _unused(ring: Keyring, origin: str, known: Sequence[LogKey], kind: int) -> str:
    """The reference of a key that an interrupted rotation left over, or the next free name of a file."""
    named = [key.vkey for key in known]
    for text, (reference, key) in ring.at_hand(origin).items():
        if key.kind == kind and text not in named:
            return reference
    references = ring.references()
    stem = {ED25519: "log", MLDSA44_COSIGNATURE: "log-mldsa44"}[kind]
    number = 2
    while f"{stem}-{number}.key" in references or (ring.folder / f"{stem}-{number}.key").exists():
        number += 1
    return f"{stem}-{number}.key"


def _kind(key: LogKey) -> int:
    return parse_verification_key(key.vkey).kind
