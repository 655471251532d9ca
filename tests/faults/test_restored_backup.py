"""What happens when somebody restores an old backup under a running ledger's name?

It must not go on as if nothing had been: people hold receipts for what is missing now.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.errors import RolledBack
from ledger.proof.statement import Statement
from tests.support.builders import ORIGIN, LedgerBuilder, a_town
from tests.support.places import Place
from tests.support.running import RunningService
from tests.support.shared import CHECKOUT

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"


def test_a_restored_backup_is_noticed_refused_and_completed(
    place: Place, cut: Callable[[int], None], tmp_path: Path
) -> None:
    """Nothing is written on top of it; the missing entries come back from the published log."""
    with place.open() as store:
        town = a_town(store, members=6)
        motion = town.open()
        *early, late = votes_of(town, motion)
    with RunningService(place, tmp_path / "log") as service:
        receipts = [post(service, vote) for vote in early]
    assert [status for status, _ in receipts] == [201] * 5
    last = receipts[-1][1]["seq"]

    cut(last - 4)
    with RunningService(place, tmp_path / "log", ready_at="/healthz") as service:
        for vote in (late, early[-1]):
            status, problem = post(service, vote)
            assert (status, problem["code"]) == (503, "rolled-back")
        assert service.call("GET", f"{LEDGER}/procedures/{motion}")[0] == 200
    with place.open() as store:
        assert store.recorder.head() == last - 4

    there = {"size": last + 1, "published_anew": False, "checkpoints": 0}
    assert stimmbuch(place, "recover") == (0, {"first": last - 3, "last": last, **there})
    assert stimmbuch(place, "recover") == (0, {"first": None, "last": None, **there})
    with RunningService(place, tmp_path / "log") as service:
        for vote, (_, receipt) in zip(early, receipts, strict=True):
            assert post(service, vote) == (200, receipt)
        status, receipt = post(service, late)
        assert (status, receipt["seq"]) == (201, last + 1)
    with place.open() as store:
        assert audit_store(store).holds


def test_a_backup_on_which_somebody_went_on_is_not_mended(
    place: Place, cut: Callable[[int], None], tmp_path: Path
) -> None:
    """Two histories cannot be made one: the database is kept for the inquiry."""
    with place.open() as store:
        town = a_town(store, members=6)
        motion = town.open()
        *early, late = votes_of(town, motion)
    with RunningService(place, tmp_path / "log") as service:
        last = [post(service, vote) for vote in early][-1][1]["seq"]
    cut(last - 4)
    with place.open() as store, pytest.raises(RolledBack):  # a command refuses as the service does
        VotingLedger(store, clock=town.clock).submit(late.envelope)
    with Place(place.where, place.founder, tmp_path / "without the published log").open() as store:
        VotingLedger(store, clock=town.clock).submit(late.envelope)
        head = store.recorder.head()
    status, error = stimmbuch(place, "recover")
    assert (status, error["error"]) == (1, "proof")
    assert f"entry {head} in the database is not the one that was published" in error["message"]
    with place.open() as store:
        assert store.recorder.head() == head


def votes_of(town: LedgerBuilder, motion: str) -> list[Statement]:
    """A signed vote of each member, not sent."""
    return [
        town.statement("vote-cast", f"m{number}", procedure=motion, member=f"m{number}", choices={"1": "yes"})
        for number in range(1, 7)
    ]


def post(service: RunningService, vote: Statement) -> tuple[int, Any]:
    """Sends a vote."""
    return service.call("POST", f"{LEDGER}/statements", vote.envelope.to_dict())


def stimmbuch(place: Place, *arguments: str) -> tuple[int, Any]:
    """Exit code and JSON of a command on the store."""
    command = [sys.executable, "-m", "api", *arguments, "--store", place.where, "--home", str(place.home)]
    done = subprocess.run([*command, "--json"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)
