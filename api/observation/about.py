"""Which ledger a thread works for: its records in the log say so, whoever writes them."""

from __future__ import annotations

from contextvars import ContextVar

LEDGER: ContextVar[str] = ContextVar("ledger", default="")
"""The ledger's name; empty where a thread works for several, or for none."""
