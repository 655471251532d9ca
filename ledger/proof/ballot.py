"""The ballot paper: what a voter decides on, and its digest that every vote names.

The paper is built from the signed opening and the signed attachments alone, so that a tablet, the
service and an auditor arrive at the same digest. A changed wording, option, document or rule
profile is another paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.proof.encoding import b64, canonical


def ballot_digest(opening: Mapping[str, Any], attached: Sequence[Mapping[str, Any]]) -> str:
    """Base64 of SHA-256 over the ballot paper.

    `opening` is the payload of `procedure-opened`; `attached` are the `document` members of the
    `document-attached` statements so far, in the order of the log.
    """
    paper = {
        "procedure": opening["procedure"],
        "items": opening["items"],
        "documents": [*opening["documents"], *attached],
        "profile": b64(hashlib.sha256(canonical(opening["profile"])).digest()),
    }
    return b64(hashlib.sha256(canonical(paper)).digest())


def value_digest(value: Any) -> str:
    """Base64 of SHA-256 over the canonical JSON of a value: of a derivation, for instance."""
    return b64(hashlib.sha256(canonical(value)).digest())
