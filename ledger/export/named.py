"""What a statement names that lies beside the log: documents and disclosures.

Found by their form, not by the kind of statement: a digest of a disclosure is the only text of 43
characters of base64url, and what looks like one by chance is not kept anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ledger.errors import BadEncoding
from ledger.proof.encoding import unb64

_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}")


def documents_named(value: Any) -> Iterator[tuple[str, int]]:
    """SHA-256 (hexadecimal) and size in bytes of every document that a payload names."""
    if isinstance(value, dict):
        if "sha256" in value and "size" in value:
            yield value["sha256"], value["size"]
        for inner in value.values():
            yield from documents_named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from documents_named(inner)


def disclosures_named(value: Any) -> Iterator[bytes]:
    """The digest (32 bytes) of every disclosure that a payload may name."""
    if isinstance(value, str):
        if _DIGEST.fullmatch(value) and (digest := _bytes(value)) is not None:
            yield digest
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from disclosures_named(inner)


def _bytes(text: str) -> bytes | None:
    """The 32 bytes of base64url without padding; None for text that only looks like it."""
    data = text.replace("-", "+").replace("_", "/") + "="
    try:
        return unb64(data, size=32)
    except BadEncoding:
        return None
