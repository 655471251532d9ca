"""A receipt, verified offline: what it proves, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ledger.audit import sentences
from ledger.audit.sentences import limits
from ledger.errors import ProofError, StimmbuchError
from ledger.export.looked import Looked
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.policy import Trusted
from ledger.proof.statement import Statement, parse_statement
from ledger.proof.tlog_proof import HEADER, TlogProof, parse_tlog_proof
from ledger.proof.verification_key import VerificationKey

LIMITS = (limits.UNDER_WHICH_KEY, limits.STILL_COUNTS, limits.SAME_LOG)
"""What a receipt does not prove."""


class Cosignature(NamedTuple):
    """Who else had seen the checkpoint, and when."""

    name: str
    at: str
    """RFC 3339, UTC."""


class Proven(NamedTuple):
    """What a receipt proves: this entry is in this log, whose head was signed so."""

    origin: str
    seq: int
    leaf: str
    at: str
    """The time of the entry, as the service claims it."""
    kind: str
    actor: str
    procedure: str | None
    size: int
    """Entries in the tree of the checkpoint."""
    cosigned: list[Cosignature]

    def shown(self) -> dict[str, Any]:
        """What it shows of the entry, for a record."""
        told = ("seq", "at", "kind", "actor", "procedure")
        return {name: getattr(self, name) for name in told} | {
            "cosigned": [one._asdict() for one in self.cosigned]
        }

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values, for `--json`."""
        return {
            **self._asdict(),
            **self.shown(),
            "holds": True,
            "not_proven": [one.say("en", {}) for one in LIMITS],
            "german": {"not_proven": [one.say("de", {}) for one in LIMITS]},
        }


def is_receipt(data: bytes) -> bool:
    """Whether a file means to be a receipt."""
    return data.startswith(HEADER.split("@")[0].encode())


def verify_receipt(
    data: bytes,
    trusted: Trusted,
    log_keys: Iterable[VerificationKey] = (),
    looked: Looked | None = None,
) -> Proven:
    """What the receipt proves to who trusts these keys. Raises `ProofError`, which names the check.

    `log_keys` are for a policy that lists no log. `looked` is told what was looked at, up to the check that
    fails.
    """
    looked = looked or Looked()
    try:
        return _proven(parse_tlog_proof(data), trusted, log_keys, looked)
    except ProofError as error:
        looked.made[error.check] = max(1, looked.made[error.check])
        raise


def _proven(
    proof: TlogProof, trusted: Trusted, log_keys: Iterable[VerificationKey], looked: Looked
) -> Proven:
    if proof.extra is None:
        raise ProofError(sentences.RECEIPT_WITHOUT_ENTRY, check="8.8")
    looked.opened = opened = looked.open(proof.checkpoint_note, trusted, log_keys)
    looked.note, head = proof.checkpoint_note, opened.checkpoint
    proof.verify_inclusion(proof.extra, head)
    entry, statement = _entry(proof, proof.extra, head.origin, looked)
    looked.head, looked.by_kind[statement.kind] = leaf_hash(proof.extra), 1
    cosigned = [Cosignature(one.key.name, _time(one.time or 0)) for one in opened.cosignatures]
    procedure = statement.payload.get("procedure")
    return Proven(
        head.origin,
        entry.seq,
        looked.head,
        entry.at,
        statement.kind,
        statement.actor,
        procedure,
        head.size,
        cosigned,
    )


def _entry(proof: TlogProof, data: bytes, origin: str, looked: Looked) -> tuple[Entry, Statement]:
    """The entry, which the tree has at this place: it must say the same of itself."""
    looked.made.update(("8.8", "1.1"))
    entry = parse_entry(data)
    looked.made["1.2"] += 1
    if entry.log != origin:
        raise ProofError(sentences.ENTRY_OF_ANOTHER, named=entry.log, origin=origin, check="1.2")
    looked.made["2.1"] += 1
    if entry.seq != proof.index:
        numbers = {"index": proof.index, "number": entry.seq}
        raise ProofError(sentences.ENTRY_OF_ANOTHER_NUMBER, check="2.1", **numbers)
    looked.made["3.1"] += 1
    try:
        return entry, parse_statement(entry.envelope)
    except StimmbuchError as error:
        raise ProofError(error, check="3.1") from None


def _time(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return f"{seconds} seconds after 1970"
