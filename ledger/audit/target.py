"""What an audit looks at: a store with everything around it, or an export of its published log."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ledger.audit import sentences
from ledger.audit.anchors import Trusted, trusted_at, trusts_nobody
from ledger.audit.beside import Texts
from ledger.audit.folder_source import FolderSource
from ledger.audit.source import PAGE, EntrySource
from ledger.audit.store_source import StoreSource
from ledger.audit.texts import FolderTexts
from ledger.errors import NotALedger, NotFound, ProofError, StimmbuchError, StoreUnavailable
from ledger.export.names import DISCLOSURES, KEYS
from ledger.mapper import read_entry
from ledger.proof.note import parse_note
from ledger.proof.tree_head import parse_checkpoint
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder
from ledger.publish.policy_file import NAME as POLICY
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage.documents import Documents
from ledger.storage.store import DOCUMENTS, Store


@dataclass
class Target:
    """Everything about one ledger that is there to be looked at."""

    source: EntrySource
    documents: Documents
    texts: Texts
    folder: LogFolder | None
    """The published log, if there is one."""
    size: int
    """The size that its newest checkpoint says."""
    bundles: bool
    """Whether the published bundles are something else than the source."""
    memory: bytes | None = None
    """The last checkpoint that the signer remembers."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What lies beside it: `policy`, `log.vkey`."""
    authorities: Trusted = trusts_nobody
    """Which time-stamping authorities are trusted."""


def store_target(store: Store, *, memory: Path | None = None) -> Target:
    """A store. `memory` is the signer's directory, if it is not in the store's home. Raises a `StorageError`.

    First what is published, then what is signed, then what is stored: so a service may go on meanwhile.
    """
    folder = LogFolder(store.home / FOLDER)
    size = newest_size(folder)
    signed = _read(memory or store.home / SIGNER, CHECKPOINT)
    return Target(
        folder=folder if folder.path.is_dir() else None,
        size=size,
        bundles=True,
        memory=signed,
        files=_files(store.home, POLICY),
        source=StoreSource.of(store),
        documents=store.documents,
        texts=store.disclosures,
        authorities=trusted_at(store.home),
    )


def export_target(path: Path) -> Target:
    """An export, or a copy of a published log. Raises `NotALedger` or `StoreUnavailable`."""
    folder = LogFolder(path)
    if not is_export(path):
        raise NotALedger(sentences.NEITHER_LEDGER_NOR_LOG, path=path)
    size = newest_size(folder)
    return Target(
        folder=folder,
        size=size,
        bundles=False,
        files=_files(path, POLICY, KEYS),
        source=FolderSource(path, size),
        documents=Documents(path / DOCUMENTS),
        texts=FolderTexts(path / DISCLOSURES),
    )


def is_export(path: Path) -> bool:
    """Whether this is the directory of a published log."""
    return (path / CHECKPOINT).is_file() or (path / "tile").is_dir()


def newest_size(folder: LogFolder) -> int:
    """The size of the newest published checkpoint that can be read, whatever it is worth."""
    with suppress(StimmbuchError):
        return size_of(folder.read(CHECKPOINT))
    return max(kept_sizes(folder), default=0)


def size_of(note: bytes) -> int:
    """The size that a checkpoint says. Raises `ProofError`."""
    return parse_checkpoint(parse_note(note).text).size


def kept_sizes(folder: LogFolder) -> list[int]:
    """The sizes under which checkpoints are kept, in order."""
    return sorted(folder.kept())


def origin_of(target: Target) -> str:
    """The ledger's name, from its first entry that can be read at all, or from its checkpoint.

    Raises `ProofError`.
    """
    found = _origin_in(target.source)
    if found is None and target.folder is not None:
        with suppress(StimmbuchError):
            found = target.folder.newest().origin
    if not found:
        raise ProofError(sentences.NO_ENTRY_READABLE, check="1.1")
    return found


def _origin_in(source: EntrySource) -> str | None:
    first: int | None = 0
    while first is not None and first < source.size:
        end = first + PAGE if first else 1
        for state in source.page(first, end).states:
            with suppress(StimmbuchError):
                return read_entry(state).entry.log
        first = source.next(end)
    return None


def _files(folder: Path, *names: str) -> dict[str, bytes]:
    found = {name: _read(folder, name) for name in names}
    return {name: data for name, data in found.items() if data is not None}


def _read(folder: Path, name: str) -> bytes | None:
    try:
        return LogFolder(folder).read(name)
    except (NotFound, StoreUnavailable):
        return None
