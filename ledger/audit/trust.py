"""What an auditor brings along. Without it, the first entry of the log is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.proof.policy import Policy
from ledger.proof.timestamp import Certificates
from ledger.proof.verification_key import VerificationKey
from ledger.sentence import Sentence


class Kept(NamedTuple):
    """A checkpoint that was kept: how it is called, and its bytes."""

    what: str | Sentence
    note: bytes


@dataclass(frozen=True)
class Trust:
    """Keys, a policy, and old checkpoints."""

    keys: tuple[VerificationKey, ...] = ()
    """The log's keys: one of them must have signed the newest checkpoint."""
    policy: Policy | None = None
    """Which logs are known, and which witnesses must have cosigned; in place of the ledger's own policy."""
    since: tuple[Kept, ...] = ()
    """The log must continue these."""
    authorities: Mapping[str, Certificates] = field(default_factory=dict)
    """Time-stamping authorities by id, with the certificates under which they are trusted."""


class Basis(NamedTuple):
    """On whose word an audit rests."""

    whose: str
    """auditor: what was brought along; target: what came with what is verified; nobody: the first entry."""
    keys: tuple[str, ...] = ()
    """The log's keys that are trusted (vkeys)."""
    witnesses: tuple[str, ...] = ()
    """The witnesses of the auditor's policy (vkeys)."""


def basis_of(trust: Trust) -> Basis:
    """On whose word an audit rests that brings this along."""
    policy = trust.policy or Policy()
    keys = dict.fromkeys((*trust.keys, *(log.key for log in policy.logs)))
    witnesses = [witness.key.text for witness in policy.witnesses]
    whose = "auditor" if trust.keys or trust.policy else "nobody"
    return Basis(whose, tuple(key.text for key in keys), tuple(witnesses))


NOTHING = Trust()
