"""Importing, verifying and viewing a log, against the machine's own rates.

Import and verification are compared with Ed25519 verifications of one core: each vote needs at least one.
Views are compared with the standard library's parsing of the same entries.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.bench_measure import ROOT, Figure, Measured, alternating, audit_task, middle, peak, task
from scripts.bench_servers import postgres
from scripts.bench_town import roll_calls

VERIFICATIONS = 20000
ASSEMBLY = 435


def imports(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Made-up roll calls of an assembly, imported and verified, in an embedded ledger."""
    yield from _against_verification(str(folder / "imported"), _calls(folder, quick), 3 if quick else 5, "")


def views_sqlite(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """The views of the same roll calls, from zero."""
    store = str(folder / "imported")
    task("imports", store, _calls(folder, quick))
    yield _views("SQLite", store, store, 50_000, 3 if quick else 5)


def views_postgres(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """The same on PostgreSQL."""
    with postgres() as given:
        home = str(folder / "home")
        _import(given["owner"], given["service"], home, _calls(folder, quick))
        yield _views("PostgreSQL", given["service"], home, 30_000, 3 if quick else 5)


def _calls(folder: Path, quick: bool) -> Path:
    file = folder / "calls.jsonl"
    calls = roll_calls(10 if quick else 60, ASSEMBLY)
    file.write_text("".join(json.dumps(call) + "\n" for call in calls))
    return file


def congress(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 (there is one size)
    """All roll calls of the US Congress: 6,348, with 2.5 million votes. Needs the research folder.

    Before anything is measured all their results are compared; the tests do that for a sample.
    """
    compared = [sys.executable, "-m", "pytest", "-q", "tests/journeys/test_rollcall_congress.py"]
    subprocess.run(
        compared, cwd=ROOT, stdout=sys.stderr, check=True, env={**os.environ, "STIMMBUCH_ALL_ROLL_CALLS": "1"}
    )
    file, store = folder / "congress.jsonl", str(folder / "congress")
    with file.open("wb") as out:
        command = [sys.executable, "-m", "tests.support.rollcalls", "congress"]
        subprocess.run(command, cwd=ROOT, stdout=out, check=True)
    yield from _against_verification(store, file, 1, ", all of Congress")
    yield _views("SQLite, all of Congress", store, store, 50_000, 1)


def _against_verification(store: str, file: Path, rounds: int, what: str) -> Iterator[Figure]:
    def importing() -> Measured:
        shutil.rmtree(store, ignore_errors=True)
        return task("imports", store, file)

    def auditing() -> Measured:
        return audit_task(store, 1)

    def verifying() -> Measured:
        return task("verify-rate", VERIFICATIONS)

    verified, imported, again, audited = alternating(rounds, verifying, importing, verifying, auditing)
    rate = middle(verified + again, Measured.of_a_core)
    for name, results, aim in (("votes imported", imported, 0.5), ("entries verified", audited, 0.6)):
        value = middle(results, Measured.of_a_core)
        yield Figure(f"{name}{what}", value, "a CPU s", "signatures", rate, aim, peak(results))


def _views(name: str, store: str, home: str, aim: int, rounds: int) -> Figure:
    rebuilt, loaded = alternating(
        rounds, lambda: task("rebuild", store, home), lambda: task("loads", store, home)
    )
    value, baseline = (middle(results, Measured.a_second) for results in (rebuilt, loaded))
    title, memory = f"views rebuilt, {name}", peak(rebuilt)
    return Figure(title, value, "entries/s", "json.loads of them", baseline, None, memory, least=aim)


def _import(owner: str, service: str, home: str, file: Path) -> None:
    """The same roll calls in a ledger on PostgreSQL."""
    for command in (
        ["init", "--store", owner, "--origin", "ledger.example.org/bench"],
        ["import", "rollcalls", str(file), "--store", service],
    ):
        full = [sys.executable, "-m", "api", *command, "--home", home]
        subprocess.run(full, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
