"""The audit: a log in numbered checks, its published form, and what lies beside it.

Reads everything from the bytes, trusts no column, no file name and no size: those are compared.

Which module does what stands in `README.md` beside this.
"""

from __future__ import annotations

from pathlib import Path

from ledger.audit.auditor import Auditor
from ledger.audit.kept import KeptState
from ledger.audit.report import Audit
from ledger.audit.target import Target, export_target, store_target
from ledger.audit.trust import NOTHING, Trust
from ledger.audit.walk import Progress
from ledger.storage.store import Store

__all__ = [
    "Audit",
    "Auditor",
    "KeptState",
    "Target",
    "Trust",
    "audit_store",
    "export_target",
    "result_path",
    "store_target",
]


def audit_store(store: Store, progress: Progress | None = None, *, processes: int | None = None) -> Audit:
    """Verifies a whole store. `progress` is told entries done and in all. Raises a `StorageError`."""
    return Auditor(store_target(store), NOTHING, progress, processes).run()


def result_path(store: Store) -> Path:
    """Where the result of the last audit is kept: beside the ledger, not in it."""
    return store.home / "verification.json"
