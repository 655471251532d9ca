"""The audit of a whole store, as others use it, and where its result is kept."""

from __future__ import annotations

from pathlib import Path

from ledger.audit.auditor import Auditor
from ledger.audit.report import Audit
from ledger.audit.target import store_target
from ledger.audit.trust import NOTHING
from ledger.audit.walk import Progress
from ledger.storage.store import Store


def audit_store(store: Store, progress: Progress | None = None, *, processes: int | None = None) -> Audit:
    """Verifies a whole store. `progress` is told entries done and in all. Raises a `StorageError`."""
    return Auditor(store_target(store), NOTHING, progress, processes).run()


def result_path(store: Store) -> Path:
    """Where the result of the last audit is kept: beside the ledger, not in it."""
    return store.home / "verification.json"
