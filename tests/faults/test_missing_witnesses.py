"""What happens to votes while the witnesses are away, and when the service dies while it waits for them?"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import audit_store
from ledger.founding import keys_of
from ledger.log_key.keyring import Keyring
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.note import parse_note
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.statement import Statement
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.verification_key import ED25519, parse_verification_key
from ledger.publish.folder import FOLDER, LogFolder, checkpoint_path
from ledger.publish.policy_file import keep_policy
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from tests.faults.test_publisher_dies import a_vote, acknowledged, post
from tests.support.builders import ORIGIN, a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService
from tests.support.shared import CHECKOUT
from tests.support.witnessing import Staff

RULES = ("group two 2 w1 w2 w3", "quorum two")


@pytest.fixture
def votes(place: Place) -> list[Statement]:
    """Signed votes of a town, not sent."""
    with place.open() as store:
        town = a_town(store, members=6)
        motion = town.open()
        return [a_vote(town, motion, number) for number in range(1, 7)]


@pytest.fixture
def staff(place: Place, votes: list[Statement], tmp_path: Path) -> Iterator[Staff]:
    """Three witnesses, two of which must cosign; the policy is in the ledger's home."""
    assert votes
    keys = map(parse_verification_key, Keyring(keys_of(place.home)).at_hand(ORIGIN))
    with Staff(next(key for key in keys if key.kind == ED25519), tmp_path) as staff:
        keep_policy(place.home, staff.text(*RULES).encode())
        yield staff


def check_receipt(receipt: dict[str, Any], policy: Policy) -> None:
    """The receipt verifies offline, with the cosignatures that the policy asks for."""
    proof = parse_tlog_proof(receipt["proof"].encode())
    assert proof.extra is not None
    proof.verify(proof.extra, policy)


def ask_policy(place: Place) -> tuple[int, dict[str, Any]]:
    """Exit code and answer of `stimmbuch policy --check`."""
    command = [sys.executable, "-m", "api", "policy", "--check", "--json", "--store", place.where]
    done = subprocess.run(
        [*command, "--home", str(place.home)], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout)


def test_while_witnesses_are_away_votes_are_stored_and_not_acknowledged(
    place: Place, votes: list[Statement], staff: Staff, tmp_path: Path
) -> None:
    """503 names who is missing and why; when enough are back, everything is published by itself."""
    policy = parse_policy(staff.text(*RULES).encode())
    with RunningService(place, tmp_path / "log") as service:
        status, receipt = acknowledged(service, votes[0])
        assert status in {200, 201}
        check_receipt(receipt, policy)
        staff.down("w1")
        staff.witnesses["w2"].trouble = 500
        with ThreadPoolExecutor(4) as voters:
            answers = list(voters.map(lambda vote: post(service, vote), votes[1:5]))
        for status, problem in answers:
            assert (status, problem["code"]) == (503, "not-published")
            assert "the witnesses' quorum two is not met: w1 (http" in problem["detail"]
            assert "Connection refused" in problem["detail"]
            assert "it answers with status 500" in problem["detail"]
        code, found = ask_policy(place)
        assert (code, found["met"]) == (3, False)
        assert found["size"] > receipt["seq"] + 1
        staff.up("w1")
        for vote in votes[1:5]:
            status, receipt = acknowledged(service, vote)
            assert status == 200
            check_receipt(receipt, policy)
        assert acknowledged(service, votes[5])[0] in {200, 201}
        until(lambda: ask_policy(place)[0] == 0)  # it gives a witness five seconds, and says who said nothing
    with place.open() as store:
        assert audit_store(store).holds


def test_a_service_that_dies_between_signing_and_cosigning_signs_nothing_twice(
    place: Place, votes: list[Statement], staff: Staff, tmp_path: Path
) -> None:
    """What the log's key signed once is cosigned and published as it is, and no vote is lost."""
    policy = parse_policy(staff.text(*RULES).encode())
    folder = LogFolder(place.home / FOLDER)
    with RunningService(place, tmp_path / "log") as service:
        assert acknowledged(service, votes[0])[0] in {200, 201}
    for witness in staff.witnesses.values():
        witness.gate = threading.Event()
        witness.arrived.clear()
    with RunningService(place, tmp_path / "log") as service:
        sending = threading.Thread(target=_post_in_vain, args=(service, votes[1]))
        sending.start()
        until(lambda: all(witness.arrived.is_set() for witness in staff.witnesses.values()))
        service.kill()
        sending.join()

    signed = parse_note(Signer.remembered(place.home / SIGNER))
    size = parse_checkpoint(signed.text).size
    assert folder.newest().size == size - 1
    for witness in staff.witnesses.values():
        assert witness.gate is not None
        witness.gate.set()
    with RunningService(place, tmp_path / "log") as service:
        status, receipt = acknowledged(service, votes[1])
        assert (status, receipt["seq"]) == (200, size - 1)
        check_receipt(receipt, policy)
        assert acknowledged(service, votes[2])[0] in {200, 201}
    published = parse_note(folder.read(checkpoint_path(size)))
    assert published.text == signed.text
    assert published.signatures[: len(signed.signatures)] == signed.signatures


def _post_in_vain(service: RunningService, vote: Statement) -> None:
    """Sends a vote to a service that is about to be killed."""
    with pytest.raises((OSError, ValueError)):
        post(service, vote)
