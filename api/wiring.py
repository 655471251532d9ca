"""The composition root: from a store's address to a running service. Tests replace its arguments."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.audit import result_path
from ledger.storage.store import Store, open_store
from projections.follower import Follower
from projections.open import open_views
from projections.views import Views

Clock = Callable[[], str]


@dataclass
class Service:
    """One ledger with its views, as a process uses it."""

    store: Store
    ledger: VotingLedger
    views: Views
    follower: Follower
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        """The ledger's name in addresses: the last part of its origin."""
        return self.ledger.origin.rsplit("/", 1)[-1]

    def follow(self) -> None:
        """Keeps the views up to date in a thread of this process, until `close`."""
        self._thread = threading.Thread(
            target=self.follower.run, args=(self._stop,), name="follower", daemon=True
        )
        self._thread.start()

    def last_verification(self) -> dict[str, Any] | None:
        """What the last `stimmbuch verify` of this store found, if there was one."""
        path = result_path(self.store)
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def close(self) -> None:
        """Answers what was accepted, stops following, and releases the databases."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self.ledger.close()
        self.views.close()


def open_service(where: str, *, home: Path | None = None, clock: Clock = utc_now) -> Service:
    """Opens a ledger and its views. Raises a `StorageError`."""
    store = open_store(where, home=home)
    ledger = VotingLedger(store, clock=clock)
    views = open_views(store)
    return Service(store, ledger, views, Follower(ledger, views))


def prepare_for_views(where: str, store: Store) -> None:
    """On PostgreSQL: lets the service make its views. Run as the owner, once. Raises a `StorageError`."""
    conninfo = store.env.get("POSTGRES_CONNINFO")
    if conninfo is None:
        return
    # psycopg takes a tenth of a second to import, which an embedded ledger need not pay.
    from ledger.storage.migrate import SERVICE  # noqa: PLC0415
    from ledger.storage.store import split_url  # noqa: PLC0415
    from projections.postgres_schema import prepare_views  # noqa: PLC0415

    _, schema, service = split_url(where)
    prepare_views(conninfo, schema, service or SERVICE)
