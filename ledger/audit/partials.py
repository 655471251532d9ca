"""(8.7) Unfinished tiles and bundles of older checkpoints, which may be removed at any time.

While they are there, proofs for these checkpoints are made from them: each must be the beginning of what
took its place, which was held against the entries.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ledger.audit import sentences
from ledger.audit.bundles import Published
from ledger.audit.failures import Failures
from ledger.errors import NotFound, ProofError, StoreUnavailable
from ledger.proof.encoding import b64
from ledger.proof.tiles import HEIGHT, WIDTH, Bundle, Tile, decode_bundle, parse_tile_path, split_tile
from ledger.proof.tree_hash import hash_leaf
from ledger.publish.folder import LogFolder


def check_partials(published: Published, failures: Failures) -> None:
    """Looks at all of them. What no checkpoint names yet is left out."""
    for part in _partials(published.folder):
        level = 0 if isinstance(part, Bundle) else part.level
        end = (part.index * WIDTH + part.width) << HEIGHT * level
        if end > published.size:
            continue
        try:
            _compare(part, published, failures)
        except (NotFound, ProofError, StoreUnavailable) as error:
            failures.fail("8.7", part.index * WIDTH << HEIGHT * level, error)


def _partials(folder: LogFolder) -> Iterator[Tile | Bundle]:
    for place, _, names in os.walk(folder.path / "tile"):
        if not place.endswith(".p"):
            continue
        prefix = os.path.relpath(place, folder.path)
        for name in sorted(names):
            try:
                yield parse_tile_path(f"{prefix}/{name}")
            except ProofError:
                continue  # a draft that a crash left


def _compare(part: Tile | Bundle, published: Published, failures: Failures) -> None:
    folder = published.folder
    data = folder.read(part.path)
    if isinstance(part, Bundle):
        width = min(WIDTH, published.size - part.index * WIDTH)
        ours = [hash_leaf(entry) for entry in folder.bundle(Bundle(part.index, width))[: part.width]]
        theirs = [hash_leaf(entry) for entry in decode_bundle(data, part.width)]
        level = 0
    else:
        level = part.level
        width = min(WIDTH, (published.size >> HEIGHT * level) - part.index * WIDTH)
        whole = Tile(level, part.index, width)
        ours = split_tile(folder.tile(whole), whole)[: part.width]
        theirs = split_tile(data, part)
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            seq = (part.index * WIDTH + place) << HEIGHT * level
            values = b64(one), b64(other)
            failures.fail("8.7", seq, sentences.NOT_THE_BEGINNING, *values, path=part.path)
