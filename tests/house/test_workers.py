"""Do the workers of one run stay out of each other's way?"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import conftest
from tests.support import kept
from tests.support.databases import Cluster
from tests.support.ports import held_port
from tests.support.shared import CHECKOUT

ANOTHER = """
import sys
from tests.support.databases import Cluster
cluster = Cluster(sys.argv[1])
print(len(cluster.create().ask("SELECT * FROM stimmbuch.ledger_migrations")) > 0)
cluster.leave()
"""


def test_a_held_port_is_its_programs_and_nobody_elses() -> None:
    """Between being chosen and being listened on, another worker's server would get it."""
    with held_port() as held:
        address = held.getsockname()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(address)
        with socket.create_server(address), socket.create_connection(address):
            pass


def test_workers_on_one_server_leave_each_others_databases_alone(cluster: Cluster) -> None:
    """Each removes what an earlier run left behind; another worker's databases are in use."""
    ours = cluster.create()
    for worker in ("gw98", "gw99", "gw98"):
        command = [sys.executable, "-c", ANOTHER, cluster.admin]
        environ = {**os.environ, "PYTEST_XDIST_WORKER": worker}
        done = subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=True)
        assert done.stdout == "True\n"
    assert ours.ask("SELECT count(*) FROM stimmbuch.ledger_events") == [(0,)]
    cluster.drop(ours)
    for worker in ("gw98", "gw99"):
        cluster.drop_all(f"stimmbuch_test_{worker}_")


def test_a_program_is_made_once_however_many_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling it twice at the same time takes twice as long, and replaces what already runs."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    asked, found = threading.Barrier(4), list[object]()
    made: list[Path] = []

    def make(folder: Path) -> Path:
        made.append(folder)
        (folder / "program").write_text("a program")
        return folder / "program"

    def ask() -> None:
        asked.wait()
        found.append(kept.kept("a-program-1", make))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    place = tmp_path / "stimmbuch-tests" / "a-program-1"
    assert (found, len(made), place.read_text()) == ([place] * 4, 1, "a program")
    assert not made[0].exists()


def test_what_cannot_be_made_is_tried_once_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight minutes of waiting for a network that is not there are enough; the next run tries again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    reasons = iter(["no network", "still none", "none at all", "nor now"])
    said = []
    for run in ("a", "a", "b", "", ""):
        monkeypatch.setattr(kept, "RUN", run)
        said.append(kept.kept("a-program-1", lambda folder: next(reasons)))
    assert said == ["no network", "no network", "still none", "none at all", "nor now"]


@pytest.mark.parametrize(("cores", "workers"), [(1, 0), (2, 2), (8, 8), (64, 8)])
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process cannot be held to some cores")
def test_there_is_a_worker_for_each_core_that_may_be_used(
    monkeypatch: pytest.MonkeyPatch, cores: int, workers: int
) -> None:
    """A container with two cores of a large machine must not start sixty-four servers."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)))
    assert conftest.pytest_xdist_auto_num_workers() == workers
