"""The whole log as static files: for any web server, any verifier, and anybody's shelf.

::

    log.vkey, README.txt                           whose log this is, and how to verify it
    tile/…, tile/entries/…, checkpoints/…          as they were published (`ledger.publish.folder`)
    anchors/…, policy                              where there are any
    documents/ab/<sha256>, disclosures/ab/<hex>    what lies beside the log, as far as it is wanted
    checkpoint                                     written last: everything up to its size is there

Nothing is copied that was not checked: the entries of the bundles are those of the database, the tiles are
what these entries give, and the root is the one that was signed. A second export into the same directory
starts where the first one ended.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ledger.errors import NotFound, OtherExport, ProofError
from ledger.export import sentences
from ledger.export.beside import copy_disclosures, copy_documents, erased_in
from ledger.export.head import Head
from ledger.export.letters import log_letter
from ledger.export.names import KEYS, README
from ledger.export.partials import earlier_partials
from ledger.export.place import ExportFolder, export_folder
from ledger.export.source import Source
from ledger.export.verifier_needs import anchors_of, format_keys, keys_at, policy_of
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.encoding import b64
from ledger.proof.merkle import root_at
from ledger.proof.static_log import TileWriter
from ledger.publish.sizes import NAME, Sizes, encode_sizes
from ledger.storage.store import Store

AT_ONCE = 1000
"""Checkpoints that are written at once."""

Progress = Callable[[int, int], None]
"""Is told how many entries are done, and of how many."""


class Exported(NamedTuple):
    """What an export added, and how far it goes now."""

    origin: str
    size: int
    root: str
    """Base64."""
    entries: int
    checkpoints: int
    documents: int
    disclosures: int
    removed: int
    """Documents and disclosures that were there and have been erased since."""


def export_log(
    store: Store,
    source: Source,
    target: Path,
    *,
    size: int | None = None,
    documents: bool = True,
    disclosures: bool = True,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Writes the log as it was at the checkpoint of `size` (default: the newest) into a directory.

    Raises `NotFound` for a size that was not published, `OtherExport` or `CannotWrite` for the directory,
    `RolledBack` or `ProofError` if database, published log and earlier export do not agree.
    """
    head = source.head(size)
    with export_folder(target, source.keys) as folder:
        for name, wanted in (("documents", documents), ("disclosures", disclosures)):
            if not wanted:
                folder.require_none_of(name)
        _require_continues(folder, source, head.checkpoint)
        folder.put(
            {
                KEYS: format_keys(keys_at(source.log_keys, head.checkpoint.size)),
                README: log_letter(head.checkpoint.origin),
            }
        )
        old = folder.checkpoint.size
        _copy_entries(source, folder, head.checkpoint, progress)
        checkpoints = _copy_checkpoints(source, folder, head)
        _copy_needs(store, source, folder, head.checkpoint.size)
        erased = erased_in(source.recorder)
        beside = (
            copy_documents(store.documents, folder, erased) if documents else 0,
            copy_disclosures(store.disclosures, folder, erased) if disclosures else 0,
            folder.remove(erased_in(source.recorder)),  # also what was erased meanwhile
        )
        folder.finish(head.note)
    origin, new, root = head.checkpoint
    return Exported(origin, new, b64(root), new - old, checkpoints, *beside)


def _require_continues(folder: ExportFolder, source: Source, head: Checkpoint) -> None:
    """What is there must be a beginning of what is to come. Else one of the two is another history."""
    old = folder.checkpoint
    if old.size > head.size:
        raise OtherExport(sentences.GOES_FURTHER, path=folder.path, old=old.size, new=head.size)
    if root_at(old.size, source.nodes(head.size)) != old.root:
        raise ProofError(sentences.ANOTHER_HISTORY, size=old.size, path=folder.path, check="8.6")


def _copy_entries(source: Source, folder: ExportFolder, head: Checkpoint, progress: Progress) -> None:
    """Bundles and tiles, made from the entries and held against those that were published."""
    writer = _edge(folder)
    for entries in source.entries(writer.size, head.size):
        files = writer.extend(entries)
        source.compare_tiles(files)
        folder.put(dict(files))
        progress(writer.size, head.size)
    old, edge = folder.checkpoint.size, writer.edge()
    source.compare_tiles(edge)
    if head.size > old:
        since = (size for size in source.sizes.listed(head.size) if size > old)
        folder.put(dict(edge) | dict(earlier_partials(edge, since)))
    if writer.root() != head.root:
        raise ProofError(sentences.ANOTHER_ROOT_THAN_SIGNED, size=head.size, check="8.1")


def _edge(folder: ExportFolder) -> TileWriter:
    """The right edge of what is there. Raises `ProofError` (8.7) if it was changed."""
    try:
        writer = TileWriter.of(folder.checkpoint.size, folder.log.read)
    except NotFound as error:
        raise ProofError(sentences.DAMAGED_BUT, path=folder.path, error=error, check="8.7") from None
    if writer.root() != folder.checkpoint.root:
        raise ProofError(sentences.DAMAGED_TILES, path=folder.path, check="8.7")
    return writer


def _copy_checkpoints(source: Source, folder: ExportFolder, head: Head) -> int:
    """Every checkpoint on the way, so that receipts can be made again from the export alone."""
    added, notes = 0, source.notes(folder.checkpoint.size, head.checkpoint.size)
    while part := dict(islice(notes, AT_ONCE)):
        folder.put(part)
        added += len(part)
    known = {*Sizes(folder.path).listed(folder.checkpoint.size), *source.sizes.listed(head.checkpoint.size)}
    folder.put({NAME: encode_sizes(sorted(known))})
    return added


def _copy_needs(store: Store, source: Source, folder: ExportFolder, size: int) -> None:
    anchors = {name: source.log.read(name) for anchored, name in anchors_of(source.log) if anchored <= size}
    folder.put(policy_of(store) | anchors)
