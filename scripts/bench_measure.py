"""How the benchmark measures: tasks in processes of their own, medians of alternating runs, ratios.

A task prints one JSON object, `{"work": n, "wall": s, "cpu": s, "memory": MiB}`, for the part that counts.
Measured task and baseline take turns, so that a machine that slows down or is shared slows both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PROC = Path("/proc")


class Measured(NamedTuple):
    """Work done in wall and CPU seconds, and the process's peak memory in MiB."""

    work: float
    wall: float
    cpu: float
    memory: float

    def a_second(self) -> float:
        """Work in a second."""
        return self.work / self.wall

    def of_a_core(self) -> float:
        """Work in a CPU second."""
        return self.work / self.cpu


class Figure(NamedTuple):
    """One line of the table. `aim` is the least ratio of value to baseline, or None."""

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    aim: float | None
    memory: float
    at_most: bool = False
    """Whether the ratio should stay below the aim instead: for costs."""
    limit: float | None = None
    """The largest value that is aimed at, where the aim is no ratio."""
    least: float | None = None
    """The least one, where the value itself should be large: a rate."""
    paired: bool = True
    """Whether a ratio to the baseline says anything."""

    @property
    def ratio(self) -> float:
        """Value to baseline; 0 where there is nothing to compare."""
        return self.value / self.baseline_value if self.paired and self.baseline_value else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        return self._asdict() | {"ratio": self.ratio}


def task(name: str, *arguments: object) -> Measured:
    """Runs `python -m scripts.bench_tasks NAME ARGUMENTS`. Raises `CalledProcessError` if it fails."""
    return Measured(**run_module("scripts.bench_tasks", name, *arguments))


def audit_task(store: str, processes: int, *state: object) -> Measured:
    """Audits a store by so many processes; see `scripts.bench_audit_task`."""
    return Measured(**run_module("scripts.bench_audit_task", store, processes, *state))


def run_module(module: str, *arguments: object) -> Any:
    """The JSON that a module prints when it is run. Raises `CalledProcessError` if it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def alternating(rounds: int, *runs: Callable[[], Measured]) -> list[list[Measured]]:
    """Each of `runs`, one after the other, so many times; the results of each."""
    turns = [[run() for run in runs] for _ in range(rounds)]
    return [list(results) for results in zip(*turns, strict=True)]


def middle(results: list[Measured], rate: Callable[[Measured], float]) -> float:
    """The median rate."""
    return median(rate(one) for one in results)


def peak(results: list[Measured]) -> float:
    """The largest peak memory, in MiB."""
    return max(one.memory for one in results)


@contextmanager
def timed(work: list[float]) -> Iterator[None]:
    """Measures a block and prints it; `work` is a list to which the block appends what it did.

    CPU and memory include the processes that the block starts and ends.
    """
    others: dict[int, float] = {}
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(others, ended))
    wall, cpu = time.perf_counter(), _cpu()
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    memory = peak_memory("self") + sum(others.values())
    print(json.dumps(Measured(sum(work), wall, cpu, memory)._asdict()), flush=True)


def _watch(others: dict[int, float], ended: threading.Event) -> None:
    """Keeps the peak memory of the processes that this one started, while they live (Linux)."""
    while not ended.wait(0.2):
        for pid in family(os.getpid())[1:]:
            others[pid] = max(peak_memory(pid), others.get(pid, 0.0))


def family(pid: int) -> list[int]:
    """The process and its descendants (Linux)."""
    try:
        tasks = list((PROC / str(pid) / "task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(child))]


def _cpu() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def peak_memory(pid: int | str) -> float:
    """The peak memory of a process in MiB (Linux; else 0).

    Not the `ru_maxrss` of a child: it contains the memory of the parent from which it was forked.
    """
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
