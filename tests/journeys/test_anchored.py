"""Can an operator have checkpoints time-stamped, by hand and on schedule, and a stranger check that?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.mapper import read_entry
from ledger.proof.verification_key import ED25519, VerificationKey
from ledger.storage import open_store
from tests.journeys.test_witnessed import call, introduce, say
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService
from tests.support.transcript import Terminal
from tests.support.tsa import Tsa, openssl
from tests.support.witnessing import Staff

pytestmark = openssl

ORIGIN = "ledger.example.org/rat"


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[Tsa]:
    """An authority; its certificates lie where the operator works."""
    with Tsa(tmp_path / "tsa") as tsa:
        (tmp_path / "home" / "chain.pem").write_bytes(tsa.chain)
        yield tsa


def test_an_operator_anchors_by_hand(terminal: Terminal, tsa: Tsa, tmp_path: Path) -> None:
    """Each answer says what holds now; the exit codes are those of every command."""
    home = tmp_path / "home"
    (home / "calls").write_text(call("first"))
    say(terminal, f"stimmbuch init --store rat --origin {ORIGIN}")
    anchor = f"stimmbuch anchor --store rat --tsa dfn={tsa.url}"
    assert "dfn: not anchored: there is no certificate" in say(terminal, anchor, code=2)
    told = say(terminal, f"{anchor} --tsa-certificate chain.pem")
    assert told.startswith("dfn: 1 entries existed at 20")
    assert told.endswith(", says CN=Test TSA (entry 1)\n")
    assert say(terminal, anchor) == "dfn: nothing was recorded since the last anchor\n"
    say(terminal, "stimmbuch import rollcalls calls --store rat")
    made = json.loads(say(terminal, f"{anchor} --json"))["dfn"]
    assert made.keys() == {"size", "seq", "earliest", "latest", "authority", "serial"}
    assert made["seq"] == made["size"]

    tsa.trouble = 500
    say(terminal, "stimmbuch import rollcalls calls --store rat")
    say(terminal, "stimmbuch prepare body-registered --store rat actor=registrar body=new > new")
    say(terminal, "stimmbuch sign new --key rat/keys/registrar.key | stimmbuch submit --store rat")
    assert "it answers with status 500" in say(terminal, anchor, code=3)
    tsa.trouble = None
    tsa.alter = lambda _: tsa.stamp(b"something else")
    assert "not anchored: the time stamp is over something else" in say(terminal, anchor, code=1)
    assert "OK" in say(terminal, "stimmbuch verify rat")


def test_a_stranger_checks_an_anchor_with_openssl_alone(terminal: Terminal, tsa: Tsa, tmp_path: Path) -> None:
    """Three lines of the checkpoint, the file beside it, and the authority's certificates."""
    say(terminal, f"stimmbuch init --store rat --origin {ORIGIN}")
    say(terminal, f"stimmbuch anchor --store rat --tsa dfn={tsa.url} --tsa-certificate chain.pem")
    for name in ("root.pem", "tsa.pem"):
        (tmp_path / "home" / name).write_bytes((tsa.folder / name).read_bytes())
    say(terminal, "head -n 3 rat/log/checkpoints/001 > text")
    verify = "openssl ts -verify -in rat/log/anchors/001/dfn.tsr -CAfile root.pem -untrusted tsa.pem -data"
    assert "Verification: OK" in say(terminal, f"{verify} text")
    digest = say(terminal, "sha256sum < rat/log/anchors/001/dfn.tsr").split()[0]
    with open_store(str(tmp_path / "home" / "rat")) as store:
        [row] = store.recorder.read(0, 1)
    assert read_entry(row.state).payload["token_sha256"] == digest
    say(terminal, "printf '%s' changed >> text")
    assert terminal.run(f"{verify} text").returncode != 0


def test_a_service_anchors_on_schedule_and_keeps_its_checkpoint_fresh(
    terminal: Terminal, tsa: Tsa, tmp_path: Path
) -> None:
    """Every second here; time stamps are served like the rest of the log, and witnesses asked again."""
    home = tmp_path / "home"
    say(terminal, f"stimmbuch init --store rat --origin {ORIGIN}")
    place = Place(str(home / "rat"), str(home / "rat"), home / "rat")
    with Staff(VerificationKey(ORIGIN, ED25519, bytes(32)), tmp_path, names=("w1",)) as staff:
        (home / "rat" / "policy").write_text(staff.text("quorum w1", log=False))
        introduce(staff, home / "rat")
        say(terminal, f"stimmbuch anchor --store rat --tsa dfn={tsa.url} --tsa-certificate chain.pem")
        options = ("--anchor-every", "1", "--tsa", f"dfn={tsa.url}", "--heartbeat", "0.5")
        with RunningService(place, tmp_path / "log", *options) as service:
            say(terminal, "stimmbuch prepare body-registered --store rat actor=registrar body=new > new")
            say(terminal, "stimmbuch sign new --key rat/keys/registrar.key | stimmbuch submit --store rat")
            until((home / "rat" / "log" / "anchors" / "003" / "dfn.tsr").exists)
            until((home / "rat" / "log" / "checkpoints" / "004").exists)
            status, body = service.fetch("/v1/ledgers/rat/log/anchors/003/dfn.tsr")
            assert (status, body) == (200, (home / "rat/log/anchors/003/dfn.tsr").read_bytes())
            assert service.fetch("/v1/ledgers/rat/log/anchors/003/other.tsr")[0] == 404
            fourth = (home / "rat" / "log" / "checkpoints" / "004").read_bytes()
            newest = home / "rat" / "log" / "checkpoint"
            text = fourth.split(b"\n\n")[0]  # `checkpoint` is replaced after the fourth has its own name
            until(lambda: (now := newest.read_bytes()) != fourth and now.split(b"\n\n")[0] == text)
            assert (home / "rat" / "log" / "checkpoints" / "004").read_bytes() == fourth
    assert "OK" in say(terminal, "stimmbuch verify rat")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--anchor-every 60", "anchor_every and tsa go together"),
        ("--tsa https://tsa.example/", "anchor_every and tsa go together"),
        ("--anchor-every 60 --tsa ftp://tsa.example/", "an address is like https://host/path"),
        ("--anchor-every 60 --tsa https://tsa.example/", "there is no certificate that says who signs"),
    ],
)
def test_a_schedule_that_could_never_work_is_refused_at_the_start(
    terminal: Terminal, options: str, said: str
) -> None:
    """Not in a log file, an hour later."""
    say(terminal, f"stimmbuch init --store rat --origin {ORIGIN}")
    assert said in say(terminal, f"stimmbuch serve --store rat --port 1 {options}", code=2)
