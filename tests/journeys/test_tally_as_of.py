"""Does `stimmbuch tally` say as of when it tells a procedure, and refuse what has no answer?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.demo.stage import CLERK, Stage, members


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A store, and in it a procedure of three, on which one voted and one who voted was excluded."""
    folder = tmp_path_factory.mktemp("as-of")
    with Stage(folder) as stage:
        procedure = stage.open("as of", 3, "nkomvg-78")
        stage.at("2025-03-04T09:00:00.250Z")
        stage.vote(procedure, {"yes": ["m1"], "no": ["m2"]})
        why = {"member": "m2", "items": ["1"], "reason": "own-interest"}
        stage.say("member-excluded", CLERK, procedure=procedure, **why)
        stage.open("another one", 3, "nkomvg-78")
    return str(folder / "cases"), procedure


def tally(played: tuple[str, str], *options: str) -> Result:
    """What the command says."""
    store, procedure = played
    return CliRunner().invoke(main, ["tally", procedure, "--store", store, *options])


def test_it_says_at_which_entry_and_instant_the_procedure_stands(played: tuple[str, str]) -> None:
    """Without that, two of them in a file cannot be told apart."""
    found = json.loads(tally(played, "--json").stdout)
    last = found["latest"]["seq"]
    assert found["at"] == last
    assert found["latest"]["at"] == "2025-03-04T09:00:00.250Z"
    german, english = tally(played, "--lang", "de").stdout, tally(played, "--lang", "en").stdout
    assert f"Stand: Eintrag {last}, 04.03.2025, 10:00:00 Uhr\n" in german
    assert f"as of entry {last}, 04 March 2025, 10:00:00\n" in english


def test_an_entry_of_another_procedure_is_told_beside_the_last_one_of_this(played: tuple[str, str]) -> None:
    """Who asked for entry 20 wants to read 20, and that nothing happened here since 18."""
    last = json.loads(tally(played, "--json").stdout)["at"]
    found = json.loads(tally(played, "--json", "--at", str(last + 1)).stdout)
    assert (found["at"], found["latest"]["seq"]) == (last + 1, last)
    told = tally(played, "--lang", "de", "--at", str(last + 1)).stdout
    assert f"Stand: Eintrag {last + 1}; der letzte des Verfahrens bis dahin: Eintrag {last}, " in told


@pytest.mark.parametrize("command", ["tally", "replay", "report"])
@pytest.mark.parametrize(
    ("at", "german"),
    [
        ("2999-01-01T12:00:00+01:00", "01.01.2999, 12:00:00 Uhr liegt in der Zukunft: hier ist es "),
        ("9999", "das Buch reicht bis Eintrag "),
    ],
)
def test_a_point_that_is_not_reached_is_refused_as_over_http(
    played: tuple[str, str], tmp_path: Path, command: str, at: str, german: str
) -> None:
    """What stands now is no answer to how it will stand."""
    store, procedure = played
    more = ["--to", str(tmp_path)] if command == "report" else []
    done = CliRunner().invoke(main, [command, procedure, "--store", store, "--at", at, "--json", *more])
    assert (done.exit_code, json.loads(done.stdout)["error"]) == (2, "not-yet")
    line = [command, procedure, "--store", store, "--at", at, *more]
    told = CliRunner().invoke(main, line, env={"STIMMBUCH_LANG": "de"})
    assert told.stderr.startswith(f"stimmbuch: {german}")


def test_somebody_without_a_seat_cannot_be_taken_out(played: tuple[str, str]) -> None:
    """A mistyped name was answered: the result would be the same."""
    done = tally(played, "--without", "m33", "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]) == (2, "not-found")
    told = tally(played, "--without", "m33", "--lang", "de").stderr
    assert "m33 ist in diesem Verfahren nicht stimmberechtigt" in told


@pytest.mark.parametrize("member", ["m2", "m3"])
def test_who_has_no_vote_that_counts_is_told_so(played: tuple[str, str], member: str) -> None:
    """Excluded, or silent: nothing can be taken out, and that is the answer."""
    told = tally(played, "--without", member, "--lang", "de").stdout
    assert told.endswith(f"  Punkt 1, {member}: keine Stimme, die zählt\n")
    found = json.loads(tally(played, "--without", member, "--json").stdout)
    assert found["without"]["1"]["uncounted"] == [member]


def test_of_several_only_those_who_have_one_are_taken_out(played: tuple[str, str]) -> None:
    """Both sentences, each with its members."""
    named = [option for member in members(3) for option in ("--without", member)]
    told = tally(played, *named, "--lang", "en").stdout.splitlines()
    assert told[-2:] == [
        "  item 1, m1: without the named vote: rejected – the result depends on it",
        "  item 1, m2, m3: no vote that counts",
    ]
