"""Auditing a published log by all cores: how fast, in what memory; and what a later audit of news costs.

A whole audit is compared with the Ed25519 verifications of all cores in the same time, an audit of what is
new with the whole one, a new entry with an entry.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from scripts.bench_measure import Figure, Measured, alternating, audit_task, middle, peak, task
from scripts.bench_town import roll_calls

VERIFICATIONS = 20_000
"""Of each process."""

ASSEMBLY = 435

AS_IT_LIKES = 0
"""As many processes as the audit takes by itself: for little work one."""

MEMORY = 200
"""MiB that an audit may take, at a million entries."""


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """A log with made-up roll calls; then a tenth more of them."""
    rounds, calls = (3, 60) if quick else (5, 2_300)
    store, state, cores = str(folder / "audited"), folder / "state", os.cpu_count() or 1
    _grow(store, folder, calls)
    rates, audits, alone = alternating(
        rounds,
        lambda: task("verify-rate-of-all", VERIFICATIONS),
        lambda: audit_task(store, cores),
        lambda: audit_task(store, 1),
    )
    entries = f"{audits[0].work:,.0f} entries"
    rate, whole = middle(rates, Measured.a_second), middle(audits, Measured.a_second)
    yield Figure(f"audit by all cores, {entries}", whole, "entries/s", "signatures", rate, 0.7, peak(audits))
    for name, results in (("all cores", audits), ("one process", alone)):
        used = peak(results)
        yield Figure(f"memory of an audit by {name}", used, "MiB", "", 0, None, used, limit=MEMORY)
    audit_task(store, cores, state)
    _grow(store, folder, calls + max(1, calls // 10))
    copies = (folder / f"state-{number}" for number in count())
    news = [audit_task(store, AS_IT_LIKES, shutil.copytree(state, next(copies))) for _ in range(rounds)]
    value = middle(news, Measured.a_second)
    yield Figure(
        f"audit of {news[0].work:,.0f} new entries", value, "entries/s", "whole audit", whole, 0.8, peak(news)
    )


def _grow(store: str, folder: Path, calls: int) -> None:
    """Imports so many roll calls, but for those that are there, and publishes."""
    file = folder / "calls.jsonl"
    with file.open("w") as out:
        out.writelines(json.dumps(call) + "\n" for call in roll_calls(calls, ASSEMBLY))
    task("imports", store, file)
    task("publish", store)
