"""The names of files beside the log, in an export and in a dossier alike."""

from __future__ import annotations

import re

CHECKPOINT = "checkpoint"
KEYS = "log.vkey"
POLICY = "policy"
README = "README.txt"
DOCUMENTS = "documents"
DISCLOSURES = "disclosures"

_BESIDE = re.compile(r"(documents|disclosures)/([0-9a-f]{2})/(\2[0-9a-f]{62})")
_ENTRY = re.compile(r"entries/([0-9]{12}|[1-9][0-9]{12,15})\.tlog-proof")
_SEEN = re.compile(r"seen/([0-9]{12}|[1-9][0-9]{12,15})")
_ANCHOR = re.compile(r"anchors/((?:x[0-9]{3}/)*[0-9]{3})/[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.tsr")


def document_name(sha256: str) -> str:
    """Where a document lies; `sha256` in hexadecimal."""
    return f"{DOCUMENTS}/{sha256[:2]}/{sha256}"


def disclosure_name(digest: bytes) -> str:
    """Where an encoded disclosure lies; `digest` is its SHA-256 (32 bytes)."""
    return f"{DISCLOSURES}/{digest.hex()[:2]}/{digest.hex()}"


def entry_name(seq: int) -> str:
    """Where a dossier keeps the proof of an entry: twelve digits, so that names sort as numbers do."""
    return f"entries/{seq:012d}.tlog-proof"


def entry_of(name: str) -> int | None:
    """The number of the entry whose proof this is, or None."""
    match = _ENTRY.fullmatch(name)
    return int(match[1]) if match else None


def seen_name(size: int) -> str:
    """Where a dossier keeps the proof that its tree begins with the one of `size` entries."""
    return f"seen/{size:012d}"


def seen_of(name: str) -> int | None:
    """The size of the tree that a proof is about, or None."""
    match = _SEEN.fullmatch(name)
    return int(match[1]) if match else None


def digest_of(name: str, folder: str) -> str | None:
    """The digest (hexadecimal) under which a file lies in `folder`, or None if it lies elsewhere."""
    match = _BESIDE.fullmatch(name)
    return match[3] if match and match[1] == folder else None


def is_anchor_name(name: str) -> bool:
    """Whether a time stamp over a checkpoint may lie here."""
    return bool(_ANCHOR.fullmatch(name))


def is_dossier_name(name: str) -> bool:
    """Whether a dossier may hold a file of this name."""
    return (
        name in {CHECKPOINT, KEYS, POLICY, README}
        or entry_of(name) is not None
        or seen_of(name) is not None
        or bool(_BESIDE.fullmatch(name) or is_anchor_name(name))
    )
