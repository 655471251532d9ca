"""Do the Bundestag's votes give what is written about them, and was the question the one that it seems?

The published result stands in prose, and the house often votes on a recommendation to reject. Both are
read by the converter; here its reading is compared with official sheets and with who voted how.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.support.rollcalls import SOURCES, bundestag
from tests.support.rollcalls.bundestag_prose import counts, outcome
from tests.support.rollcalls.recount import by_group, count, decide, said
from tests.support.rollcalls.rollcall import RollCall


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    """Where the Bundestag's votes lie."""
    return shared / "votes" / SOURCES["bundestag"].folder


@pytest.fixture(scope="module")
def calls(folder: Path) -> dict[str, RollCall]:
    """All roll calls by id."""
    return {call["id"]: call for call in bundestag.convert(folder)}


def words(name: str) -> tuple[str, str]:
    """First and last word of a name, in plain letters, without titles and constituency."""
    plain = re.sub(r"\(.*?\)|\b(?:Dr|Prof|h|c)\.", "", name).replace("ß", "ss")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    parts = re.findall("[a-z]+", letters)
    return parts[0], parts[-1]


@pytest.mark.needs_shared
def test_the_bundestags_prose_yields_as_much_as_it_says(calls: dict[str, RollCall]) -> None:
    """A parser that reads less would compare less: 56 votes with numbers, 144 with an outcome, 28 neither."""
    everything = list(calls.values())
    assert said(everything) == (176, 56, 144)
    assert sum(len(call["published"].get("counts", {})) for call in everything) == 91
    assert sum(not call["published"] for call in everything) == 28


@pytest.mark.needs_shared
def test_no_mandate_of_the_bundestag_is_lost(calls: dict[str, RollCall]) -> None:
    """124,536 mandates in 176 votes, and not every vote has 709 of them."""
    sizes = Counter(len(call["members"]) for call in calls.values())
    assert sizes == {709: 158, 708: 15, 711: 1, 710: 1, 473: 1}
    assert sum(size * number for size, number in sizes.items()) == 124536
    assert len({member["id"] for call in calls.values() for member in call["members"]}) == 747


@pytest.mark.needs_shared
@pytest.mark.parametrize(("sheet", "id_"), [("20201126_2", "bt19-3957"), ("20201126_3", "bt19-3959")])
def test_an_official_sheet_names_the_same_votes_member_by_member(
    folder: Path, calls: dict[str, RollCall], sheet: str, id_: str
) -> None:
    """So 3957 is turned back rightly. The source exchanges two members of one surname; one has married."""
    columns = {"ja": "yes", "nein": "no", "Enthaltung": "abstain", "ungültig": "invalid"}
    official = {
        words(row["Bezeichnung"]): next(
            (ours for column, ours in columns.items() if row[column] == "1"), None
        )
        for row in bundestag.official_sheet(folder / f"{sheet}_xls-data.xlsx")
    }
    cast = {cast["member"]: cast["choice"] for cast in calls[id_]["casts"]}
    ours = {words(member["name"]): cast.get(member["id"]) for member in calls[id_]["members"]}
    assert len(official) == len(ours) == 709
    assert Counter(official.values()) == Counter(ours.values())
    assert ours.keys() - official.keys() == {("isabel", "geis")}
    exchanged = {who for who in ours.keys() & official.keys() if ours[who] != official[who]}
    assert exchanged == {("jens", "maier"), ("lothar", "maier")}
    assert ours["jens", "maier"] == official["lothar", "maier"]
    assert ours["lothar", "maier"] == official["jens", "maier"]


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("id_", "movers", "result"), [("bt19-4093", "AfD", (547, 82)), ("bt19-3957", "FDP", (560, 81))]
)
def test_a_recommendation_to_reject_rejects_the_motion_when_it_is_adopted(
    calls: dict[str, RollCall], id_: str, movers: str, result: tuple[int, int]
) -> None:
    """A correct tally reads as the wrong outcome where it is not known what the question was."""
    call = calls[id_]
    assert call["polarity"] == "against"
    assert (count(call)["yes"], count(call)["no"]) == result
    assert by_group(call)[movers]["yes"] == 0
    assert by_group(call)["CDU/CSU"]["no"] == 0
    assert decide(call) == "rejected"


@pytest.mark.needs_shared
def test_two_votes_that_look_turned_round_are_not(folder: Path, calls: dict[str, RollCall]) -> None:
    """1681: the prose tells of amendments that other groups rejected. 1598: its motion was adopted."""
    with gzip.open(folder / "polls_111.csv.gz", "rt", encoding="utf-8", newline="") as file:
        prose = {row["poll_id"]: bundestag.prose(row) for row in csv.DictReader(file)}
    bill, pact = calls["bt19-1681"], calls["bt19-1598"]
    assert "CDU/CSU, SPD und AfD stimmten dagegen" in prose["1681"]
    assert by_group(bill)["AfD"] == {"abstain": 70, "yes": 1, "no": 1}
    assert set(by_group(bill)["SPD"]) == {"yes"}
    assert bill["published"] == {}
    assert "Angenommen wurde der Antrag durch die Regierungsfraktionen" in prose["1598"]
    assert set(by_group(pact)["SPD"]) == {"yes"}
    assert pact["published"] == {"outcome": "adopted"}
    assert [call["id"] for call in calls.values() if "polarity" in call] == ["bt19-3957", "bt19-4093"]


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("Der Antrag wurde mit 123 zu 554 Stimmen abgelehnt.", {"yes": 123, "no": 554}),
        ("Der Einspruch wurde mit 549 zu 85 Stimmen abgelehnt.", {"yes": 85, "no": 549}),
        (
            "Von 630 Abgeordneten stimmten 89 MdB dem Antrag zu, 541 MdB lehnten ihn ab.",
            {"yes": 89, "no": 541},
        ),
        ("362 von 644 anwesenden Abgeordneten stimmten mit Ja, 222 dagegen.", {"yes": 362, "no": 222}),
        ("14 Ja-Stimmen der Grünen standen 32 Nein-Stimmen gegenüber.", {}),
        ("Auch 13 Mitglieder der Fraktion stimmten dagegen.", {}),
        ("Mit 300 Ja-Stimmen angenommen, nach anderer Zählung mit 301 Ja-Stimmen.", {}),
    ],
)
def test_only_numbers_about_the_whole_house_are_read(prose: str, numbers: dict[str, int]) -> None:
    """A group's votes are no result, and two numbers for one side are none either."""
    assert counts(prose) == numbers


@pytest.mark.parametrize(
    ("prose", "result"),
    [
        ("Der Antrag wurde von der Fraktion begründet und abgelehnt.", "rejected"),
        ("Die Empfehlung wurde angenommen. Somit wird der Antrag abgelehnt.", "rejected"),
        ("Das Gesetz wurde angenommen. Der Änderungsantrag wurde abgelehnt.", None),
        ("Der Antrag wurde lediglich von einer Fraktion angenommen. Er wurde abgelehnt.", "rejected"),
        ("Die Empfehlung wurde angenommen, abgelehnt haben sie 159 Mitglieder.", "adopted"),
        ("Alle Fraktionen stimmten dafür.", None),
    ],
)
def test_an_outcome_is_read_only_where_the_prose_is_clear(prose: str, result: str | None) -> None:
    """What stays ambiguous is not compared, rather than compared with a guess."""
    assert outcome(prose) == result
