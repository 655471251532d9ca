"""Receipts, believed only as far as they are proven."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from api.client import sentences
from ledger.errors import ProofError
from ledger.proof.dsse import Envelope
from ledger.proof.entry import leaf_hash, parse_entry
from ledger.proof.note import VerificationKey, parse_verification_key
from ledger.proof.policy import Policy
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.verification_key import ED25519

Trusted = Policy | tuple[VerificationKey, ...]
"""Who must have signed: a policy of logs and witnesses, or the log's keys."""


class Receipt(NamedTuple):
    """That a statement stands in the log. Every value is from the entry that was proven."""

    seq: int
    at: str
    leaf: str
    prev: str
    log: str
    size: int
    """Size of the signed checkpoint that contains it."""
    envelope: Envelope
    proof: bytes
    """The receipt's file (C2SP tlog-proof): keep it, it verifies offline for ever."""


def trusted_keys(trusted: Policy | Iterable[str]) -> Trusted:
    """The keys of their texts (C2SP vkey). Raises `ProofError`."""
    return trusted if isinstance(trusted, Policy) else tuple(map(parse_verification_key, trusted))


def origin_of(trusted: Trusted) -> str | None:
    """The ledger's name, if the log's keys tell one."""
    keys = [log.key for log in trusted.logs] if isinstance(trusted, Policy) else trusted
    names = {key.name for key in keys if key.kind == ED25519}
    return names.pop() if len(names) == 1 else None


def verify_receipt(
    proof: bytes, trusted: Policy | Iterable[str], *, envelope: Envelope | None = None
) -> Receipt:
    """What a receipt proves, offline; if `envelope` is given, of exactly this statement.

    Raises `ProofError`: malformed, not in the tree, signed by nobody who is trusted, or of another statement.
    """
    found = parse_tlog_proof(proof)
    if found.extra is None:
        raise ProofError(sentences.RECEIPT_WITHOUT_ENTRY, check="8.8")
    opened = found.verify(found.extra, trusted_keys(trusted))
    entry = parse_entry(found.extra)
    if entry.seq != found.index or entry.log != opened.checkpoint.origin:
        raise ProofError(sentences.RECEIPT_OF_ANOTHER_PLACE, check="8.8")
    if envelope is not None and entry.envelope != envelope:
        raise ProofError(sentences.RECEIPT_OF_ANOTHER, check="8.8")
    return Receipt(
        *(entry.seq, entry.at, leaf_hash(found.extra), entry.prev, entry.log),
        *(opened.checkpoint.size, entry.envelope, proof),
    )
