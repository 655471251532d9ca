"""Does the log get a new key while members vote, and every vote its receipt, with the keys to verify it?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from ledger.audit import audit_store
from ledger.founding import keys_of
from ledger.keyfile import write_key
from ledger.log_key.keyring import FIRST, Keyring
from ledger.log_key.private import vkey
from ledger.proof.dsse import envelope_from
from ledger.proof.statement import Statement
from tests.faults.test_publisher_dies import LEDGER, a_vote, acknowledged, post
from tests.support.builders import ORIGIN, REGISTRAR, LedgerBuilder, a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService

MEMBERS = 60
PASSPHRASE = b"three long and random words"


@pytest.fixture
def town(place: Place) -> Iterator[LedgerBuilder]:
    """A town beside the service, with many who vote."""
    town = a_town(place.open(), members=MEMBERS)
    yield town
    town.ledger.close()


@pytest.fixture
def votes(town: LedgerBuilder) -> list[Statement]:
    """Signed, not sent."""
    motion = town.open()
    return [a_vote(town, motion, number) for number in range(1, MEMBERS + 1)]


@pytest.fixture
def registrar(town: LedgerBuilder, tmp_path: Path) -> list[str]:
    """Options of a command: the registrar's key, which has a passphrase because it travels."""
    key, secret = tmp_path / "registrar.key", tmp_path / "secret"
    write_key(key, town.key(REGISTRAR).seed, PASSPHRASE)
    secret.write_bytes(PASSPHRASE)
    return ["--key", str(key), "--passphrase-file", str(secret)]


def rotate(place: Place, *options: str) -> Result:
    """`stimmbuch rotate-log-key`, beside the service."""
    done = CliRunner().invoke(
        main, ["rotate-log-key", "--store", place.where, "--home", str(place.home), *options]
    )
    assert done.exit_code == 0, done.output
    return done


def rotate_over_http(service: RunningService, place: Place, town: LedgerBuilder) -> None:
    """The registrar signs elsewhere, and sends it to the service."""
    envelope = envelope_from(json.loads(rotate(place).stdout)).countersign(town.key(REGISTRAR))
    status, receipt = service.call("POST", f"{LEDGER}/statements", envelope.to_dict())
    assert status == 201, receipt


@contextmanager
def voting(service: RunningService, votes: list[Statement]) -> Iterator[list[tuple[int, Any]]]:
    """One after another votes beside the block, as long as it lasts; the answers, complete behind it."""
    answers: list[tuple[int, Any]] = []
    enough = threading.Event()

    def vote() -> None:
        for one in votes:
            answers.append(post(service, one))
            if enough.wait(0.05):
                return

    with ThreadPoolExecutor(1) as member:
        done = member.submit(vote)
        until(lambda: len(answers) > 1 or done.done())
        try:
            yield answers
        finally:
            enough.set()
        done.result()


def verify(folder: Path, receipt: dict[str, Any], key: str) -> int:
    """The exit code of `stimmbuch verify` for a receipt in a file, offline, with this log key in a file."""
    (folder / "receipt.tlog-proof").write_text(receipt["proof"])
    (folder / "log.vkey").write_text(f"{key}\n")
    order = ["verify", str(folder / "receipt.tlog-proof"), "--key", str(folder / "log.vkey")]
    return CliRunner().invoke(main, order).exit_code


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_members_vote_while_the_log_key_is_rotated_on_the_command_line_and_over_http(
    place: Place, town: LedgerBuilder, votes: list[Statement], registrar: list[str], tmp_path: Path
) -> None:
    """Each gets a receipt at once: one of before verifies with the old key, one of after with the new one."""
    with RunningService(place, tmp_path / "log") as service:
        status, before = acknowledged(service, votes[0])
        assert status in {200, 201}
        with voting(service, votes[1:-1]) as answers:
            rotate(place, *registrar)
            rotate_over_http(service, place, town)
        status, after = post(service, votes[-1])
        assert {status, *(status for status, _ in answers)} == {201}
    ring = Keyring(keys_of(place.home))
    old, second, third = (vkey(ring.open(name), ORIGIN) for name in (FIRST[0], "log-2.key", "log-3.key"))
    assert [verify(tmp_path, before, key) for key in (old, second, third)] == [0, 1, 1]
    assert [verify(tmp_path, after, key) for key in (old, second, third)] == [0, 0, 0]
    with place.open() as store:
        assert audit_store(store).failures == []
