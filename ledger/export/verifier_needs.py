"""What a verifier needs besides the log: its keys, the store's policy, and anchors in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.domain.log_keys import LogKeys
from ledger.errors import NotFound, ProofError
from ledger.export import sentences
from ledger.export.names import KEYS, POLICY
from ledger.mapper import read_entry
from ledger.proof.statement import topic
from ledger.proof.verification_key import ED25519, VerificationKey, parse_verification_key
from ledger.publish.anchor_files import anchor_path, kept_anchors
from ledger.publish.folder import LogFolder
from ledger.storage.recorder import LedgerRecorder
from ledger.storage.store import Store

MAX_KEYS = 64 * 1024
"""Bytes of `log.vkey`."""


def log_keys(recorder: LedgerRecorder) -> LogKeys:
    """The keys that the log ever had, as its entries name them.

    Raises `NotFound` if there is no entry, `ProofError` or `Invalid` for entries that are none.
    """
    wanted = topic("ledger-created"), topic("log-key-rotated")
    first, *rotations = recorder.read(-1, 2**31, topics=wanted) or (None,)
    if first is None:
        raise NotFound(sentences.EMPTY_LEDGER)
    reading = read_entry(first.state)
    keys = LogKeys(reading.payload, reading.place)
    for row in rotations:
        reading = read_entry(row.state)
        keys.rotate(reading.payload, reading.place)
    return keys


def keys_at(keys: LogKeys, size: int) -> tuple[VerificationKey, ...]:
    """The keys that a tree of this size names: those that sign it, Ed25519 first, then former ones."""
    signing = [key.vkey for key in keys.current(size - 1)]
    former = [key.vkey for key in keys.all if key.since < size and key.vkey not in signing]
    found = sorted(map(parse_verification_key, signing), key=lambda key: key.kind != ED25519)
    return (*found, *map(parse_verification_key, former))


def signing_keys_at(keys: LogKeys, size: int) -> tuple[VerificationKey, ...]:
    """The keys with which a checkpoint of this size must be signed."""
    return tuple(parse_verification_key(key.vkey) for key in keys.current(size - 1))


def format_keys(keys: Iterable[VerificationKey]) -> bytes:
    """The file `log.vkey`: a vkey a line (C2SP signed-note)."""
    return "".join(f"{key.text}\n" for key in keys).encode("utf-8")


def parse_keys(data: bytes) -> tuple[VerificationKey, ...]:
    """The keys in such a file, at least one. Raises `ProofError` (8.10)."""
    try:
        *lines, rest = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise ProofError(sentences.FILE_NOT_UTF8, file=KEYS, check="8.10") from None
    if rest or not lines:
        raise ProofError(sentences.ONE_KEY_A_LINE, file=KEYS, check="8.10")
    return tuple(map(parse_verification_key, lines))


def policy_of(store: Store) -> dict[str, bytes]:
    """The store's policy as a file, if it has one."""
    path = store.home / POLICY
    return {POLICY: path.read_bytes()} if path.is_file() else {}


def anchors_of(log: LogFolder) -> Iterator[tuple[int, str]]:
    """Size of the anchored checkpoint and name of every anchor of a published log."""
    for size, tsa in kept_anchors(log.path):
        yield size, anchor_path(size, tsa)


def trusted_in(folder: Path) -> tuple[VerificationKey, ...]:
    """The keys that lie beside an exported log: good for finding damage, not for trusting whoever made it."""
    return parse_keys(LogFolder(folder).read(KEYS))
