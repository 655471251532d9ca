"""Founding a ledger: its keys, and the genesis entry that names them."""

from __future__ import annotations

import secrets
from pathlib import Path

from ledger.application import VotingLedger
from ledger.keyfile import is_encrypted, read_key, read_private_key, write_key
from ledger.log_key.files import has_mldsa
from ledger.log_key.keyring import FIRST, Keyring
from ledger.log_key.private import vkey
from ledger.log_key.signers import as_signers
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from ledger.receipt import Receipt

REGISTRAR, SERVICE = "registrar", "service"
"""Ids under which the first registrar and the service stand in the register."""


def keys_of(home: Path) -> Path:
    """The folder of a store's private keys."""
    return home / "keys"


def found(
    ledger: VotingLedger,
    *,
    time_zone: str,
    log_key: str = FIRST[0],
    passphrase: bytes | None = None,
    ask: Passphrase = ENVIRONMENT,
) -> Receipt:
    """Makes log, registrar and service keys and the signer's memory, and records the genesis entry.

    `log_key` is the reference of the Ed25519 log key: a file in the ledger's folder of keys, or a token. An
    ML-DSA-44 key is made beside it where the platform has that. With a `passphrase` all files are encrypted;
    `ask` gives that of keys that are there already, and PINs. A founding that was interrupted goes on with
    the keys that are there. Raises `BadKey`, `BadShape`, `KeyUnavailable`, `PassphraseMissing`,
    `PassphraseWrong` or a `StorageError`.
    """
    folder, origin = keys_of(ledger.store.home), ledger.origin
    ring = Keyring(folder, ask)
    log = [ring.make(log_key, ED25519, passphrase)]
    ring.add(log_key)
    if has_mldsa():
        log.append(ring.make(FIRST[1], MLDSA44_COSIGNATURE, passphrase))
        ring.add(FIRST[1])
    registrar, service = (_key(folder / f"{name}.key", passphrase, ask) for name in (REGISTRAR, SERVICE))
    signer = Signer(ledger.store.home / SIGNER, origin, lambda: as_signers(log, (), origin, ledger.clock))
    if not signer.begun:
        signer.begin()
    wanted = {
        "actor": REGISTRAR,
        "format": 1,
        "time_zone": time_zone,
        "registrars": [{"subject": REGISTRAR, "key": b64(registrar.public)}],
        "service": {"subject": SERVICE, "key": b64(service.public)},
        "log_keys": [vkey(key, origin) for key in log],
    }
    return ledger.speak("ledger-created", wanted, registrar, service)


def replay_secret(home: Path, ask: Passphrase = ENVIRONMENT) -> bytes:
    """The store's secret for replayed people (`ledger.rollcalls.people`); made when first needed.

    It is encrypted if one of the store's other keys is, with the same passphrase. Raises `BadKey`,
    `NotFound`, `PassphraseMissing` or `PassphraseWrong`.
    """
    path = keys_of(home) / "replay.key"
    if path.exists():
        return read_key(path, ask).seed
    return write_key(path, secrets.token_bytes(32), _passphrase_of_others(path.parent, ask)).seed


def _passphrase_of_others(folder: Path, ask: Passphrase) -> bytes | None:
    """That of the first encrypted key, tried on it: mistyped, it would lock a new key away for ever."""
    paths = (folder / name for name in (f"{REGISTRAR}.key", f"{SERVICE}.key", *FIRST))
    locked = next((path for path in paths if path.exists() and is_encrypted(path.read_bytes())), None)
    if locked is None:
        return None
    passphrase = ask(str(locked))
    read_private_key(locked, lambda _: passphrase)
    return passphrase


def _key(path: Path, passphrase: bytes | None = None, ask: Passphrase = ENVIRONMENT) -> SigningKey:
    if path.exists():
        return read_key(path, ask)
    return write_key(path, secrets.token_bytes(32), passphrase)
