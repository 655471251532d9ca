"""eventsourcing's subscription, for every backend that can `wait` (the library's SQLite cannot subscribe)."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import ListenNotifySubscription

if TYPE_CHECKING:
    from ledger.storage.recorder import LedgerRecorder

PATIENCE = 0.1
"""Seconds: how often the waiting thread looks whether the subscription was stopped."""


class LedgerSubscription(ListenNotifySubscription["LedgerRecorder"]):
    """Wakes the library's pulling thread whenever the log has grown."""

    def __init__(self, recorder: LedgerRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._waiting_thread = Thread(target=self._wait, name="ledger-subscription")
        self._waiting_thread.start()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._waiting_thread.join()

    def _wait(self) -> None:
        # The head is remembered here: the position of the pulling thread stands still while
        # entries of other topics pass, and waiting on it would spin.
        seen = -1
        try:
            while not self._has_been_stopped:
                if self._recorder.wait(seen, PATIENCE):
                    seen = self._recorder.head()
                    self._has_been_notified.set()
        except BaseException as error:  # noqa: BLE001  # raised again in the iterating thread
            self._thread_error = self._thread_error or error
            self.stop()
