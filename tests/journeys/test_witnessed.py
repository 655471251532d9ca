"""Can an operator set up witnesses, see how they do, and find out when somebody went back behind them?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.founding import keys_of
from ledger.log_key.keyring import Keyring
from ledger.proof.verification_key import ED25519, VerificationKey, parse_verification_key
from tests.support.transcript import Terminal
from tests.support.witnessing import Staff

ORIGIN = "ledger.example.org/rat"
RULES = ("group two 2 w1 w2", "quorum two")
INIT = f"stimmbuch init --store rat --origin {ORIGIN} --policy two-of-us"


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    """Two witnesses who do not know the log yet: it has no key."""
    with Staff(VerificationKey(ORIGIN, ED25519, bytes(32)), tmp_path, names=("w1", "w2")) as staff:
        for witness in staff.witnesses.values():
            witness.logs = {}
        (tmp_path / "home" / "two-of-us").write_text(staff.text(*RULES, log=False))
        yield staff


def say(terminal: Terminal, command: str, code: int = 0) -> str:
    """What a command prints, errors included."""
    done = terminal.run(command)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def call(name: str) -> str:
    """A roll call of one vote, as a line of a file."""
    fields: dict[str, Any] = {"id": name, "rule": "simple-majority", "options": ["yes", "no"]}
    return (
        json.dumps({**fields, "members": [{"id": "a"}], "casts": [{"member": "a", "choice": "yes"}]}) + "\n"
    )


def introduce(staff: Staff, home: Path) -> None:
    """The witnesses' operators add the log's key."""
    keys = [parse_verification_key(text) for text in Keyring(keys_of(home)).at_hand(ORIGIN)]
    for witness in staff.witnesses.values():
        witness.logs = {ORIGIN: keys}


def test_an_operator_sets_up_witnesses(terminal: Terminal, staff: Staff, tmp_path: Path) -> None:
    """From the founding to the first cosigned checkpoint, each time with the next step."""
    home = tmp_path / "home"
    (home / "calls").write_text(call("first"))
    say(terminal, INIT)
    assert (home / "rat" / "policy").read_text() == staff.text(*RULES, log=False)
    told = say(terminal, "stimmbuch policy --store rat")
    assert told.splitlines()[:3] == [
        "published when cosigned by",
        "  2 of these 2 (two)",
        f"    w1: witness.example/w1, Ed25519, {staff.urls['w1']}",
    ]
    told = say(terminal, "stimmbuch policy --store rat --check", code=2)
    assert "the log has signed no entry yet" in told
    told = say(terminal, "stimmbuch import rollcalls calls --store rat", code=3)
    assert "it does not know this log (404): its operator must add the log's origin and key" in told
    told = say(terminal, "stimmbuch policy --store rat --check", code=3)
    assert told.splitlines()[-1] == "the policy is not met: nothing is published"
    told = say(terminal, "stimmbuch import rollcalls calls --store rat --lang de", code=3)
    told += say(terminal, "stimmbuch policy --store rat --check --lang de", code=3)
    assert told.count("er kennt dieses Buch nicht (404): Wer ihn betreibt, muss") >= 4
    introduce(staff, home / "rat")
    assert "1 procedures" in say(terminal, "stimmbuch import rollcalls calls --store rat")
    told = say(terminal, "stimmbuch policy --store rat --check")
    assert "  w1: cosigned, 2026-01-31T12:00:" in told
    assert told.endswith("the policy is met\n")


def test_whoever_goes_back_behind_the_witnesses_is_found_out(
    terminal: Terminal, staff: Staff, tmp_path: Path
) -> None:
    """Everything is restored, keys and the signer's memory too, and another history is written."""
    home = tmp_path / "home"
    (home / "calls").write_text(call("first"))
    (home / "others").write_text(call("second"))
    say(terminal, INIT)
    introduce(staff, home / "rat")
    say(terminal, "cp -r rat backup")
    say(terminal, "stimmbuch import rollcalls calls --store rat")
    say(terminal, "stimmbuch import rollcalls others --store backup", code=3)
    told = say(terminal, "stimmbuch policy --store backup --check", code=1)
    assert "it has seen another history of this log" in told
    found = json.loads(say(terminal, "stimmbuch policy --store backup --check --json", code=1))
    assert [one["contradicts"] for one in found["witnesses"]] == [True, True]
    assert not (home / "backup" / "log" / "checkpoint").exists()
    assert json.loads(say(terminal, "stimmbuch policy --store rat --check --json"))["met"]


def test_a_policy_that_cannot_be_met_founds_nothing(terminal: Terminal, staff: Staff, tmp_path: Path) -> None:
    """One sentence, exit code 2, no ledger."""
    assert staff.urls
    (tmp_path / "home" / "two-of-us").write_text("quorum w1\n")
    told = say(terminal, INIT, code=2)
    assert told.splitlines()[0].startswith("stimmbuch: line 1 of the policy: the quorum w1 is not defined")
    assert not (tmp_path / "home" / "rat").exists()


def test_a_policy_that_is_damaged_later_is_said_at_the_start(
    terminal: Terminal, staff: Staff, tmp_path: Path
) -> None:
    """And nothing is published under a policy that nobody can read."""
    assert staff.urls
    say(terminal, INIT)
    with (tmp_path / "home" / "rat" / "policy").open("a") as policy:
        policy.write("witness w1 again\n")
    for command in ("stimmbuch policy --store rat", "stimmbuch serve --store rat --port 1"):
        assert "stimmbuch: line " in say(terminal, command, code=2)


def test_without_a_policy_nobody_is_asked(terminal: Terminal) -> None:
    """And that is said."""
    say(terminal, f"stimmbuch init --store rat --origin {ORIGIN}")
    assert say(terminal, "stimmbuch policy --store rat --check") == "no policy: nobody has to cosign\n"
    assert json.loads(say(terminal, "stimmbuch policy --store rat --json")) == {"policy": None}
