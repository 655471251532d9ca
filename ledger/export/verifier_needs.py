"""What a verifier needs besides the log: its keys, the store's policy, and anchors in time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.errors import NotFound, ProofError
from ledger.export.names import ANCHORS, KEYS, POLICY
from ledger.proof.entry import parse_entry
from ledger.proof.statement import parse_statement
from ledger.proof.verification_key import ED25519, VerificationKey, parse_verification_key
from ledger.publish.folder import LogFolder
from ledger.storage.recorder import LedgerRecorder
from ledger.storage.store import Store

MAX_KEYS = 64 * 1024
"""Bytes of `log.vkey`."""


def log_keys(recorder: LedgerRecorder) -> tuple[VerificationKey, ...]:
    """The log's keys as its first entry names them, the Ed25519 one first.

    Raises `NotFound` if there is no entry, `ProofError` or `Invalid` for another first entry.
    """
    first = recorder.read(-1, 1)
    if not first:
        raise NotFound("the ledger has no entry yet")
    statement = parse_statement(parse_entry(first[0].state).envelope)
    named = statement.payload.get("log_keys", ())
    return tuple(sorted(map(parse_verification_key, named), key=lambda key: key.kind != ED25519))


def format_keys(keys: Iterable[VerificationKey]) -> bytes:
    """The file `log.vkey`: a vkey a line (C2SP signed-note)."""
    return "".join(f"{key.text}\n" for key in keys).encode("utf-8")


def parse_keys(data: bytes) -> tuple[VerificationKey, ...]:
    """The keys in such a file, at least one. Raises `ProofError` (8.10)."""
    try:
        *lines, rest = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise ProofError(f"{KEYS} is not UTF-8 text", check="8.10") from None
    if rest or not lines:
        raise ProofError(f"{KEYS} holds one verification key a line", check="8.10")
    return tuple(map(parse_verification_key, lines))


def policy_of(store: Store) -> dict[str, bytes]:
    """The store's policy as a file, if it has one."""
    path = store.home / POLICY
    return {POLICY: path.read_bytes()} if path.is_file() else {}


def anchors_of(log: LogFolder) -> Iterator[tuple[int, str]]:
    """Size of the anchored checkpoint and name of every anchor of a published log."""
    folder = log.path / ANCHORS
    for path in sorted(folder.rglob("*.tsr")):
        name = path.relative_to(folder).as_posix()
        if not name.split("/")[-1].startswith("."):
            yield int(re.sub("[^0-9]", "", name.removesuffix(".tsr")) or 0), f"{ANCHORS}/{name}"


def trusted_in(folder: Path) -> tuple[VerificationKey, ...]:
    """The keys that lie beside an exported log: good for finding damage, not for trusting whoever made it."""
    return parse_keys(LogFolder(folder).read(KEYS))
