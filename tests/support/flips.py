"""One bit of something stored, changed: at one place, or in every way."""

from __future__ import annotations

from collections.abc import Iterator


def flips(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every way to change one bit, with the place of its byte."""
    for at in range(len(data)):
        for bit in range(8):
            yield at, flipped(data, at, bit)


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    """The bytes with one bit of one byte changed."""
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
