"""The quorum of a policy: which witnesses must have cosigned a checkpoint (C2SP tlog-policy)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.sentences import witnesses
from ledger.proof.verification_key import VerificationKey

NONE = b"none"
"""The quorum that asks for nobody."""


class Witness(NamedTuple):
    """A witness; `name` is used in the policy only, `url` is where it takes checkpoints."""

    name: str
    key: VerificationKey
    url: str | None


class Group(NamedTuple):
    """Witnesses and groups of which `threshold` must have cosigned."""

    threshold: int
    members: tuple[bytes, ...]


@dataclass(slots=True)
class Quorum:
    """Witnesses and groups by name, in the order of their definition, and the one that must be met.

    Names are opaque bytes, as the format wants it. Not to be changed once it is read.
    """

    name: bytes = b""
    witnesses: dict[bytes, Witness] = field(default_factory=dict)
    groups: dict[bytes, Group] = field(default_factory=dict)

    def defines(self, name: bytes) -> bool:
        """Whether a witness or a group is called so."""
        return name in self.witnesses or name in self.groups

    def check(self, signed_by: Iterable[VerificationKey]) -> None:
        """Returns if these keys meet the quorum; else `ProofError` (8.5) with the `missing` witnesses."""
        signed = set(signed_by)
        met = {name for name, witness in self.witnesses.items() if witness.key in signed}
        missing = sorted(witness.name for name, witness in self.witnesses.items() if name not in met)
        for name, group in self.groups.items():  # members stand above their group: one pass is enough
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(name)
        if self.name != NONE and self.name not in met:
            told = {"name": show(self.name), "witnesses": ", ".join(missing)}
            raise ProofError(witnesses.QUORUM_NOT_MET, check="8.5", missing=missing, **told)


def show(name: bytes) -> str:
    """An opaque name for people."""
    return name.decode("utf-8", "backslashreplace")
