"""A process that redacts and dies at a certain step.

`python -m tests.support.dying_eraser STEP STORE HOME`, with the envelope on standard input. It exits with
`DIED` where it died, so that a test knows that the step was reached.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from ledger import redaction
from ledger.application import VotingLedger
from ledger.proof.dsse import receive_envelope
from ledger.storage import Store
from ledger.storage.documents import Documents
from ledger.storage.recorder import LedgerRecorder
from tests.support.builders import Clock
from tests.support.places import Place

DIED = 77
NOW = "2026-03-09T08:00:00.000Z"
"""Later than anything that a town does."""


def die(*_: Any, **__: Any) -> NoReturn:
    """At once: nothing is closed, nothing is flushed."""
    os._exit(DIED)


def after(function: Callable[..., Any]) -> Callable[..., NoReturn]:
    """Dies when the function has returned."""

    def run(*arguments: Any, **named: Any) -> NoReturn:
        function(*arguments, **named)
        die()

    return run


def before_the_entry(_store: Store) -> None:
    """Under the ledger's lock, before anything is stored."""
    type(_store.recorder).batch = die  # type: ignore[method-assign]


def after_the_entry(_store: Store) -> None:
    """The statement is recorded, and nothing is erased."""
    vars(redaction)["erase"] = die


def rows_deleted(store: Store) -> None:
    """The rows are gone, the files still hold them."""
    kind: Any = type(store.disclosures)
    if hasattr(kind, "_empty_the_log"):
        kind._empty_the_log = die
    else:
        disclosures: Any = store.disclosures
        disclosures._scrub = "SELECT pg_terminate_backend(pg_backend_pid())"
        kind.erase = after(lambda *arguments: _delete_only(disclosures, arguments[1]))


def _delete_only(disclosures: Any, digests: Any) -> None:
    with disclosures._datastore.connection() as connection:
        connection.execute(disclosures._delete, (list(digests),))


def texts_erased(_store: Store) -> None:
    """The texts are erased, the documents are not."""
    Documents.erase = die  # type: ignore[method-assign]


def one_document_erased(_store: Store) -> None:
    """One of two documents."""
    Documents.erase = after(Documents.erase)  # type: ignore[method-assign]


def all_erased(_store: Store) -> None:
    """Everything is erased, and it is not written down that it is."""
    vars(redaction)["replace_file"] = die


STEPS: dict[str, Callable[[Store], None]] = {
    "before the entry": before_the_entry,
    "after the entry": after_the_entry,
    "rows deleted": rows_deleted,
    "texts erased": texts_erased,
    "one document erased": one_document_erased,
    "all erased": all_erased,
}

if __name__ == "__main__":
    step, where, home = sys.argv[1:]
    store = Place(where, where, Path(home)).open()
    ledger = VotingLedger(store, clock=Clock(NOW))
    assert isinstance(store.recorder, LedgerRecorder)
    STEPS[step](store)
    ledger.submit(receive_envelope(sys.stdin.buffer.read()))
