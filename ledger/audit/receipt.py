"""A receipt, verified offline: what it proves, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ledger.errors import ProofError, StimmbuchError
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.policy import Policy
from ledger.proof.statement import Statement, parse_statement
from ledger.proof.tlog_proof import HEADER, TlogProof, parse_tlog_proof
from ledger.proof.verification_key import VerificationKey

LIMITS = (
    "that the statement is signed by the key that is registered: for that, verify the whole log",
    "that the rules allowed it, and that it still counts: a later entry may replace or withdraw it",
    "that everybody is shown the same log: compare the checkpoint with one that somebody else kept",
)
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

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values, for `--json`."""
        return {
            **self._asdict(),
            "holds": True,
            "cosigned": [one._asdict() for one in self.cosigned],
            "not_proven": list(LIMITS),
        }


def is_receipt(data: bytes) -> bool:
    """Whether a file means to be a receipt."""
    return data.startswith(HEADER.split("@")[0].encode())


def verify_receipt(
    data: bytes, trusted: Policy | Iterable[VerificationKey], log_keys: Iterable[VerificationKey] = ()
) -> Proven:
    """What the receipt proves to who trusts these keys. Raises `ProofError`, which names the check.

    `log_keys` are for a policy that lists no log.
    """
    proof = parse_tlog_proof(data)
    if proof.extra is None:
        raise ProofError("the receipt does not hold its entry", check="8.8")
    opened = proof.verify(proof.extra, trusted, log_keys)
    entry, statement = _entry(proof, proof.extra, opened.checkpoint.origin)
    cosigned = [Cosignature(one.key.name, _time(one.time or 0)) for one in opened.cosignatures]
    procedure = statement.payload.get("procedure")
    return Proven(
        opened.checkpoint.origin,
        entry.seq,
        leaf_hash(proof.extra),
        entry.at,
        statement.kind,
        statement.actor,
        procedure,
        opened.checkpoint.size,
        cosigned,
    )


def _entry(proof: TlogProof, data: bytes, origin: str) -> tuple[Entry, Statement]:
    """The entry, which the tree has at this place: it must say the same of itself."""
    entry = parse_entry(data)
    if entry.log != origin:
        raise ProofError(f"the entry names the ledger {entry.log}, the checkpoint {origin}", check="1.2")
    if entry.seq != proof.index:
        raise ProofError(f"the entry is number {proof.index}, and says {entry.seq}", check="2.1")
    try:
        return entry, parse_statement(entry.envelope)
    except StimmbuchError as error:
        raise ProofError(error.message, check="3.1") from None


def _time(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return f"{seconds} seconds after 1970"
