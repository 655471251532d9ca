"""What an audit found, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.audit.beside import Counts
from ledger.audit.trust import Basis
from ledger.proof.checkpoint import OpenedCheckpoint
from ledger.proof.checks import CHECKS, INCOMPLETE, Conclusion, Failure, conclude
from ledger.proof.encoding import b64


class Published(NamedTuple):
    """The newest checkpoint that was published, verified."""

    size: int
    root: str
    """Base64."""
    signed_by: list[str]
    """Names of the log and of the witnesses whose signatures on it were verified."""
    note: bytes
    """The checkpoint itself."""

    @classmethod
    def of(cls, opened: OpenedCheckpoint, note: bytes) -> Published:
        """The checkpoint, and its bytes."""
        head, names = opened.checkpoint, dict.fromkeys(key.name for key in opened.signed_by)
        return cls(head.size, b64(head.root), list(names), note)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**self._asdict(), "note": self.note.decode("utf-8")}


class KeyLife(NamedTuple):
    """A key, and for which entries it counts."""

    owner: str
    """Id of a person or service; of a log key its origin."""
    roles: list[str]
    kind: str
    """Ed25519 or ML-DSA-44."""
    key: str
    """Key id in hexadecimal; of a log key the verification key."""
    since: int
    """Number of the entry that named it."""
    ended: int | None
    """Number of the entry that ended it."""


@dataclass
class Audit:
    """What an audit found."""

    origin: str
    entries: int = 0
    """Entries that the log has."""
    first: int = 0
    """The first entry that was looked at: those before were verified last time."""
    head: str = ""
    """Leaf hash of the last entry, base64."""
    failures: list[Failure] = field(default_factory=list)
    """In the order of the log; of each check at most a thousand."""
    counts: Counter[str] = field(default_factory=Counter)
    """Check → how many failures there are."""
    made: Counter[str] = field(default_factory=Counter)
    """Check → how many times it was made."""
    by_kind: dict[str, int] = field(default_factory=dict)
    beside: Counts = field(default_factory=Counts)
    """What lies beside the log."""
    claimed: int = 0
    """The size that the newest published checkpoint says, whatever it is worth."""
    published: Published | None = None
    """The newest published checkpoint, if it holds."""
    since: list[int] = field(default_factory=list)
    """Sizes of the checkpoints that the auditor kept, and that this log continues."""
    older: bool = False
    """Whether the log ends before a checkpoint that the auditor kept."""
    traced: bool = field(default=True, compare=False)
    """Whether a published log or the signer's memory is there: either shows where the log must not end."""
    target: str = field(default="store", compare=False)
    """store or export."""
    basis: Basis = field(default=Basis("nobody"), compare=False)
    keys: list[KeyLife] = field(default_factory=list, compare=False)
    """The log's keys, and those of everybody who is more than a member."""

    @property
    def conclusion(self) -> Conclusion:
        """What it comes to."""
        return conclude(self.counts, older=self.older)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return all(check in INCOMPLETE for check in self.counts)

    @property
    def complete(self) -> bool:
        """Whether everything could be looked at."""
        return INCOMPLETE.isdisjoint(self.counts)

    @property
    def unpublished(self) -> int:
        """Entries that no published checkpoint contains yet."""
        return max(0, self.entries - (0 if self.published is None else self.published.size))

    def to_dict(self) -> dict[str, Any]:
        """The audit as plain values, for `--json`."""
        return {
            "origin": self.origin,
            "holds": self.holds,
            "complete": self.complete,
            "older": self.older,
            "entries": self.entries,
            "first": self.first,
            "head": self.head,
            "published": None if self.published is None else self.published.to_dict(),
            "unpublished": self.unpublished,
            "traced": self.traced,
            "since": self.since,
            "by_kind": dict(sorted(self.by_kind.items())),
            "documents": self.beside.documents,
            "disclosures": self.beside.disclosures,
            "texts": {
                "disclosed": self.beside.disclosed,
                "undisclosed": self.beside.undisclosed,
                "redacted": self.beside.redacted,
            },
            "failures": [failure.to_dict() for failure in self.failures],
            "counts": dict(self.counts),
            "checks": CHECKS,
        }
