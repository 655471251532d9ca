"""Where time stamps over checkpoints are kept, as a part of the published log.

::

    anchors/<N>/<tsa>.tsr           the response of a time-stamping authority (RFC 3161), as it came

<N> is the checkpoint's size, written as in `checkpoints/<N>`, and <tsa> the authority's id in entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ledger.errors import ProofError
from ledger.proof.tiles import Bundle
from ledger.publish import sentences

FOLDER = "anchors"

_NAME = re.compile(r"anchors/((?:x[0-9]{3}/)*[0-9]{3})/([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.tsr")


def anchor_path(size: int, tsa: str) -> str:
    """Where the time stamp of this authority over the checkpoint of this size is kept."""
    return f"{Bundle(size).path.replace('tile/entries/', 'anchors/', 1)}/{tsa}.tsr"


def parse_anchor_path(name: str) -> tuple[int, str]:
    """Size and authority of such a name. Raises `ProofError` for any other name."""
    match = _NAME.fullmatch(name)
    if match is not None:
        size = int(re.sub("[x/]", "", match[1]))
        if anchor_path(size, match[2]) == name:
            return size, match[2]
    raise ProofError(sentences.NO_ANCHOR_NAME, name=name, check="9.1")


def anchors_of(log: Path, size: int) -> list[str]:
    """The authorities whose time stamps over the checkpoint of this size are kept, by id."""
    found = []
    for path in (log / anchor_path(size, "tsa")).parent.glob("*.tsr"):
        try:
            found.append(parse_anchor_path(path.relative_to(log).as_posix())[1])
        except ProofError:
            continue  # half written, or somebody else's
    return sorted(found)


def kept_anchors(log: Path) -> Iterator[tuple[int, str]]:
    """Size and authority of every time stamp in a published log, by size."""
    found = []
    for path in (log / FOLDER).rglob("*.tsr"):
        try:
            found.append(parse_anchor_path(path.relative_to(log).as_posix()))
        except ProofError:
            continue  # half written, or somebody else's
    yield from sorted(found)
