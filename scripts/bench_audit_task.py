"""One audit in a process of its own: `python -m scripts.bench_audit_task STORE PROCESSES [STATE]`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from ledger.audit import Auditor, KeptState, store_target
from ledger.storage.store import open_store
from scripts.bench_measure import timed


def audit(store: str, processes: str, state: str | None = None) -> None:
    """Verifies a store by so many processes (0: as many as it likes), with a state only what is new.

    Counts entries.
    """
    work: list[float] = []
    chosen = int(processes) or None
    with closing(open_store(store)) as opened, timed(work):
        auditor = Auditor(store_target(opened), processes=chosen)
        if state is None:
            found = auditor.run()
        else:
            with closing(KeptState(Path(state))) as kept:
                found = auditor.run(kept, whole=False)
        work.append(found.entries - found.first)
    if found.failures:
        raise RuntimeError(f"{len(found.failures)} failures")


if __name__ == "__main__":
    audit(*sys.argv[1:])
