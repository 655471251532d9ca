"""Erasing texts and documents: who may order it, and what can be erased.

Only what lies beside the log can be erased: disclosures and documents. The digests stay in their entries,
so every proof still holds. A vote holds no text, so it cannot be erased.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from ledger.domain.sentences import registers
from ledger.domain.values import Payload
from ledger.errors import AlreadyRedacted, NotAllowed, NotRedactable

ORDERS = ("clerk",)
"""Roles that order an erasure."""

ANSWERS_FOR = ("clerk", "registrar", "chair")
"""Roles of the second person, who answers for it."""


class Redaction(NamedTuple):
    """What is known of something that was erased."""

    seq: int
    """Number of the entry that says so."""
    at: str
    legal_basis: str
    actor: str
    authority: str


def digests_in(payload: Payload) -> list[str]:
    """The digests of disclosures (base64url) and of documents (hexadecimal) that a statement names."""
    return [*payload["digests"], *payload.get("documents", ())]


def may_redact(payload: Payload, done: dict[str, Redaction], known: Container[str]) -> None:
    """Returns if these digests may be redacted: each is `known` in its stream and not yet `done`.

    Raises `NotAllowed`, `NotRedactable` or `AlreadyRedacted`.
    """
    digests = digests_in(payload)
    if payload["actor"] == payload["authority"]:
        raise NotAllowed(registers.NOT_ALONE)
    if not digests:
        raise NotRedactable(registers.NOTHING_NAMED)
    for digest in digests:
        if digest in done:
            raise AlreadyRedacted(registers.REDACTED_BY, digest=digest, entry=done[digest].seq)
        if digest not in known:
            raise NotRedactable(registers.NOT_OF_THE_STREAM, digest=digest, stream=payload["stream"])
