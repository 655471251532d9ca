"""The ballot paper as the client sees it: its digest is computed here, never taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from api.client import sentences
from ledger.errors import NotCanonical, ProofError
from ledger.proof.ballot import ballot_digest


class Paper(NamedTuple):
    """What is decided on: show this, and nothing else, to whoever signs `digest`."""

    procedure: str
    items: Sequence[Mapping[str, Any]]
    """Items as they were signed in the opening: ids, digests of wordings, options, polarity, publicity."""
    documents: Sequence[Mapping[str, Any]]
    """`{sha256, size, media_type, item}` in the order of the paper; fetch them with `Client.document`."""
    profile: Mapping[str, Any]
    digest: str


def paper_of(procedure: str, shown: Mapping[str, Any]) -> Paper:
    """The ballot paper of a procedure as the service shows it.

    Raises `ProofError` where that is not the procedure that was asked for, or contradicts itself.
    """
    try:
        opening = shown["opening"]
        attached = [_signed(one) for one in shown["documents"] if one["attached"]]
        paper = Paper(
            opening["procedure"],
            opening["items"],
            [*opening["documents"], *attached],
            opening["profile"],
            ballot_digest(opening, attached),
        )
        same = (shown["id"], paper.procedure, shown["ballot"]) == (procedure, procedure, paper.digest)
    except (KeyError, TypeError, NotCanonical):
        raise ProofError(sentences.NO_PROCEDURE_SHOWN) from None
    if not same:
        raise ProofError(sentences.OTHER_PAPER)
    return paper


def _signed(document: Mapping[str, Any]) -> dict[str, Any]:
    """What was signed of an attached document, without what the service adds."""
    return {name: document[name] for name in ("sha256", "size", "media_type", "item")}
