"""Does a witness that nobody here wrote cosign our log, and refuse what it must refuse?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import PolicyUnmet
from ledger.proof.keys import SigningKey
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.signers import Ed25519Cosigner, MLDSA44Cosigner
from ledger.publish.folder import CHECKPOINT
from ledger.publish.witnesses import Witnesses
from ledger.storage import open_store
from tests.support.chained import ORIGIN, grow
from tests.support.logs import mldsa_signer
from tests.support.omniwitness import Omniwitness
from tests.support.ports import held_port
from tests.support.publishing import ALog, assert_published

NAME = "witness.example/foreign"
SEED = bytes(range(32))
SIGNERS = (
    Ed25519Cosigner(NAME, SigningKey(SEED), lambda: 0),
    MLDSA44Cosigner(NAME, MLDSASigningKey(SEED), lambda: 0),
)
"""Only their keys are used: the witness signs with them."""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ALog]:
    """An empty log with two keys, as a ledger has them: the witness knows one, and sees both lines."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        yield ALog(store, also=[mldsa_signer(name=ORIGIN)])


@pytest.fixture
def witness(log: ALog, tmp_path: Path) -> Iterator[Omniwitness]:
    """A witness that knows the log, with a key of each kind; not running yet."""
    keys = [(signer, SEED) for signer in SIGNERS]
    with held_port() as held:
        yield Omniwitness(tmp_path, keys, log.key.verification_key, held.getsockname()[1])


def policy_of(witness: Omniwitness, log: ALog) -> Policy:
    """Both of its keys are asked for."""
    lines = [f"log {log.key.verification_key.text}"]
    for name, signer in zip(("ed25519", "mldsa44"), SIGNERS, strict=True):
        lines.append(f"witness {name} {signer.verification_key.text} {witness.url}")
    return parse_policy("\n".join([*lines, "group both all ed25519 mldsa44", "quorum both", ""]).encode())


def publish(log: ALog, size: int, witnesses: Witnesses) -> None:
    """Publishes so many entries."""
    grow(log.store, size)
    assert log.publisher(witnesses).publish() == size
    assert_published(log, size)


def test_a_foreign_witness_cosigns_our_log_in_both_ways(log: ALog, witness: Omniwitness) -> None:
    """As it grows, after a restart of either side, and again without growth."""
    policy = policy_of(witness, log)
    witnesses = Witnesses(policy, timeout=30.0, rest=0.0)
    with witness:
        for size in (1, 255, 256, 257):
            publish(log, size, witnesses)
            others = [signer.verification_key for signer in log.signers]
            opened = policy.open(log.folder.read(CHECKPOINT), others)
            assert [one.key.kind for one in opened.verified] == [0x01, 0x06, 0x04, 0x06]
            assert [one.key.name for one in opened.cosignatures] == [NAME, NAME]
            assert all(abs((one.time or 0) - time.time()) < 600 for one in opened.cosignatures)
    with witness:
        publish(log, 300, witnesses)  # the connection that was kept is gone
        publish(log, 8_000, Witnesses(policy, timeout=30.0))  # knows nothing: is told 300
        log.publisher(witnesses).refresh()
        assert policy.open(log.folder.read(CHECKPOINT)).checkpoint.size == 8_000


def test_a_foreign_witness_refuses_another_history(log: ALog, witness: Omniwitness, tmp_path: Path) -> None:
    """The operator restored everything, the signer's memory too, and wrote on: shorter, as long, longer."""
    policy = policy_of(witness, log)
    with witness:
        publish(log, 300, Witnesses(policy, timeout=30.0))
        for size in (200, 300, 400):
            with open_store(str(tmp_path / f"fork-{size}"), create=True) as store:
                fork = ALog(store)
                grow(store, size, branch="another")
                with pytest.raises(PolicyUnmet, match=r"another history|it has cosigned 300 entries"):
                    fork.publisher(Witnesses(policy, timeout=30.0)).publish()
                assert not fork.folder.exists(CHECKPOINT)
                note = fork.signer.last()
                survey = Witnesses(policy, timeout=30.0).survey(note[1], note[0], lambda *_: bytes(32))
                assert survey.contradicted


def test_a_foreign_witness_that_does_not_know_the_log(witness: Omniwitness, tmp_path: Path) -> None:
    """It refuses (this one with status 500 instead of 404), and nothing is published."""
    with witness, open_store(str(tmp_path / "other"), create=True) as store:
        other = ALog(store, origin="ledger.example.org/unknown")
        grow(store, 3)
        with pytest.raises(PolicyUnmet, match=r"it does not know this log|status 500"):
            other.publisher(Witnesses(policy_of(witness, other), timeout=30.0)).publish()
