"""Every way to change one bit of something stored."""

from __future__ import annotations

from collections.abc import Iterator


def flips(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every way to change one bit, with the place of its byte."""
    for at, byte in enumerate(data):
        for bit in range(8):
            yield at, data[:at] + bytes([byte ^ 1 << bit]) + data[at + 1 :]
