"""Does a real ledger say of real votes what was published, and nothing else?

Every roll call goes through the importer: people registered, seats changed, procedures opened, each vote
signed, verified, decided and stored, and the result computed by the rules. It is compared with the
publication (by the importer) and with a naive recount (here). The Congress is a sample of 300 roll calls of
6,348: all of them are imported by the benchmark (`--all`).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.audit import audit_store
from tests.support.imports import disturbed, found_at, imported, recomputed, recounted, written
from tests.support.places import Place
from tests.support.rollcalls import SOURCES, congress
from tests.support.rollcalls.recount import differs
from tests.support.rollcalls.rollcall import RollCall
from tests.support.shared import CHECKOUT

DEMO = CHECKOUT / "api" / "demo" / "rollcalls.jsonl.gz"
SAMPLE = 300
SIZES = {"zurich": 40, "bundestag": 176, "europarl": 53, "karlsruhe": 49, "congress": SAMPLE}
AUDITED = ("zurich", "karlsruhe")
"""Sources whose ledgers are verified as well: the others would show nothing new for a minute more."""


def converted(shared: Path, name: str) -> Iterator[RollCall]:
    """The roll calls of a source."""
    folder = shared / "votes" / SOURCES[name].folder
    return congress.convert(folder, sample=SAMPLE) if name == "congress" else SOURCES[name].convert(folder)


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", SIZES)
def test_a_ledger_finds_every_published_result_but_the_known_contradictions(
    shared: Path, sqlite_place: Place, tmp_path: Path, name: str
) -> None:
    """Exactly those whose publication is known to be wrong are reported; all are as counted naively."""
    calls = list(converted(shared, name))
    found_at(sqlite_place)
    summary = imported(sqlite_place, written(calls, tmp_path / "calls"))
    assert summary.procedures == len(summary.compared) == len(calls) == SIZES[name]
    assert summary.casts == sum(len(call["casts"]) for call in calls)
    assert {one.id for one in summary.mismatches} == set(SOURCES[name].contradictions)
    assert recomputed(summary) == recounted(calls)
    if name in AUDITED:
        with closing(sqlite_place.open()) as store:
            assert audit_store(store).failures == []


def test_the_roll_calls_that_ship_are_all_met(sqlite_place: Place) -> None:
    """What a visitor sees first."""
    calls = [json.loads(line) for line in gzip.decompress(DEMO.read_bytes()).splitlines()]
    found_at(sqlite_place)
    summary = imported(sqlite_place, DEMO)
    assert summary.to_dict() | {"casts": 0} == {
        "procedures": 29,
        "casts": 0,
        "matched": 29,
        "mismatched": 0,
        "mismatches": [],
    }
    assert recomputed(summary) == recounted(calls)


@pytest.mark.needs_shared
@pytest.mark.parametrize(("name", "seed"), [("zurich", 1), ("karlsruhe", 2)])
def test_superseded_ballots_and_withdrawals_do_not_move_a_tally(
    shared: Path, sqlite_place: Place, tmp_path: Path, name: str, seed: int
) -> None:
    """Nobody publishes changed votes, so they are made up and put before the real ones. 20 of each source."""
    calls = list(converted(shared, name))[-20:]
    random = Random(seed)
    changed = [disturbed(call, random) for call in calls]
    assert sum(len(call["casts"]) for call in changed) > sum(len(call["casts"]) for call in calls)
    found_at(sqlite_place)
    summary = imported(sqlite_place, written(changed, tmp_path / "calls"))
    assert recomputed(summary) == recounted(calls)
    assert {one.id for one in summary.mismatches} == {call["id"] for call in calls if differs(call)}
    with closing(sqlite_place.open()) as store:
        audit = audit_store(store)
    assert audit.failures == []
    assert audit.by_kind["vote-withdrawn"] > 0


@pytest.mark.needs_shared
def test_known_contradictions_are_named_on_the_command_line(
    shared: Path, sqlite_place: Place, tmp_path: Path
) -> None:
    """Exit code 1 because of two of Karlsruhe's; 0 for whoever names exactly these two."""
    known = sorted(SOURCES["karlsruhe"].contradictions)
    path = written(converted(shared, "karlsruhe"), tmp_path / "calls")
    (tmp_path / "known").write_text(json.dumps(known))
    (tmp_path / "one").write_text(json.dumps(known[:1]))
    found_at(sqlite_place)
    command = ["import", "rollcalls", str(path), "--store", sqlite_place.where, "--json"]
    plain, one, all_of_them = (
        CliRunner().invoke(main, [*command, *more])
        for more in ([], ["--expect", str(tmp_path / "one")], ["--expect", str(tmp_path / "known")])
    )
    assert [plain.exit_code, one.exit_code, all_of_them.exit_code] == [1, 1, 0]
    assert plain.stdout == one.stdout == all_of_them.stdout
    assert [mismatch["id"] for mismatch in json.loads(plain.stdout)["mismatches"]] == known
