"""Is a vote given over HTTP with the same three commands, with the same receipt and the same refusals?"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.followers import until
from tests.support.ports import held_port
from tests.support.processes import ending
from tests.support.shared import CHECKOUT
from tests.support.transcript import Terminal

MOTION = "11111111-1111-4111-8111-111111111111"
ITEM = '[{"id":"1","wording":null,"options":["yes","no"],"polarity":"for"}]'
PERSON = """actor=registrar subject=anna roles='["member"]'"""
SEAT = '[{"member":"anna","weight":1,"group":null}]'
LIMIT = 60.0
"""Seconds until a service that does not start counts as failed. Nothing depends on it."""

SETTING = (
    "stimmbuch init --store rat --origin ledger.example.org/rat",
    "stimmbuch keygen anna.key --json > anna.json",
    f'stimmbuch prepare key-registered --store rat {PERSON} key="$(field anna.json public)" > prepared',
    "stimmbuch sign --key rat/keys/registrar.key --key anna.key < prepared | stimmbuch submit --store rat",
    *(
        f"stimmbuch prepare {what} --store rat actor=registrar body=rat"
        " | stimmbuch sign --key rat/keys/registrar.key | stimmbuch submit --store rat"
        for what in (
            "body-registered",
            f"seats-changed granted='{SEAT}' ended='[]'",
            f"procedure-opened procedure={MOTION} items='{ITEM}' profile=simple-majority",
        )
    ),
)
"""A ledger with one member and one open procedure, made from the command line."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the ledger is."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def terminal(folder: Path, tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Terminal:
    """A terminal beside the ledger `rat`."""
    terminal = Terminal(folder, tmp_path_factory.mktemp("programs"), bytecode)
    for command in SETTING:
        done = terminal.run(command)
        assert (done.returncode, done.stderr) == (0, ""), command
    return terminal


@pytest.fixture(scope="module")
def url(terminal: Terminal, folder: Path) -> Iterator[str]:
    """The ledger's address while `stimmbuch serve` runs."""
    assert terminal.run("ls rat").returncode == 0
    held = held_port()
    port = held.getsockname()[1]
    command = [sys.executable, "-m", "api", "serve", "--store", str(folder / "rat"), "--port", str(port)]
    command += ["--workers", "1"]

    def listens() -> bool:
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    with held, ending(subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL)) as process:
        until(listens)
        yield f"http://127.0.0.1:{port}/v1/ledgers/rat"
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT) == 0


def said(terminal: Terminal, command: str, code: int = 0) -> Any:
    """The JSON that a command prints."""
    done = terminal.run(command)
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)


def vote(url: str, choice: str) -> str:
    """The commands that prepare and sign Anna's vote."""
    fields = f'actor=anna member=anna procedure={MOTION} choices=\'{{"1":"{choice}"}}\''
    return f"stimmbuch prepare vote-cast --url {url} {fields} | stimmbuch sign --key anna.key"


def test_a_vote_over_http_gets_the_receipt_that_the_store_gives_as_well(terminal: Terminal, url: str) -> None:
    """Sent over HTTP, then again over HTTP, then to the store: one entry, one receipt."""
    assert terminal.run(f"{vote(url, 'yes')} > envelope").returncode == 0
    first, again = (
        said(terminal, f"stimmbuch submit envelope --url {url} --receipt {name} --json")
        for name in ("first.tlog-proof", "again.tlog-proof")
    )
    direct = said(terminal, "stimmbuch submit envelope --store rat --json")
    assert first == again == direct
    assert first["proof"] == terminal.run("cat first.tlog-proof").stdout
    assert first["seq"] == 5
    assert terminal.run("cmp first.tlog-proof again.tlog-proof").returncode == 0


def test_a_receipt_over_http_is_held_to_the_logs_key(terminal: Terminal, url: str, folder: Path) -> None:
    """With the right key it is proven; under another log's it proves nothing, and is not kept."""
    assert terminal.run(f"{vote(url, 'no')} > held").returncode == 0
    assert terminal.run("stimmbuch export --store rat --to public").returncode == 0
    told = said(terminal, f"stimmbuch submit held --url {url} --log-key public/log.vkey --json")
    assert told["proof"].startswith("c2sp.org/tlog-proof@v1")
    assert terminal.run("stimmbuch init --store other --origin ledger.example.org/rat").returncode == 0
    assert terminal.run("stimmbuch export --store other --to others").returncode == 0
    command = f"stimmbuch submit held --url {url} --log-key others/log.vkey --receipt forged"
    assert said(terminal, f"{command} --json", code=1)["error"] == "proof"
    assert not (folder / "forged").exists()


NOBODY_READS = """python -c 'import os, sys
read, write = os.pipe()
os.close(read)
os.dup2(write, 1)
os.execvp(sys.argv[1], sys.argv[1:])'"""
"""Before a command: its reader (`| head -1`) has gone."""


@pytest.mark.parametrize("as_json", ["", " --json"])
def test_a_receipt_is_kept_although_nobody_reads_what_is_said(
    terminal: Terminal, url: str, as_json: str
) -> None:
    """The vote is recorded by then, and the file that was asked for is what proves it."""
    assert terminal.run(f"{vote(url, 'no')} > unread").returncode == 0
    done = terminal.run(
        f"{NOBODY_READS} stimmbuch submit unread --url {url} --receipt unread.tlog-proof{as_json}"
    )
    assert (done.returncode, done.stderr) == (3, "")
    again = said(terminal, "stimmbuch submit unread --store rat --json")
    assert terminal.run("cat unread.tlog-proof").stdout == again["proof"]
    assert terminal.run("rm unread.tlog-proof").returncode == 0


def test_a_verification_whose_reader_has_gone_does_not_hold(terminal: Terminal) -> None:
    """`set -o pipefail; stimmbuch verify … | head -1`: what is not read to the end is not 0."""
    assert terminal.run("cp -r rat changed").returncode == 0
    order = "UPDATE ledger_events SET notification_id = 900 WHERE notification_id = 3"
    assert terminal.run(f"sql changed/ledger.sqlite '{order}'").returncode == 0
    assert terminal.run("stimmbuch verify changed").returncode == 1
    done = terminal.run(f"{NOBODY_READS} stimmbuch verify changed")
    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize(
    ("change", "code", "problem"),
    [
        ("", 1, "unknown-option"),
        (" | sed 's/vote-cast/vote-dreamt/'", 2, "unknown-statement"),
        (' | sed \'s/"sig": ".../"sig": "AAA/\'', 2, "bad-signature"),
    ],
)
def test_what_is_refused_over_http_says_why_and_is_kept_nowhere(
    terminal: Terminal, url: str, folder: Path, change: str, code: int, problem: str
) -> None:
    """The problem as the service tells it, with the exit code that the store's refusal would have."""
    command = f"{vote(url, 'maybe')}{change} | stimmbuch submit --url {url} --receipt refused.json --json"
    told = said(terminal, command, code)
    assert (told["error"], told["details"]["problem"]["code"]) == (problem, problem)
    assert not (folder / "refused.json").exists()


@pytest.mark.parametrize("where", ["--url {url}", "--store rat"])
@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ("vote-dreamt", 2, "vote-cast"),
        (f"vote-cast actor=anna member=anna procedure={MOTION[:-1]}2 choices={{}}", 2, "no procedure"),
        ("vote-cast actor=anna member=anna procedure=motion choices={}", 2, "from what was given"),
    ],
)
def test_what_cannot_be_prepared_is_said_where_a_person_looks(
    terminal: Terminal, url: str, where: str, fields: str, code: int, words: str
) -> None:
    """On standard error, not in the file that is signed next: nothing is there to be signed then."""
    done = terminal.run(f"stimmbuch prepare {fields} {where.format(url=url)}")
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("stimmbuch: ")
    assert words in done.stderr


def test_a_text_and_a_document_are_sent_before_the_statement_that_names_them(
    terminal: Terminal, url: str
) -> None:
    """A procedure with a title and a paper, opened from the command line alone, over HTTP."""
    terminal.run("printf 'Die Heizung ist alt.' > paper.txt")
    opening = (
        f"stimmbuch prepare procedure-opened --url {url} actor=registrar body=rat profile=simple-majority"
        f" procedure={MOTION[:-1]}3 items='{ITEM}' title=$(stimmbuch disclose title Heizung --url {url})"
        f' documents="[$(stimmbuch document paper.txt --url {url})]"'
        f" | stimmbuch sign --key rat/keys/registrar.key | stimmbuch submit --url {url}"
    )
    done = terminal.run(opening)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "Heizung"
        in terminal.run(f"stimmbuch report {MOTION[:-1]}3 --store rat --format html && cat *.html").stdout
    )


def test_a_service_that_is_not_there_makes_the_outcome_incomplete(terminal: Terminal) -> None:
    """Exit code 3: it is not known, ask again."""
    command = "stimmbuch submit anna.json --patience 0 --url http://127.0.0.1:9/v1/ledgers/rat"
    terminal.run("stimmbuch prepare body-registered --store rat actor=anna body=b > prepared")
    terminal.run("stimmbuch sign --key anna.key < prepared > anna.json")
    assert said(terminal, f"{command} --json", code=3)["error"] == "unreachable"
