"""Is everything found that a statement says lies beside the log: every text, every document, and no more?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.proof import shapes as s
from ledger.proof.statement import KINDS, beside
from tests.support.memory_ledger import document, item
from tests.support.statements import DIGEST, EXAMPLES, example

PAPER = document("budget")["sha256"]


def texts(value: Any) -> int:
    """How often the digest of a text stands in a value."""
    if isinstance(value, dict):
        return sum(texts(inner) for inner in value.values())
    if isinstance(value, list):
        return sum(map(texts, value))
    return int(value == DIGEST)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_every_statement_is_found(kind: str) -> None:
    """A member that holds a text is found by its shape: a new one cannot be forgotten here.

    `redacted` names texts of other statements; its own is only the ground.
    """
    elsewhere = len(EXAMPLES[kind]["digests"]) if kind == "redacted" else 0
    found = [digest for digest in beside(kind, example(kind)) if digest == DIGEST]
    assert len(found) == texts(example(kind)) - elsewhere


def test_documents_are_found_at_the_opening_and_afterwards() -> None:
    """A document's digest, and not those that other members hold."""
    assert PAPER in list(beside("procedure-opened", example("procedure-opened")))
    assert list(beside("document-attached", example("document-attached"))) == [document("late")["sha256"]]
    assert list(beside("anchored", example("anchored"))) == []
    assert PAPER not in list(beside("redacted", example("redacted")))


def test_an_id_that_looks_like_a_digest_is_none() -> None:
    """43 letters may be somebody's id: what counts is where they stand."""
    opened = {**example("procedure-opened"), "items": [item(DIGEST, DIGEST)], "chair": DIGEST}
    disclosed = {"title", "source", "documents", "trigger"}
    opened = {name: value for name, value in opened.items() if name not in disclosed}
    assert list(beside("procedure-opened", {**opened, "documents": []})) == []


def test_a_check_goes_through_values_of_every_make() -> None:
    """Lists, maps, objects and what may be null, nested."""
    check = s.fields(
        {
            "list": s.listed(s.fields({"text": s.nullable(s.disclosure)})),
            "map": s.mapping(s.identifier, s.disclosure),
        },
        {"other": s.identifier},
    )
    value = {"list": [{"text": DIGEST}, {"text": None}], "map": {"a": DIGEST}, "other": DIGEST}
    check(value)
    assert list(s.held(check, s.disclosure, value)) == [DIGEST, DIGEST]
    assert s.may_hold(check, s.identifier)
    assert not s.may_hold(check, s.zone)
