"""What a backup says about itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from ledger.backup import sentences
from ledger.errors import BadBackup

FILE = "backup.json"
ENTRIES, DISCLOSURES, DOCUMENTS, KEPT = "entries", "disclosures", "documents", "kept"


class Manifest(NamedTuple):
    """The content of `backup.json`."""

    origin: str
    entries: int
    head: str
    """Leaf hash of the last entry, base64."""
    at: str
    files: dict[str, str]
    """Name in the backup → SHA-256, hexadecimal."""
    format: int = 1

    def write(self, folder: Path) -> None:
        """Makes the backup one: without this file it is unfinished. Raises `OSError`."""
        draft = folder / f".{FILE}"
        draft.write_text(json.dumps(self._asdict(), indent=2, sort_keys=True) + "\n", "utf-8")
        draft.replace(folder / FILE)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup all of whose files are there, unchanged. Raises `BadBackup`."""
    try:
        said: Any = json.loads((folder / FILE).read_text("utf-8"))
        found = Manifest(**said)
    except (OSError, ValueError, TypeError):
        raise BadBackup(sentences.UNFINISHED, folder=folder, file=FILE) from None
    if found.format != 1:
        raise BadBackup(sentences.NEWER, folder=folder)
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    if wrong := (there - {FILE}) ^ set(found.files):
        raise BadBackup(sentences.MISSING_OR_FOREIGN, folder=folder, file=min(wrong))
    for name, digest in found.files.items():
        if sha256_of(folder / name) != digest:
            raise BadBackup(sentences.CHANGED, path=folder / name)
    return found


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
