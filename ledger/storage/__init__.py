"""The only place that stores events: SQLite for one machine, PostgreSQL for a service.

`recorder.py` says what a storage promises; `README.md` says how each backend keeps it. Per backend:

===============  =======================================================================
`sqlite*.py`     the file and its errors, connections and the lock, batches and reading
`postgres*.py`   errors, connections, batches, reading; `migrate.py` and `migrations/`
===============  =======================================================================

Disclosures (erasable texts) lie beside the log in the same database, documents as files.
"""

from ledger.storage.recorder import Batch, Conflict, LedgerRecorder, Row
from ledger.storage.store import Store, open_store

__all__ = ["Batch", "Conflict", "LedgerRecorder", "Row", "Store", "open_store"]
