"""The entries of a store's database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.utils import Environment

from ledger.audit.source import Page
from ledger.storage.recorder import LedgerRecorder
from ledger.storage.store import Store


class StoreSource:
    """Implements `EntrySource`. What is appended after its making is left out."""

    def __init__(self, recorder: LedgerRecorder, env: Mapping[str, str]) -> None:
        self._recorder = recorder
        self._env = env
        self.size = recorder.head() + 1

    @classmethod
    def of(cls, store: Store) -> StoreSource:
        """The source of an open store, which stays the caller's to close."""
        return cls(store.recorder, store.env)

    @property
    def reopen(self) -> Callable[[], StoreSource]:
        """Opens the database once more."""
        return partial(_open, dict(self._env))

    def page(self, first: int, end: int) -> Page:
        """The rows of these numbers."""
        columns = self._recorder.columns(first - 1, end - first, until=end - 1)
        whole = len(columns.seq) == end - first  # numbers are unique and in order, so none is missing
        return Page(range(first, end) if whole else list(columns.seq), list(columns.state), columns)

    def next(self, number: int) -> int | None:
        """The number of the next row."""
        rows = self._recorder.read(number - 1, 1, until=self.size - 1)
        return rows[0].seq if rows else None

    def close(self) -> None:
        """Closes the recorder."""
        self._recorder.close()


def _open(env: Mapping[str, str]) -> StoreSource:
    factory: InfrastructureFactory[Any] = InfrastructureFactory.construct(Environment(env=env))
    return StoreSource(cast("LedgerRecorder", factory.application_recorder()), env)
