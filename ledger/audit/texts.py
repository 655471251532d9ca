"""The disclosures of an export: files `<2 digits>/<digest in hexadecimal>`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FolderTexts:
    """Reads them as a store does: in the order of their digests, by pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        """At most `limit` digests above `after` with their bodies, in order; b"" reads from the start."""
        found: list[tuple[bytes, bytes]] = []
        begin = after.hex()
        for place in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            if place.name < begin[:2]:
                continue
            for path in sorted(place.iterdir()):
                if _DIGEST.fullmatch(path.name) and path.name > begin:
                    found.append((bytes.fromhex(path.name), path.read_bytes()))
                    if len(found) == limit:
                        return found
        return found

    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        """The bodies that are there."""
        paths = {digest: self._folder / digest.hex()[:2] / digest.hex() for digest in digests}
        return {digest: path.read_bytes() for digest, path in paths.items() if path.is_file()}
