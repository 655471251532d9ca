"""The audit: a log in numbered checks, its published form, and what lies beside it.

Reads everything from the bytes, trusts no column, no file name and no size: those are compared.

Which module does what stands in `README.md` beside this. What it is used by has its names here; each is
loaded when it is asked for, because a process that examines entries needs none of them, and is a third
smaller without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.audit.auditor import Auditor
    from ledger.audit.kept import KeptState
    from ledger.audit.report import Audit
    from ledger.audit.target import Target, export_target, store_target
    from ledger.audit.trust import Trust
    from ledger.audit.whole import audit_store, result_path

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

_MODULES = {
    "Audit": "report",
    "Auditor": "auditor",
    "KeptState": "kept",
    "Target": "target",
    "Trust": "trust",
    "audit_store": "whole",
    "export_target": "target",
    "result_path": "whole",
    "store_target": "target",
}


def __getattr__(name: str) -> Any:
    """Loads a name from its module (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
