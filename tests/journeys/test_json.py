"""Does every command that knows `--json` print one JSON object with the members that programs rely on?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.transcript import Terminal

CALLS = [
    {
        "id": name,
        "rule": "simple-majority",
        "options": ["yes", "no"],
        "members": [{"id": "a"}, {"id": "b"}],
        "casts": [{"member": "a", "choice": "yes"}],
        "published": {"outcome": outcome},
    }
    for name, outcome in (("right", "adopted"), ("wrong", "rejected"))
]

STATE = {
    "procedure",
    "state",
    "at",
    "latest",
    "members",
    "voted",
    "tally",
    "outcome",
    "outcome_text",
    "unanimous",
    "derivation",
    "profile",
    "valid",
    "relevance",
}

EXPECTED = {
    "init --store other --origin ledger.example.org/other": {"origin", "genesis", "keys"},
    "keygen new.key": {"path", "key_id", "public"},
    "submit envelope --store rat": {"log", "seq", "leaf", "prev", "at", "statement", "proof"},
    "verify rat": {
        *("origin", "holds", "complete", "older", "entries", "first", "head", "traced"),
        *("published", "unpublished", "since", "counts"),
        *("by_kind", "documents", "disclosures", "texts", "failures", "checks"),
    },
    "replay right --store rat": STATE | {"history"},
    "tally right --store rat": STATE | {"labels"},
    "rebuild --store rat": {"entries"},
    "close --store rat": {"closed", "expired"},
    "keys --store rat": {"people", "log"},
    "texts --store rat": {"texts"},
    "rotate-log-key --store rat --key rat/keys/registrar.key": {"seq", "leaf", "at", "key"},
}
"""What is typed → the members of what is printed."""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Terminal:
    """A terminal beside a ledger `rat` with two roll calls, and an envelope that may be submitted."""
    folder, programs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("programs")
    terminal = Terminal(folder, programs, bytecode)
    (folder / "calls").write_text("".join(json.dumps(call) + "\n" for call in CALLS))
    for command in (
        "stimmbuch init --store rat --origin ledger.example.org/rat",
        "stimmbuch import rollcalls calls --store rat || true",
        "stimmbuch prepare body-registered --store rat actor=registrar body=rat > prepared",
        "stimmbuch sign --key rat/keys/registrar.key < prepared > envelope",
    ):
        done = terminal.run(command)
        assert done.returncode == 0, done.stderr
    return terminal


def said(terminal: Terminal, command: str, code: int = 0) -> Any:
    """What a command prints with `--json`; nothing may stand on standard error."""
    done = terminal.run(f"stimmbuch {command} --json")
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", EXPECTED)
def test_a_command_prints_its_documented_members(terminal: Terminal, command: str) -> None:
    """A member that disappears or is renamed breaks somebody's script."""
    assert said(terminal, command).keys() == EXPECTED[command]


def test_an_imports_summary_is_exactly_the_documented_one(terminal: Terminal) -> None:
    """Checks outside the project compare it member by member."""
    assert said(terminal, "import rollcalls calls --store rat", code=1) == {
        "procedures": 2,
        "casts": 2,
        "matched": 1,
        "mismatched": 1,
        "mismatches": [
            {
                "id": "wrong",
                "published": {"outcome": "rejected"},
                "recomputed": {"counts": {"yes": 1, "no": 0}, "outcome": "adopted"},
            }
        ],
    }


def test_an_error_is_one_object_too(terminal: Terminal) -> None:
    """A program that asked for JSON gets code, sentence and next step as JSON, whatever went wrong."""
    for command in ("verify nowhere", "tally right --store nowhere", "submit calls --store rat"):
        assert said(terminal, command, code=2).keys() == {"error", "message", "hint", "details"}


def test_a_failure_names_check_entry_and_both_values(terminal: Terminal) -> None:
    """The auditor's program reads the number of the check, not the sentence."""
    terminal.run("cp -r rat tampered")
    order = "UPDATE ledger_events SET topic = 'stimmbuch.vote-withdrawn.v1' WHERE notification_id = 8"
    terminal.run(f'sql tampered/ledger.sqlite "{order}"')
    found = said(terminal, "verify tampered", code=1)
    assert (found["holds"], found["complete"]) == (False, True)
    assert [failure["check"] for failure in found["failures"]] == ["6.1"]
    members = {"check", "seq", "message", "expected", "found", "german", "sentence"}
    assert found["failures"][0].keys() == members
    assert found["failures"][0]["seq"] == 7


def test_what_is_prepared_and_signed_is_json_anyway(terminal: Terminal) -> None:
    """The two commands between which bytes are carried by hand."""
    prepared, envelope = (json.loads(terminal.run(f"cat {name}").stdout) for name in ("prepared", "envelope"))
    assert prepared.keys() == {"payloadType", "payload", "pae"}
    assert envelope.keys() == {"payloadType", "payload", "signatures"}
    assert [signature.keys() for signature in envelope["signatures"]] == [{"keyid", "sig"}]
