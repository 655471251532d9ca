"""Is each checkpoint held against the log keys that are current at its size, through every rotation?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.audit import Trust
from ledger.audit.trust import Kept
from ledger.founding import keys_of
from ledger.keyfile import read_key
from ledger.log_key.keyring import Keyring
from ledger.proof.checkpoint import sign_checkpoint
from ledger.proof.signers import Ed25519Signer
from ledger.proof.verification_key import ED25519, VerificationKey
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder, checkpoint_path
from ledger.rotation import Wanted, rotation
from tests.support.audited import LAST, SIZES, audit, exported, found, going_on, log_signer, publish
from tests.support.builders import ORIGIN, REGISTRAR


@pytest.fixture
def rotated(folder: Path) -> Path:
    """The ledger with a second log key, published before and after."""
    with going_on(folder) as town:
        ring = Keyring(keys_of(folder))
        envelope, _ = rotation(town.ledger, ring, Wanted(ED25519, REGISTRAR))
        town.ledger.submit(envelope.countersign(town.key(REGISTRAR)))
        publish(town.ledger.store)
        town.put("body-registered", REGISTRAR, body="committee")
        publish(town.ledger.store)
    return folder


def second(folder: Path) -> Ed25519Signer:
    """The new log key."""
    return Ed25519Signer.of(ORIGIN, read_key(keys_of(folder) / "log-2.key"))


def test_a_rotation_leaves_no_gap(rotated: Path, tmp_path: Path) -> None:
    """Old checkpoints count under the old key, new ones under the new; an export holds both keys."""
    assert audit(rotated).failures == []
    assert audit(exported(rotated, tmp_path / "export")).failures == []
    keys = {key.key: (key.since, key.ended) for key in audit(rotated).keys if key.roles == ["log"]}
    assert keys == {
        log_signer(rotated).verification_key.text: (0, LAST + 1),
        second(rotated).verification_key.text: (LAST + 1, None),
    }


@pytest.mark.parametrize("signer", [log_signer, second])
def test_either_key_may_be_trusted(rotated: Path, signer: type) -> None:
    """Whoever knows the old key only sees no gap, as long as it signs beside the new one."""
    key: VerificationKey = signer(rotated).verification_key
    assert audit(rotated, Trust(keys=(key,))).failures == []


def test_the_old_key_alone_does_not_sign_any_more(rotated: Path) -> None:
    """Somebody has the old key, which was replaced because of that."""
    log = LogFolder(rotated / FOLDER)
    for name in (CHECKPOINT, checkpoint_path(LAST + 3)):
        (log.path / name).write_bytes(sign_checkpoint(log.newest(), log_signer(rotated)))
    assert found(audit(rotated).failures) == [("8.3", LAST + 2)] * 2


def test_the_new_key_did_not_sign_before_it_was_one(rotated: Path) -> None:
    """A backdated checkpoint, signed with a key that the log did not have yet."""
    log = LogFolder(rotated / FOLDER)
    name = checkpoint_path(SIZES[0])
    old = sign_checkpoint(log.newest()._replace(size=SIZES[0]), second(rotated))
    (log.path / name).write_bytes(old)
    assert found(audit(rotated).failures) == [("8.3", SIZES[0] - 1)]


def test_a_checkpoint_from_before_still_proves_what_it_did(rotated: Path, tmp_path: Path) -> None:
    """Kept by an auditor, or in the state of the last audit."""
    note = LogFolder(rotated / FOLDER).read(checkpoint_path(SIZES[1]))
    trust = Trust(since=(Kept("kept", note),))
    assert audit(rotated, trust, state=tmp_path / "state").failures == []
    assert audit(rotated, trust, state=tmp_path / "state", whole=False).since == [SIZES[1], LAST + 3]
