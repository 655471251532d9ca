"""Verifies a case of the corpus by the functions that `stimmbuch verify` calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ledger.audit.receipt import verify_receipt
from ledger.errors import ProofError
from ledger.export.dossier_verify import verify_dossier
from ledger.proof.checks import Failure
from ledger.proof.static_log import TileWriter
from ledger.storage import open_store
from tests.support.audited import audit, do
from tests.support.corpus import Case, Fails, files_of, rows_of
from tests.support.dossiers import write

RECEIPT = "receipt.tlog-proof"
"""The one file of a receipt."""


ENTRY = "entry/"


def entry_part(seq: int) -> str:
    """Where the bytes of an entry lie in a log."""
    return f"{ENTRY}{seq:03}"


def verified(group: str, case: Case, folder: Path) -> tuple[Fails, ...]:
    """What is said to the case; it is put into an empty folder where it has to lie in one."""
    failures = VERIFIERS[group](case, folder)
    # Of a receipt one thing is said at most, and the command says it as an error.
    return tuple(Fails.of(one, says=one.message if group == "receipts" else one.sentence) for one in failures)


def placed(group: str, case: Case, folder: Path) -> Path:
    """The case as `stimmbuch verify` takes it."""
    write(with_tiles(files_of(case.parts)), folder)
    if group == "stores":
        _fill(case, folder)
    return folder / RECEIPT if group == "receipts" else folder


def with_tiles(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files among which there are single entries, with the bundle and the tile that these make."""
    entries = [data for name, data in sorted(files.items()) if name.startswith(ENTRY)]
    writer, rest = TileWriter(), {name: data for name, data in files.items() if not name.startswith(ENTRY)}
    return rest | dict(writer.extend(entries)) | dict(writer.edge())


def _fill(case: Case, folder: Path) -> None:
    """The rows, in the tables of an empty store, past the program."""
    open_store(str(folder), create=True).close()
    do(folder, "PRAGMA journal_mode = DELETE")
    for table, row in rows_of(case.parts):
        marks = ", ".join("?" * len(row))
        do(folder, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


def _audited(group: str) -> Callable[[Case, Path], list[Failure]]:
    return lambda case, folder: audit(placed(group, case, folder), case.brought.trust()).failures


def _receipt(case: Case, _: Path) -> list[Failure]:
    try:
        verify_receipt(case.parts[RECEIPT], case.brought.trust().keys)
    except ProofError as error:
        return [Failure.of(error.check, None, error)]
    return []


def _dossier(case: Case, folder: Path) -> list[Failure]:
    return verify_dossier(placed("dossiers", case, folder), case.brought.trust().keys).failures


VERIFIERS: dict[str, Callable[[Case, Path], list[Failure]]] = {
    "logs": _audited("logs"),
    "stores": _audited("stores"),
    "exports": _audited("exports"),
    "anchors": _audited("anchors"),
    "receipts": _receipt,
    "dossiers": _dossier,
}
