"""Published logs and what is handed out of them, as files that compare."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any
from uuid import UUID

from ledger.domain.log_keys import LogKeys
from ledger.domain.values import Place
from ledger.export.dossier import Dossier, export_dossier
from ledger.export.log import Exported, export_log
from ledger.export.source import Source
from ledger.export.verifier_needs import log_keys
from ledger.proof.note import VerificationKey
from ledger.publish.folder import LogFolder
from ledger.storage import Store
from tests.support.chained import ORIGIN, grow
from tests.support.publishing import ALog


def source_of(log: ALog) -> Source:
    """The published log as the exporter sees it."""
    return Source(log.store.recorder, log.folder, keys_of(log))


def keys_of(log: ALog) -> LogKeys:
    """The log's keys: as its entries name them, or, of a chain without meaning, those that sign it."""
    if log.key.name == ORIGIN:
        return only(*(signer.verification_key for signer in log.signers))
    return log_keys(log.store.recorder)


def only(*keys: VerificationKey) -> LogKeys:
    """A log that has had these keys for ever, of each kind one."""
    return LogKeys({"log_keys": [key.text for key in keys], "actor": "registrar"}, Place(0, "", ""))


def published(store: Store, *sizes: int) -> ALog:
    """The log of a store, grown to these sizes and published at each of them."""
    log = ALog(store)
    publisher = log.publisher()
    for size in sizes:
        grow(store, size)
        publisher.publish()
    return log


def export(log: ALog, target: Path, **options: Any) -> Exported:
    """Exports a log."""
    return export_log(log.store, source_of(log), target, **options)


def handed_out(log: ALog, procedure: str, target: Path, **options: Any) -> Dossier:
    """Hands out the dossier of a procedure."""
    return export_dossier(log.store, source_of(log), UUID(procedure), target, **options)


def as_published(log: ALog, target: Path) -> ALog:
    """The export in place of the published log, to be read as that is read."""
    other = copy.copy(log)
    other.folder = LogFolder(target)
    return other


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
