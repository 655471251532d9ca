"""One procedure alone, as a dossier that verifies without the rest of the log.

::

    checkpoint                    the one signed head against which everything is proven
    entries/<number>.tlog-proof   each entry with its proof (C2SP tlog-proof)
    seen/<size>                   for each checkpoint that a signer had seen: the tree begins with it
    documents/…, disclosures/…    what these entries name, as far as it is there and wanted
    log.vkey, policy, anchors/…   what a verifier needs besides
    README.txt                    how to verify it, and what it cannot show
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ledger.errors import DocumentMismatch, NotFound, ProofError
from ledger.export import sentences
from ledger.export.archive import Archive, new_archive
from ledger.export.beside import checked_disclosure
from ledger.export.chosen import Chosen, choose
from ledger.export.head import Head
from ledger.export.letters import dossier_letter
from ledger.export.limits import limits
from ledger.export.names import CHECKPOINT, KEYS, README, disclosure_name, entry_name
from ledger.export.seen import seen_files
from ledger.export.source import Source
from ledger.export.verifier_needs import anchors_of, format_keys, keys_at, policy_of
from ledger.proof.encoding import b64
from ledger.proof.merkle import hash_leaf, verify_inclusion
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.publish.published import Published
from ledger.publish.receipts import Receipts
from ledger.storage.recorder import Row
from ledger.storage.store import Store

AT_ONCE = 500
"""Files that are written at once."""


class Dossier(NamedTuple):
    """What was handed out."""

    origin: str
    procedure: str
    state: str
    size: int
    root: str
    """Base64."""
    entries: int
    register_entries: int
    documents: int
    disclosures: int
    missing: list[str]
    """Documents that the entries name and that are not in the store, by SHA-256."""


def export_dossier(
    store: Store,
    source: Source,
    procedure: UUID,
    target: Path,
    *,
    size: int | None = None,
    documents: bool = True,
    disclosures: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Dossier:
    """Writes the dossier of a procedure to a new place, as of the checkpoint of `size` (default: the newest).

    Raises `NotFound` for an unknown procedure or size, `OtherExport` or `CannotWrite` for the place,
    `ProofError` if entries, database and published log do not agree.
    """
    head = source.head(size)
    origin, length, root = head.checkpoint
    chosen = choose(source.recorder, origin, procedure, length, progress)
    seen = seen_files(chosen.seen, head.checkpoint, source.nodes(length))
    with new_archive(target) as archive:
        letter = dossier_letter(origin, str(procedure), limits(length, chosen.last, chosen.register_last))
        keys = format_keys(keys_at(source.log_keys, length))
        archive.put({README: letter, KEYS: keys, CHECKPOINT: head.note})
        archive.put(policy_of(store) | _anchors(source, length))
        _put_entries(archive, source, head, chosen.rows)
        archive.put(seen)
        missing = _put_documents(archive, store, chosen) if documents else []
        texts = _put_disclosures(archive, store, chosen) if disclosures else 0
    of_register = sum(row.stream == chosen.rows[0].stream for row in chosen.rows)
    return Dossier(
        origin=origin,
        procedure=str(procedure),
        state=chosen.state,
        size=length,
        root=b64(root),
        entries=len(chosen.rows),
        register_entries=of_register,
        documents=len(chosen.documents.keys() - chosen.erased) - len(missing) if documents else 0,
        disclosures=texts,
        missing=missing,
    )


def _anchors(source: Source, size: int) -> dict[str, bytes]:
    return {name: source.log.read(name) for anchored, name in anchors_of(source.log) if anchored == size}


def _put_entries(archive: Archive, source: Source, head: Head, rows: list[Row]) -> None:
    """Each entry as a receipt against the one checkpoint; none that would not verify."""
    receipts = Receipts(Published(source.log, lambda: None))
    size, root = head.checkpoint.size, head.checkpoint.root
    for start in range(0, len(rows), AT_ONCE):
        files = {}
        for row in rows[start : start + AT_ONCE]:
            data = _receipt(receipts, row, size)
            proof = parse_tlog_proof(data).proof
            verify_inclusion(hash_leaf(row.state), row.seq, size, proof, root)
            files[entry_name(row.seq)] = data
        archive.put(files)


def _receipt(receipts: Receipts, row: Row, size: int) -> bytes:
    try:
        return receipts.receipt(row.seq, row.state, size=size)
    except NotFound as error:
        raise ProofError(error, check="8.7") from None


def _put_documents(archive: Archive, store: Store, chosen: Chosen) -> list[str]:
    """Returns those that are not in the store."""
    missing = []
    for sha256 in sorted(chosen.documents.keys() - chosen.erased):
        try:
            with store.documents.open(sha256) as stream:
                archive.put_document(sha256, stream)
        except NotFound:
            missing.append(sha256)
        except DocumentMismatch:
            raise ProofError(sentences.DOCUMENT_CHANGED, sha256=sha256, check="7.1") from None
    return missing


def _put_disclosures(archive: Archive, store: Store, chosen: Chosen) -> int:
    """What is not there was erased, or is none of ours."""
    found = store.disclosures.get(one for one in chosen.disclosures if one.hex() not in chosen.erased)
    archive.put({disclosure_name(one): checked_disclosure(one, body) for one, body in sorted(found.items())})
    return len(found)
