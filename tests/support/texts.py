"""Texts beside a log in memory, as an audit reads them from a store."""

from __future__ import annotations

from typing import Any


class Texts:
    """Texts in memory, in the order of their digests."""

    def __init__(self, texts: list[tuple[bytes, bytes]]) -> None:
        self._texts = texts

    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        """All of them."""
        return [one for one in self._texts if one[0] > after]

    def get(self, digests: Any) -> dict[bytes, bytes]:
        """Not asked for in a whole audit."""
        raise NotImplementedError
