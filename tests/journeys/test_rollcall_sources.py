"""Do the individual votes give the published results? Zürich, the European Parliament, Karlsruhe.

Counted naively, without the ledger (tests/support/rollcalls/recount.py). How many votes each source must
yield is fixed, so that a converter which loses some does not pass by comparing less. The Bundestag and
Congress have files of their own.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from ledger.domain import profiles
from ledger.domain.profile_checks import check_options
from ledger.domain.profile_schema import parse_profile
from ledger.proof.shapes import ID
from tests.support.rollcalls import SOURCES, europarl, karlsruhe, zurich
from tests.support.rollcalls.recount import count, decide, differs, said
from tests.support.rollcalls.rollcall import RollCall

SOME = {"congress": 100}
"""How many roll calls are looked at where all would take too long here."""

pytestmark = pytest.mark.needs_shared


def folder(shared: Path, name: str) -> Path:
    """Where a source lies."""
    return shared / "votes" / SOURCES[name].folder


def convert(shared: Path, name: str) -> Iterator[RollCall]:
    """Its roll calls."""
    return islice(SOURCES[name].convert(folder(shared, name)), SOME.get(name))


@pytest.mark.parametrize("name", SOURCES)
def test_every_vote_gives_the_published_result_but_for_the_known_contradictions(
    shared: Path, name: str
) -> None:
    """Neither more nor fewer than those whose publication is known to be wrong."""
    different = {call["id"] for call in convert(shared, name) if differs(call)}
    assert different == set(SOURCES[name].contradictions)


@pytest.mark.parametrize("name", SOURCES)
def test_every_roll_call_has_the_form_that_an_importer_can_rely_on(shared: Path, name: str) -> None:
    """Ids are ids and unique, casts come from members, one each, options fit the rule."""
    ids: set[str] = set()
    for call in convert(shared, name):
        members = [member["id"] for member in call["members"]]
        voters = [cast["member"] for cast in call["casts"]]
        assert all(ID.fullmatch(word) for word in (call["id"], *members, *call["options"]))
        assert call["id"] not in ids
        assert len(members) == len(set(members))
        assert len(voters) == len(set(voters))
        assert set(voters) <= set(members)
        assert set(count(call)) | set(call["published"].get("counts", {})) <= set(call["options"])
        check_options(parse_profile(profiles.complete(call["rule"])), call["options"])
        ids.add(call["id"])


def test_all_forty_zurich_protocols_add_up(shared: Path) -> None:
    """The printed totals, absent members included, are those of 180 printed votes; nobody broke a tie."""
    calls = list(convert(shared, "zurich"))
    assert said(calls) == (40, 40, 31)
    for call in calls:
        printed = zurich.head(folder(shared, "zurich"), Path(call["source"]).stem)
        votes = count(call)
        assert len(call["members"]) == 180
        assert int(printed["Total Stimmen"]) == votes.total()
        assert int(printed["Nicht Präsent"]) == 180 - votes.total()
        assert printed["Stichentscheid"] == "--"
        assert "casting_vote" not in call


def test_the_second_zurich_publication_names_the_same_numbers(shared: Path) -> None:
    """The council's register was typed separately: 37 votes with numbers, 3 without."""
    files = sorted((folder(shared, "zurich") / "geschaefte").glob("*.xml"))
    steps = [step for file in files for step in file.read_text("utf-8").split("<Ablaufschritt OBJ")]
    labels = {"JA": "yes", "NEIN": "no", "ENTH": "abstain", "STIMMEN": "yes"}
    with_numbers = 0
    for call in convert(shared, "zurich"):
        document = f'Dokument OBJ_GUID="{Path(call["source"]).stem.removesuffix("-332")}"'
        (text,) = {re.findall("<StatusText>(.*?)<", step)[0] for step in steps if document in step}
        found = re.findall(r"(\d+) (JA|NEIN|ENTH|STIMMEN)", text.upper())
        assert all(count(call)[labels[label]] == int(number) for number, label in found), text
        with_numbers += bool(found)
    assert with_numbers == 37


def test_a_casting_vote_in_a_zurich_protocol_becomes_one(shared: Path, tmp_path: Path) -> None:
    """None of the forty has one, so one protocol is given one."""
    source = folder(shared, "zurich")
    heading, record, *_ = (source / "abstimmungen.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "abstimmungen.csv").write_text(heading + record, "utf-8")
    (document,) = re.findall(r",(\w+-332),", record)
    (tmp_path / "csv").mkdir()
    shutil.copy(source / "csv" / f"{document}.csv", tmp_path / "csv")
    protocol = (source / "txt" / f"{document}.txt").read_text("utf-8")
    (tmp_path / "txt").mkdir()
    changed = protocol.replace("Stichentscheid: --", "Stichentscheid: JA")
    (tmp_path / "txt" / f"{document}.txt").write_text(changed, "utf-8")
    (call,) = zurich.convert(tmp_path)
    assert call["rule"] == "simple-majority-casting-vote"
    assert call["casting_vote"] == {"member": "chair", "choice": "yes"}


def test_all_european_tallies_equal_both_later_publications(shared: Path) -> None:
    """53 of 53, 32,476 votes; no outcome is claimed: the data does not say which majority was needed."""
    calls = list(convert(shared, "europarl"))
    assert said(calls) == (53, 53, 0)
    assert sum(len(call["casts"]) for call in calls) == 32476
    items = europarl.items(folder(shared, "europarl"), europarl.EARLIER_ITEMS)
    earlier = {f"ep-{item['identifier']}": item for item in items}
    for call in calls:
        numbers = {ours: int(earlier[call["id"]][theirs]) for theirs, ours in europarl.CHOICES.items()}
        assert numbers == dict(count(call))


def test_all_karlsruhe_minutes_give_their_numbers_and_their_word(shared: Path) -> None:
    """49 of 49 against the minutes, a tie among them; two contradict the council's information system."""
    calls = list(convert(shared, "karlsruhe"))
    assert said(calls) == (49, 49, 49)
    with (folder(shared, "karlsruhe") / "index.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    parsed = {"yes": "parsed_ja", "no": "parsed_nein", "abstain": "parsed_enthaltung"}
    for call, row in zip(calls, index, strict=True):
        protocol = folder(shared, "karlsruhe") / "texts" / f"{row['protocol_file_id']}.txt"
        assert " ".join(row["protocol_text"].split()) in " ".join(protocol.read_text("utf-8").split())
        assert call["published"]["counts"] == {option: int(row[field]) for option, field in parsed.items()}
        rejected = re.search("abgelehnt|Ablehnung", row["protocol_text"]) is not None
        assert decide(call) == ("rejected" if rejected else "adopted")
    assert [call["id"] for call in calls if call["published"]["counts"]["yes"] == 19] == ["ka-2022-1036"]


def test_made_up_ballots_are_the_same_on_every_run(shared: Path) -> None:
    """Two runs can be compared, and the procedures differ in who votes how."""
    first, again = (list(karlsruhe.convert(folder(shared, "karlsruhe"))) for _ in range(2))
    assert first == again
    assert len({tuple(cast["member"] for cast in call["casts"][:5]) for call in first}) > 40
