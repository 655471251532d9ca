"""Does each golden case come out as the law says, under each regime that it tells apart?

The table stands here a second time, on purpose: the demonstration says what came out, this test what must.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.demo.cases import CASES, Told
from api.demo.cases_german import ABOUT, in_german
from api.demo.stage import Stage
from ledger.wall_clock import INSTANT

EXPECTED: dict[str, dict[str, str]] = {
    "1": {
        "nkomvg-66": "rejected",
        "bpersvg-39": "rejected",
        "at-gmbhg-34": "rejected",
        "gemo-bw-37": "rejected",
    },
    "2": {
        "nkomvg-66": "adopted",
        "bpersvg-39": "rejected",
        "at-gmbhg-34": "rejected",
        "gemo-bw-37": "adopted",
    },
    "3": {
        "nkomvg-66": "adopted",
        "bpersvg-39": "rejected",
        "at-gmbhg-34": "rejected",
        "gemo-bw-37": "rejected",
    },
    "4": {"nkomvg-66": "adopted", "at-gmbhg-34": "rejected", "gemo-bw-37": "rejected"},
    "5": {"nkomvg-182": "invalid: no-decision"},
    "6": {
        "nkomvg-78": "invalid: no-decision",
        "nkomvg-182": "adopted",
        "bpersvg-39": "invalid: no-decision",
        "gemo-bw-37": "invalid: rejected",
    },
    "7": {"nkomvg-78": "adopted, 1 late vote on record, not counted"},
    "8": {"iteos-8": "ends 2025-03-17T23:00:00.000Z"},
    "9": {"nkomvg-78": "refused at the opening: no-such-time"},
    "10": {"iteos-8": "own 14 days; others unchanged"},
    "11": {"nkomvg-78": "adopted"},
    "12": {"nkomvg-78, margin 1": "decisive", "nkomvg-78, margin 5": "survives"},
    "13": {"aktg-108": "invalid: referred"},
    "isernhagen": {
        **{f"nkomvg-182-1, item {number}": "adopted" for number in range(1, 5)},
        **{f"nkomvg-182-1, item {number}": "invalid: no-decision" for number in range(5, 8)},
        "nkomvg-182-1, after three months": "expired: items 1, 2, 3, 4",
    },
}


def played(name: str, folder: Path) -> list[Told]:
    """What comes out of a case, played in a ledger of its own."""
    with Stage(folder, CASES[name].start) as stage:
        return list(CASES[name].play(stage))


def test_every_case_is_expected() -> None:
    """Thirteen cases and one published decision; a new case needs its result here."""
    assert list(CASES) == list(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_golden_case_comes_out_as_the_law_says(name: str, tmp_path: Path) -> None:
    """A wrong engine gives another result under at least one regime."""
    found = played(name, tmp_path)
    assert {told.regime: told.result for told in found} == EXPECTED[name]
    assert all(told.words for told in found if not told.result.startswith("expired"))


def test_a_result_that_needs_an_approval_says_so(tmp_path: Path) -> None:
    """NKomVG § 65 Abs. 3: more than half are excluded."""
    [told] = played("11", tmp_path)
    assert told.words[-1].endswith("the approval of the supervising authority (NKomVG § 65 Abs. 3)")


ENGLISH = re.compile(
    r"\b(the|votes?|required|members|reached|adopted|rejected|of|abstentions?|ends|margin|items?|invalid|late)\b"
)


@pytest.mark.parametrize("name", CASES)
def test_a_german_clerk_reads_german_to_the_last_word(name: str, tmp_path: Path) -> None:
    """Result, derivation and relevance: what goes into the minutes must not have to be translated."""
    with Stage(tmp_path, CASES[name].start, "de") as stage:
        told = list(CASES[name].play(stage))
    words = [sentence for one in told for sentence in (one.regime, one.result, *one.words)]
    assert [said for said in map(in_german, (*words, ABOUT[name])) if ENGLISH.search(said)] == []


def test_every_case_says_in_german_what_it_is_about() -> None:
    """Nothing is missing, and nothing is left over."""
    assert ABOUT.keys() == CASES.keys()


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("de", "8", "iteos-8: endet 17.03.2025, 24:00 Uhr"),
        ("en", "8", "iteos-8: ends 17 March 2025, 24:00"),
        ("de", "10", "Frist der Vertretung: 26.03.2025, 24:00 Uhr"),
        ("en", "10", "everybody else's: 17 March 2025, 24:00"),
    ],
)
def test_a_case_tells_deadlines_on_the_councils_clock(language: str, name: str, told: str) -> None:
    """A clerk reads that it ends on Monday at 24:00, not on 17 March at 23:00 Z."""
    done = CliRunner().invoke(main, ["demo", "cases", "--case", name, "--lang", language])
    assert done.exit_code == 0
    assert told in done.stdout
    assert not INSTANT.search(done.stdout)


def test_the_cases_are_replayed_by_name() -> None:
    """From the command line, without a store."""
    program = [
        str(Path(sys.executable).with_name("stimmbuch")),
        "demo",
        "cases",
        "--case",
        "5",
        "--case",
        "13",
    ]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.count("case ") == 2
    assert "at least four fifths of the 33 members, that is 27; 26 consented – not reached" in done.stdout
