"""What is left of a rotation of the log key that was interrupted, and who signs checkpoints afterwards?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.errors import KeyUnavailable, NotAllowed, NotFound
from ledger.founding import REGISTRAR, found, keys_of
from ledger.keyfile import is_encrypted, read_key
from ledger.log_key.keyring import LIST, Keyring
from ledger.passphrase import Passphrases
from ledger.proof.dsse import Envelope
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, VerificationKey
from ledger.rotation import Wanted, log_signers, rotation
from ledger.storage import open_store
from tests.support.builders import Clock

ORIGIN = "ledger.example.org/rat"
PASSPHRASE = b"three long and random words"
ASK = Passphrases(ask=lambda what: PASSPHRASE.decode())
WANTED = Wanted(ED25519, REGISTRAR)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[VotingLedger]:
    """A ledger with encrypted keys of both kinds."""
    ledger = VotingLedger(open_store(str(tmp_path / "rat"), create=True), clock=Clock(), origin=ORIGIN)
    found(ledger, time_zone="UTC", passphrase=PASSPHRASE, ask=ASK)
    yield ledger
    ledger.close()


@pytest.fixture
def ring(ledger: VotingLedger) -> Keyring:
    """Its log keys."""
    return Keyring(keys_of(ledger.store.home), ASK)


def recorded(ledger: VotingLedger, ring: Keyring, envelope: Envelope) -> None:
    """The registrar signs, and it is recorded."""
    registrar = read_key(ring.folder / f"{REGISTRAR}.key", ASK)
    ledger.submit(envelope.countersign(registrar))


def publics(ledger: VotingLedger, ring: Keyring) -> list[bytes]:
    """The public keys of those who sign checkpoints."""
    return [key.key for key in signing(ledger, ring)]


def signing(ledger: VotingLedger, ring: Keyring) -> list[VerificationKey]:
    """Those who sign the next checkpoint."""
    with ledger.current() as state:
        return [one.verification_key for one in log_signers(state, ring, ledger.clock).signers]


def test_a_ledger_signs_with_the_keys_that_it_was_founded_with(ledger: VotingLedger, ring: Keyring) -> None:
    """One of each kind."""
    assert [key.kind for key in signing(ledger, ring)] == [ED25519, MLDSA44_COSIGNATURE]


@pytest.mark.parametrize("kind", [ED25519, MLDSA44_COSIGNATURE])
def test_after_a_rotation_both_keys_sign(ledger: VotingLedger, ring: Keyring, kind: int) -> None:
    """No reader sees a gap: the new key counts, the old one signs as long as it is at hand."""
    before = publics(ledger, ring)
    envelope, reference = rotation(ledger, ring, WANTED._replace(kind=kind))
    recorded(ledger, ring, envelope)
    after = publics(ledger, ring)
    new = ring.open(reference).public
    assert set(after) == {*before, new}
    assert new in after[:2], "current keys come first"
    assert audit_store(ledger.store).holds


def test_before_it_is_recorded_the_old_key_signs_alone(ledger: VotingLedger, ring: Keyring) -> None:
    """A registrar takes a week to sign: nothing changes until then."""
    before = publics(ledger, ring)
    rotation(ledger, ring, WANTED)
    assert publics(ledger, ring) == before


def test_a_rotation_that_was_interrupted_goes_on_with_its_key(ledger: VotingLedger, ring: Keyring) -> None:
    """The key was made and listed, and then the machine stopped: no second one is made."""
    _, first = rotation(ledger, ring, WANTED)
    envelope, second = rotation(ledger, ring, WANTED)
    assert first == second == "log-2.key"
    recorded(ledger, ring, envelope)
    assert rotation(ledger, ring, WANTED)[1] == "log-3.key"


def test_a_key_that_was_made_and_not_listed_is_in_nobodys_way(ledger: VotingLedger, ring: Keyring) -> None:
    """The machine stopped a moment earlier: the file is left unused."""
    ring.make("log-2.key", ED25519, PASSPHRASE)
    assert rotation(ledger, ring, WANTED)[1] == "log-3.key"


def test_a_new_key_is_kept_as_the_old_ones_are(ledger: VotingLedger, ring: Keyring) -> None:
    """Nobody has to remember that the keys of this ledger are encrypted."""
    _, reference = rotation(ledger, ring, WANTED)
    assert is_encrypted((ring.folder / reference).read_bytes())


def test_a_passphrase_of_the_registrars_does_not_lock_the_service_out(tmp_path: Path) -> None:
    """The log's keys have none. The service could not read one that has, and would publish nothing."""
    ledger = VotingLedger(open_store(str(tmp_path / "rat"), create=True), clock=Clock(), origin=ORIGIN)
    found(ledger, time_zone="UTC")
    ring = Keyring(keys_of(ledger.store.home), ASK)
    _, reference = rotation(ledger, ring, WANTED, PASSPHRASE)
    assert not ring.is_locked(reference)
    ledger.close()


def test_an_old_key_that_is_lost_stops_the_signing(ledger: VotingLedger, ring: Keyring) -> None:
    """Neither a checkpoint nor an ordinary rotation; two registrars can replace it."""
    (ring.folder / "log.key").unlink()
    with pytest.raises(KeyUnavailable, match="is not at hand"):
        signing(ledger, ring)
    with pytest.raises(KeyUnavailable, match="is not at hand"):
        rotation(ledger, ring, WANTED)
    rotation(ledger, ring, WANTED._replace(second="rita"))


def test_a_key_that_is_in_use_is_not_its_own_successor(ledger: VotingLedger, ring: Keyring) -> None:
    """A slip of the pen."""
    with pytest.raises(NotAllowed, match=r"log\.key is or was a key of this log"):
        rotation(ledger, ring, WANTED._replace(reference="log.key"))


def test_a_kind_that_the_log_does_not_have_is_not_rotated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that was founded where there was no ML-DSA-44."""
    monkeypatch.setattr("ledger.founding.has_mldsa", lambda: False)
    ledger = VotingLedger(open_store(str(tmp_path / "old"), create=True), clock=Clock(), origin=ORIGIN)
    found(ledger, time_zone="UTC")
    ring = Keyring(keys_of(ledger.store.home))
    assert [key.kind for key in signing(ledger, ring)] == [ED25519]
    with pytest.raises(NotFound, match="no key of this kind"):
        rotation(ledger, ring, Wanted(MLDSA44_COSIGNATURE, REGISTRAR))
    ledger.close()


def test_a_founding_that_was_interrupted_goes_on_with_its_keys(tmp_path: Path) -> None:
    """Encrypted ones, too; nothing is made twice."""
    ledger = VotingLedger(open_store(str(tmp_path / "new"), create=True), clock=Clock(), origin=ORIGIN)
    ring = Keyring(keys_of(ledger.store.home), ASK)
    first = ring.make("log.key", ED25519, PASSPHRASE)
    found(ledger, time_zone="UTC", passphrase=PASSPHRASE, ask=ASK)
    assert publics(ledger, ring)[0] == first.public
    ledger.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED AS ROOT: only root may give a file to somebody")
def test_what_root_makes_beside_a_service_can_be_read_by_the_service(
    ledger: VotingLedger, ring: Keyring
) -> None:
    """It has a user of its own, and would publish nothing any more: neither the list nor the key was its."""
    os.chown(ring.folder, 65534, 65533)
    _, reference = rotation(ledger, ring, WANTED)
    for name in (LIST, reference):
        made = (ring.folder / name).stat()
        assert (made.st_uid, made.st_gid, made.st_mode & 0o777) == (65534, 65533, 0o600)
