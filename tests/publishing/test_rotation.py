"""Which log keys sign the checkpoints of a publisher that lives on while a log key is rotated beside it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.errors import BadPolicy, KeyUnavailable, PolicyUnmet
from ledger.founding import REGISTRAR, found, keys_of
from ledger.keyfile import read_key, write_key
from ledger.log_key.keyring import FIRST, Keyring
from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.policy import parse_policy
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, VerificationKey
from ledger.publish.folder import checkpoint_path
from ledger.publish.publication import Publication
from ledger.publish.publisher import Publisher
from ledger.publish.survey import survey
from ledger.publish.witnesses import Witnesses
from ledger.rotation import Wanted, log_signers, rotation
from ledger.storage import open_store
from tests.support.builders import ORIGIN, Clock
from tests.support.followers import PATIENCE
from tests.support.witnessing import Staff

SECOND = "rita"
"""Another registrar: two of them replace a key that is lost."""


class Log:
    """A ledger with log keys of both kinds and two registrars, and what is published of it."""

    def __init__(self, folder: Path) -> None:
        self.ledger = VotingLedger(open_store(str(folder), create=True), clock=Clock(), origin=ORIGIN)
        found(self.ledger, time_zone="UTC")
        self.ring = Keyring(keys_of(folder))
        self.register(SECOND)

    def register(self, name: str) -> None:
        """One entry more: another registrar."""
        key = write_key(self.ring.folder / f"{name}.key", name.encode().rjust(32, b"-"))
        fields = {"actor": REGISTRAR, "subject": name, "roles": ["registrar"], "key": b64(key.public)}
        self.ledger.speak("key-registered", fields, read_key(self.ring.folder / f"{REGISTRAR}.key"), key)

    def rotate(self, kind: int = ED25519, second: str | None = None) -> bytes:
        """A new log key takes the place of the one of its kind; its public half."""
        envelope, reference = rotation(self.ledger, self.ring, Wanted(kind, REGISTRAR, second))
        names = [REGISTRAR] if second is None else [REGISTRAR, second]
        signing = [read_key(self.ring.folder / f"{name}.key") for name in names]
        self.ledger.submit(envelope.countersign(*signing))
        return self.ring.open(reference).public

    def lose(self) -> None:
        """The file of the first key is gone."""
        (self.ring.folder / FIRST[0]).unlink()

    @property
    def publication(self) -> Publication:
        """As a process has it that starts now."""
        return open_publication(self.ledger.store, ORIGIN, clock=self.ledger.clock)

    def publisher(self, witnesses: Witnesses | None = None) -> Publisher:
        """A publisher that knows where to go on."""
        one = self.publication
        return Publisher(self.ledger.store.recorder, one.folder, one.signer(), witnesses)

    def known(self) -> list[VerificationKey]:
        """Every key that the log ever had."""
        with self.ledger.current() as state:
            return list(log_signers(state, self.ring, self.ledger.clock).known)

    def signed_by(self, size: int) -> set[bytes]:
        """The public keys that signed a published checkpoint."""
        note = self.publication.folder.read(checkpoint_path(size))
        return {key.key for key in open_checkpoint(note, self.known()).signed_by}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A ledger, not published yet."""
    log = Log(tmp_path / "rat")
    with closing(log.ledger):
        yield log


@pytest.fixture
def staff(log: Log, tmp_path: Path) -> Iterator[Staff]:
    """A witness that knows the first log key."""
    with Staff(log.known()[0], tmp_path, names=("w1",)) as staff:
        yield staff


def asking(staff: Staff, *more: VerificationKey) -> Witnesses:
    """A policy that lists the first log key, and `more` of them."""
    logs = "".join(f"log {key.text}\n" for key in more)
    policy = parse_policy((logs + staff.text("quorum w1")).encode())
    return Witnesses(policy, timeout=PATIENCE, rest=0.0)


# ── the keys that sign ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kinds", [(ED25519, MLDSA44_COSIGNATURE), (MLDSA44_COSIGNATURE, ED25519)])
def test_the_checkpoint_with_a_rotation_is_signed_with_the_new_key_already(
    log: Log, kinds: tuple[int, int]
) -> None:
    """And the one before it with the old one alone. Nobody starts anything again."""
    publisher, old = log.publisher(), {key.key for key in log.known()}
    sizes, new = [publisher.publish()], []
    for kind in kinds:
        new.append(log.rotate(kind))
        sizes.append(publisher.publish())
    log.register("vera")
    sizes.append(publisher.publish())
    assert [log.signed_by(size) for size in sizes] == [old, {*old, new[0]}, {*old, *new}, {*old, *new}]
    assert audit_store(log.ledger.store).failures == []


def test_entries_of_before_and_after_a_rotation_share_a_checkpoint(log: Log) -> None:
    """It stands in the middle of what one pass publishes."""
    publisher = log.publisher()
    first = publisher.publish()
    log.register("vera")
    new = log.rotate()
    log.register("vita")
    assert publisher.publish() == first + 3
    assert new in log.signed_by(first + 3)
    assert audit_store(log.ledger.store).failures == []


def test_a_key_that_two_registrars_gave_up_does_not_sign_what_comes_after(log: Log) -> None:
    """It is lost; a publisher that still has it in its memory does not use it any more."""
    publisher, [lost, other] = log.publisher(), log.known()
    first = publisher.publish()
    log.lose()
    new = log.rotate(second=SECOND)
    assert log.signed_by(publisher.publish()) == {new, other.key}
    assert log.signed_by(first) == {lost.key, other.key}
    assert audit_store(log.ledger.store).failures == []


def test_a_new_key_that_is_not_at_hand_is_waited_for(log: Log) -> None:
    """Its token is out, for instance: nothing is signed with the old key alone, and nothing is lost."""
    publisher = log.publisher()
    first = publisher.publish()
    new = log.rotate()
    path = log.ring.folder / "log-2.key"
    path.rename(path.with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(KeyUnavailable, match="is not at hand"):
            publisher.publish()
    assert log.publication.folder.newest().size == first
    path.with_suffix(".away").rename(path)
    assert new in log.signed_by(publisher.publish())
    assert audit_store(log.ledger.store).failures == []


# ── a policy that lists the old key ────────────────────────────────────────────────────────────


def test_a_policy_that_lists_the_old_key_is_met_as_long_as_that_one_signs(log: Log, staff: Staff) -> None:
    """Whoever verifies under it, receipts too, sees no gap; so do the witnesses that know no other key."""
    policy = parse_policy(staff.text("quorum w1").encode())
    publisher = log.publisher(asking(staff))
    publisher.publish()
    new = log.rotate()
    size = publisher.publish()
    assert new in log.signed_by(size)
    [row] = log.ledger.store.recorder.read(size - 2, 1)
    proof = parse_tlog_proof(log.publication.receipt(size - 1, row.state))
    assert log.known()[0] in proof.verify(row.state, policy).signed_by


def test_a_policy_that_lists_only_a_lost_key_stops_the_publishing_and_says_what_to_add(
    log: Log, staff: Staff
) -> None:
    """Nobody could verify it under this policy. The old line stays, for what was published before."""
    old, _ = log.known()
    publisher = log.publisher(asking(staff))
    first = publisher.publish()
    log.lose()
    log.rotate(second=SECOND)
    new = log.known()[-1]
    begins = "+".join(new.text.split("+")[:2])
    for _ in range(2):
        with pytest.raises(BadPolicy) as refused:
            publisher.publish()
        assert "lists none of the keys with which ledger.example.org/town signs now" in refused.value.message
        assert begins in refused.value.message
    with pytest.raises(
        BadPolicy, match="signs now"
    ):  # `stimmbuch policy --check` does not say that it is met
        survey(asking(staff), log.ledger.store.home)
    assert log.publication.folder.newest().size == first

    signed = log.publication.signer().last()[1]
    with pytest.raises(PolicyUnmet, match=r"it does not accept the log's signature \(403\)"):
        log.publisher(asking(staff, new))
    staff.witnesses["w1"].logs = {ORIGIN: [old, new]}
    size = log.publisher(asking(staff, new)).publish()
    assert log.publication.folder.read(checkpoint_path(size)).startswith(signed)
    assert survey(asking(staff, new), log.ledger.store.home).met
    assert log.publication.folder.newest().size == size > first
