"""What of an opening may the public know, and what not?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.publicity import all_public, makes_public, public_items, public_opening
from ledger.proof.ballot import ballot_digest
from tests.support.memory_ledger import MemoryLedger, document, item


def opening(*public: bool | None, **more: Any) -> dict[str, Any]:
    """An opening with one item for each of these; None: it says nothing."""
    items = [
        item(str(number)) if one is None else {**item(str(number)), "public": one}
        for number, one in enumerate(public, 1)
    ]
    return {"items": items, "documents": [], "title": "T", "body": "rat", **more}


@pytest.mark.parametrize("said", [None, False])
def test_an_item_that_does_not_say_so_is_not_public(said: bool | None) -> None:
    """What was told cannot be taken back: silence is no consent."""
    assert public_items(opening(said, True)) == {"2"}
    assert not all_public(opening(said, True))


def test_an_opening_whose_items_are_all_public_is_public_as_it_is() -> None:
    """Nothing has to be kept back, so the ballot paper can be computed from it."""
    whole = opening(True, True)
    assert public_opening(whole) is whole


def test_what_stands_for_all_items_is_public_only_if_all_are() -> None:
    """A title, a subject or a document for the whole paper would tell what the other items are about."""
    subject = {"simple": True, "urgent": False, "topics": ["dismissal"]}
    whole = {"sha256": "a", "item": None}
    own, other = {"sha256": "b", "item": "1"}, {"sha256": "c", "item": "2"}
    more: dict[str, Any] = {
        "subject": subject,
        "source": "S",
        "trigger": {"kind": "epidemic", "evidence": "E"},
    }
    mixed = opening(True, False, **more, documents=[whole, own, other])
    shown = public_opening(mixed)
    assert [one["id"] for one in shown["items"]] == ["1"]
    assert shown["documents"] == [own]
    assert shown.keys() == mixed.keys() - {"title", *more}


def test_whether_an_item_is_public_stands_on_the_ballot_paper() -> None:
    """Who votes signs it too: nobody can say later that the matter was meant to stay inside."""
    ledger = MemoryLedger()
    ledger.council("anna")
    digests = set()
    for name, items in (("1", [item("1")]), ("2", [{**item("1"), "public": True}])):
        procedure = ledger.open(name, items=items, documents=[document("paper")])
        said = dict(ledger.procedure(procedure).opening)
        assert said["ballot"] == ballot_digest(said, [])
        digests.add(ballot_digest({**said, "procedure": "the same"}, []))
    assert len(digests) == 2


def test_of_an_item_that_becomes_public_later_nothing_else_does() -> None:
    """Of its papers, and of what stands for all items, nobody said that the reasons are gone."""
    paper = {"sha256": "c", "item": "2"}
    whole = opening(True, False, None, documents=[{"sha256": "b", "item": "1"}, paper])
    shown = public_opening(whole, ["2"])
    assert [one["id"] for one in shown["items"]] == ["1", "2"]
    assert [one["item"] for one in shown["documents"]] == ["1"]
    everything = public_opening(whole, ["2", "3"])
    assert len(everything["items"]) == 3
    assert "title" not in everything


@pytest.mark.parametrize(
    ("kind", "payload", "public"),
    [
        ("result-published", {}, [False, True]),
        ("result-published", {"made_public": ["1"]}, [True, True]),
        ("result-announced", {"to": "everybody"}, [False, True]),
        ("result-announced", {"to": "members"}, [False, False]),
        ("result-determined", {}, [False, False]),
    ],
)
def test_a_procedure_is_public_once_everybody_is_told_of_a_public_item(
    kind: str, payload: dict[str, Any], public: list[bool]
) -> None:
    """Neither alone is enough: the item says that it may be told, the statement that it was."""
    assert [makes_public(kind, payload, opening(None, said)) for said in (False, True)] == public
