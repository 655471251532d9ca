"""Where on a disk does a text still stand? Looked for as it is, and as disclosures are encoded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.proof.disclosure import Disclosure
from ledger.proof.encoding import b64

PIECE = 24
"""Bytes of a piece that counts as a remainder: a database may have cut the text into pages."""


MANY = 12
"""Pieces of each text: enough to find a page of it, few enough to look through a whole server."""


def pieces(text: bytes) -> Iterator[bytes]:
    """Pieces from all over a text, its beginning and its end among them."""
    last = max(0, len(text) - PIECE)
    for number in range(MANY + 1):
        start = last * number // MANY
        yield text[start : start + PIECE]


def carried(piece: bytes) -> Iterator[bytes]:
    """What is seen of a piece in base64, wherever it begins there."""
    for start in range(3):
        whole = (len(piece) - start) // 3 * 3
        yield b64(piece[start : start + whole]).encode("ascii")


def remains(folder: Path, texts: Iterable[Disclosure | bytes], *, in_base64: bool = False) -> dict[str, int]:
    """File below the folder → how many pieces of the texts stand in it.

    With `in_base64` also as entries carry what was signed, and as receipts carry entries.
    """
    wanted = {piece for text in texts for form in _forms(text) for piece in pieces(form)}
    for _ in range(2 if in_base64 else 0):
        wanted |= {one for piece in wanted for one in carried(piece)}
    found = {}
    for path in sorted(folder.rglob("*")):
        if data := _read(path):
            count = sum(piece in data for piece in wanted)
            if count:
                found[path.relative_to(folder).as_posix()] = count
    return found


def _forms(text: Disclosure | bytes) -> tuple[bytes, ...]:
    if isinstance(text, bytes):
        return (text,)
    return text.encoded.encode("ascii"), text.value.encode("utf-8")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:  # removed in this moment, or a socket
        return b""
