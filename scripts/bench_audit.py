"""Auditing a published log: how fast, in what memory; and what a later audit of news costs.

A whole audit is compared with the Ed25519 verifications of as many processes in the same time, an audit of
what is new with the whole one, a new entry with an entry. A million entries take minutes to make and a minute
to audit: one process goes through them once only.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from scripts.bench_measure import Figure, Measured, alternating, audit_task, middle, peak, task
from scripts.bench_town import roll_calls

VERIFICATIONS = 40_000
"""Of each process."""

ROUNDS = 3

ASSEMBLY = 435

AS_IT_LIKES = 0
"""As many processes as the audit takes by itself: for little work one."""

MEMORY = 190
"""MiB that an audit may take, at a million entries."""


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """A log with made-up roll calls; then a tenth more of them."""
    calls, store, state = 60 if quick else 2_300, str(folder / "audited"), folder / "state"
    cores = os.cpu_count() or 1
    _grow(store, folder, calls)
    whole = 0.0
    for name, processes, rates_of, rounds, aim in (
        ("one process", 1, "verify-rate", 1, 0.6),
        ("all cores", cores, "verify-rate-of-all", ROUNDS, 0.7),
    ):
        rates, audits = alternating(
            rounds, partial(task, rates_of, VERIFICATIONS), partial(audit_task, store, processes)
        )
        rate, whole, used = middle(rates, Measured.a_second), middle(audits, Measured.a_second), peak(audits)
        title = f"audit by {name}, {audits[0].work:,.0f} entries"
        yield Figure(title, whole, "entries/s", "signatures", rate, aim, used)
        yield Figure(f"memory of an audit by {name}", used, "MiB", "", 0, None, used, limit=MEMORY)
    audit_task(store, cores, state)
    _grow(store, folder, calls + max(1, calls // 10))
    copies = (folder / f"state-{number}" for number in count())
    news = [audit_task(store, AS_IT_LIKES, shutil.copytree(state, next(copies))) for _ in range(ROUNDS)]
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
