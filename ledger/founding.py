"""Founding a ledger: its keys, and the genesis entry that names them."""

from __future__ import annotations

import secrets
from pathlib import Path

from ledger.application import VotingLedger
from ledger.keyfile import read_key, write_key
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.signers import Ed25519Signer, NoteSigner
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from ledger.receipt import Receipt

LOG_KEY = "log.key"
REGISTRAR, SERVICE = "registrar", "service"
"""Ids under which the first registrar and the service stand in the register."""


def keys_of(home: Path) -> Path:
    """The folder of a store's private keys."""
    return home / "keys"


def found(ledger: VotingLedger, *, time_zone: str) -> Receipt:
    """Makes log, registrar and service key in the ledger's home and records the genesis entry.

    A founding that was interrupted goes on with the keys that are there. Raises a `StorageError`.
    """
    home = ledger.store.home
    registrar, service = (_key(keys_of(home) / f"{name}.key") for name in (REGISTRAR, SERVICE))
    _key(keys_of(home) / LOG_KEY)
    signers = log_signers(home, ledger.origin)
    signer = Signer(home / SIGNER, ledger.origin, signers)
    if not signer.begun:
        signer.begin()
    wanted = {
        "actor": REGISTRAR,
        "format": 1,
        "time_zone": time_zone,
        "registrars": [{"subject": REGISTRAR, "key": b64(registrar.public)}],
        "service": {"subject": SERVICE, "key": b64(service.public)},
        "log_keys": [one.verification_key.text for one in signers],
    }
    return ledger.speak("ledger-created", wanted, registrar, service)


def log_signers(home: Path, origin: str) -> list[NoteSigner]:
    """The keys that sign a store's checkpoints. Raises `NotFound` or `BadKey`."""
    return [Ed25519Signer.of(origin, read_key(keys_of(home) / LOG_KEY))]


def replay_secret(home: Path) -> bytes:
    """The store's secret for replayed people (`ledger.rollcalls.people`); made when first needed."""
    return _key(keys_of(home) / "replay.key").seed


def _key(path: Path) -> SigningKey:
    return read_key(path) if path.exists() else write_key(path, secrets.token_bytes(32))
