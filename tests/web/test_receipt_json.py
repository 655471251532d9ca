"""Is the proof in a receipt's JSON the proof, whatever stands in the note?"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

from api.context import Context
from api.v1.receipts import receipt_json
from ledger.receipt import Receipt

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32)]))
ANYWHERE = cast(
    "Context", SimpleNamespace(service=SimpleNamespace(ledger=SimpleNamespace(origin="a.example/b")))
)


@given(st.lists(TEXT, min_size=1).map("\n".join).filter(len))
@example('— a.example/b AAAA\n— a "witness" AAAA\n— C:\\witness AAAA\n')
@example("— a.example/ä ß\x7f\u2028 AAAA\n")
def test_the_proof_is_in_the_json_as_it_is(proof: str) -> None:
    """The name of a witness may hold what JSON escapes; a control character a note has none."""
    receipt = Receipt(7, "A" * 44, "B" * 44, "2026-01-31T12:00:00.000Z", b"", proof.encode())
    told: dict[str, Any] = json.loads(receipt_json(ANYWHERE, receipt, bytes(32)))
    assert told == {
        "seq": 7,
        "leaf": "A" * 44,
        "prev": "B" * 44,
        "at": "2026-01-31T12:00:00.000Z",
        "statement": "00" * 32,
        "log": "a.example/b",
        "proof": proof,
    }
