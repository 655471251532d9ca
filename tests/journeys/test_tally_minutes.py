"""Could a clerk write the minutes from what `stimmbuch tally` prints, and nothing else?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.cli.procedure_text import MOST_NAMED
from api.demo.cases import consent
from api.demo.stage import CLERK, SECOND, Stage, item, members


def tally(folder: Path, procedure: str, language: str) -> str:
    """What the command prints."""
    line = ["tally", procedure, "--store", str(folder / "cases"), "--lang", language]
    return CliRunner().invoke(main, line).stdout


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text in both languages of a resolution of five, which has to be published."""
    folder = tmp_path_factory.mktemp("minutes")
    with Stage(folder) as stage:
        condition = stage.text("condition", "sofern die Lage nicht vorher endet")
        paper = [{**item("1"), "condition": condition}]
        procedure = stage.open("minutes", 5, "nkomvg-182", items=paper)
        consent(stage, procedure, members(5))
        why = {"member": "m5", "items": ["1"], "reason": "own-interest"}
        stage.say("member-excluded", CLERK, procedure=procedure, **why)
        stage.vote(procedure, {"yes": ["m1"], "no": ["m2"]})
        paperwork = {"kind": "clerk-recorded", "source": "paper", "witness": SECOND}
        vote = {"member": "m3", "choices": {"1": "yes"}, "provenance": paperwork}
        stage.say("vote-cast", CLERK, procedure=procedure, **vote)
        interim = tally(folder, procedure, "de")
        stage.finish(procedure)
        told = {language: tally(folder, procedure, language) for language in ("de", "en")}
    return told | {"open": interim}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "de",
            [
                "  Gremium: council-5; Vorsitz: m1\n",
                "      Bedingung: sofern die Lage nicht vorher endet\n",
                "      Ja: m1, m3 (vom Sitzungsdienst erfasst, mit zweiter Person)\n      Nein: m2\n",
                "      ohne Stimme, die zählt: m4\n      ausgeschlossen: m5\n",
                "  steht noch aus: die Bekanntmachung (NKomVG § 182 Abs. 2 Satz 2)\n",
            ],
        ),
        (
            "en",
            [
                "  body: council-5; chair: m1\n",
                "      condition: sofern die Lage nicht vorher endet\n",
                "      yes: m1, m3 (recorded by a clerk and a second person)\n      no: m2\n",
                "      without a vote that counts: m4\n      excluded: m5\n",
                "  still due: the publication (NKomVG § 182 Abs. 2 Satz 2)\n",
            ],
        ),
    ],
)
def test_body_condition_roll_call_and_what_is_due_are_told(
    resolved: dict[str, str], language: str, lines: list[str]
) -> None:
    """None of it could be guessed from the counts."""
    assert [line for line in lines if line not in resolved[language]] == []


def test_while_it_is_open_nobody_is_named_with_a_choice(resolved: dict[str, str]) -> None:
    """A text that is passed on must not lead those who have not voted yet."""
    assert "Ja: m1" not in resolved["open"]


def test_personal_deadlines_are_told_as_the_last_of_several(tmp_path: Path) -> None:
    """The substitute's own deadline was told as everybody's."""
    with Stage(tmp_path) as stage:
        procedure = stage.open("personal", 3, "iteos-8")
        stage.say("delivery-recorded", CLERK, procedure=procedure, members=members(3), how="mail")
        assert ", letzte persönliche Frist bis " in tally(tmp_path, procedure, "de")


def test_of_a_large_body_only_the_counts_are_told(tmp_path: Path) -> None:
    """The roll call of hundreds has its own table in the reports."""
    with Stage(tmp_path) as stage:
        procedure = stage.open("large", MOST_NAMED + 1, "nkomvg-66")
        stage.vote(procedure, {"yes": ["m1"]})
        stage.finish(procedure)
        told = tally(tmp_path, procedure, "de")
    assert "abgegebene Stimmen: 1 Ja" in told
    assert "m2" not in told
