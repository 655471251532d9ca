"""Is a checkpoint published exactly when enough witnesses have cosigned it?

The witnesses are those of `tests/support/witness.py`, over HTTP on loopback.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import pytest

from ledger.errors import BadPolicy, PolicyUnmet, ProofError
from ledger.proof.checkpoint import OpenedCheckpoint
from ledger.proof.keys import SigningKey
from ledger.proof.note import parse_note
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.signers import Ed25519Cosigner
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.witness_request import SIZE_TYPE, format_conflict
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.publish.published import Published
from ledger.publish.receipts import Receipts
from ledger.publish.witnesses import Witnesses
from ledger.storage import Store, open_store
from tests.support.chained import grow
from tests.support.followers import PATIENCE, until
from tests.support.odd_server import OddServer, answer
from tests.support.publishing import ALog, assert_published
from tests.support.witness import Answer
from tests.support.witnessing import Staff

ALL = ("group everybody all w1 w2 w3 w3-pq", "quorum everybody")
TWO = ("group two 2 w1 w2 w3", "quorum two")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ALog]:
    """An empty published log."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        yield ALog(store)


@pytest.fixture
def staff(log: ALog, tmp_path: Path) -> Iterator[Staff]:
    """Its witnesses, all at work."""
    with Staff(log.key.verification_key, tmp_path) as staff:
        yield staff


def asking(policy: Policy, timeout: float = 120.0) -> Witnesses:
    """The witnesses of a policy: patiently, so that a slow machine fails no test, and without a rest."""
    return Witnesses(policy, timeout=timeout, rest=0.0)


def publish(log: ALog, size: int, witnesses: Witnesses) -> None:
    """Publishes so many entries, by a publisher that starts now."""
    grow(log.store, size)
    assert log.publisher(witnesses).publish() == size
    assert_published(log, size)


def newest(log: ALog, policy: Policy, name: str = CHECKPOINT) -> OpenedCheckpoint:
    """A published checkpoint, which meets the policy."""
    return policy.open(log.folder.read(name))


def cosigners(opened: OpenedCheckpoint) -> list[str]:
    """Whose cosignatures are in it, in its order."""
    return [one.key.name.removeprefix("witness.example/") for one in opened.cosignatures]


# ── enough ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_published_carries_the_cosignatures_of_the_quorum(log: ALog, staff: Staff) -> None:
    """Ed25519 and ML-DSA-44, in the policy's order, whoever was faster."""
    policy = staff.policy(*ALL)
    witnesses = asking(policy)
    for size in (1, 255, 256, 257, 700):
        publish(log, size, witnesses)
        assert cosigners(newest(log, policy)) == ["w1", "w2", "w3", "w3"]
        assert log.folder.read(CHECKPOINT) == log.folder.read(checkpoint_path(size))


def test_a_receipt_verifies_offline_under_the_policy(log: ALog, staff: Staff) -> None:
    """With everything that the policy asks for in it, and not with less."""
    policy = staff.policy(*ALL)
    publish(log, 300, asking(policy))
    receipts = Receipts(Published(log.folder, lambda: None))
    [row] = log.store.recorder.read(122, 1)
    receipt = parse_tlog_proof(receipts.receipt(123, row.state))
    assert cosigners(receipt.verify(row.state, policy)) == ["w1", "w2", "w3", "w3"]
    fourth = Ed25519Cosigner("witness.example/w4", SigningKey(bytes(32)), lambda: 1).verification_key.text
    more = f"{staff.text()}witness w4 {fourth}\ngroup both all w1 w4\nquorum both\n"
    with pytest.raises(ProofError, match="no cosignature of w4"):
        receipt.verify(row.state, parse_policy(more.encode()))


def test_two_keys_at_one_address_are_asked_once(log: ALog, staff: Staff) -> None:
    """The second of two requests would be in conflict with the first, for ever."""
    publish(log, 5, asking(staff.policy(*ALL)))
    assert staff.witnesses["w3"].requests == 1


def test_nobody_waits_for_a_witness_that_is_not_needed(log: ALog, staff: Staff) -> None:
    """It hangs, and everything is published; when it can, it goes on with the newest."""
    staff.witnesses["w1"].gate = gate = threading.Event()
    policy = staff.policy(*TWO)
    witnesses = asking(policy)
    publisher = log.publisher(witnesses)
    for size in (3, 10, 300):
        grow(log.store, size)
        assert publisher.publish() == size
        assert set(cosigners(newest(log, policy))) == {"w2", "w3"}
        assert staff.witnesses["w1"].arrived.wait(PATIENCE)  # or it may have heard of the newest only
    assert witnesses._askers[0].client.size == 0
    gate.set()
    until(lambda: witnesses._askers[0].client.size == 300)
    assert staff.witnesses["w1"].requests == 2  # the first, and the newest


def test_a_policy_that_asks_for_nobody_waits_for_nobody(log: ALog, staff: Staff) -> None:
    """But whoever is named in it is asked."""
    for witness in staff.witnesses.values():
        witness.gate = threading.Event()
    witnesses = asking(staff.policy("quorum none"))
    publish(log, 4, witnesses)
    for witness in staff.witnesses.values():
        assert witness.gate is not None
        witness.gate.set()
    until(lambda: all(asker.client.size == 4 for asker in witnesses._askers))


@pytest.mark.parametrize(
    ("down", "enough"),
    [("", True), ("w1", True), ("w2", True), ("w3", False), ("w1 w2", False), ("w1 w3", False)],
)
def test_groups_are_counted_as_the_policy_nests_them(
    log: ALog, staff: Staff, down: str, enough: bool
) -> None:
    """One of w1 and w2, and w3 with its key that withstands quantum computers."""
    for name in down.split():
        staff.down(name)
    rules = ("group either any w1 w2", "group both all either w3-pq", "quorum both")
    grow(log.store, 7)
    publisher = log.publisher(asking(staff.policy(*rules)))
    if enough:
        assert publisher.publish() == 7
        return
    with pytest.raises(PolicyUnmet):
        publisher.publish()
    assert not log.folder.exists(CHECKPOINT)


# ── not enough ─────────────────────────────────────────────────────────────────────────────────────


def test_without_the_quorum_nothing_is_published_and_nothing_is_lost(store: Store, tmp_path: Path) -> None:
    """On both databases: each missing witness is named with what it did; later everything is published."""
    log = ALog(store)
    with Staff(log.key.verification_key, tmp_path) as staff:
        policy = staff.policy(*TWO)
        witnesses = asking(policy)
        publish(log, 3, witnesses)
        staff.down("w1")
        staff.witnesses["w2"].trouble = 500
        grow(store, 300)
        with pytest.raises(PolicyUnmet) as unmet:
            log.publisher(witnesses).publish()
        assert unmet.value.details["missing"] == {
            "w1": "Connection refused",
            "w2": "it answers with status 500",
        }
        assert f"w2 ({staff.urls['w2']}): it answers with status 500" in unmet.value.message
        signed = log.signer.last()[1]
        with pytest.raises(PolicyUnmet):
            log.publisher(witnesses)
        assert log.checkpoint().size == 3
        assert log.signer.last()[1] == signed
        staff.up("w1")
        assert log.publisher(witnesses).size == 300
        assert set(parse_note(signed).signatures) < set(parse_note(log.folder.read(CHECKPOINT)).signatures)
        assert_published(log, 300)


def test_a_witness_that_does_not_know_the_log_says_what_to_do(log: ALog, staff: Staff) -> None:
    """404 and 403 are for people: the witness's operator has to know the log."""
    staff.witnesses["w1"].logs = {}
    staff.witnesses["w2"].logs = {log.key.name: [staff.signers("w1")[0].verification_key._replace(kind=1)]}
    grow(log.store, 3)
    with pytest.raises(PolicyUnmet) as unmet:
        log.publisher(asking(staff.policy(*TWO))).publish()
    assert "it does not know this log (404)" in unmet.value.message
    assert "it does not accept the log's signature (403)" in unmet.value.message


def test_a_witness_that_hangs_counts_as_missing_when_its_time_is_over(
    log: ALog, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is needed and does not come is said; nobody waits for ever."""
    monkeypatch.setattr("ledger.publish.asking.GRACE", PATIENCE)  # a busy machine has no half second to give
    for name in ("w1", "w2"):
        staff.witnesses[name].gate = threading.Event()
    grow(log.store, 3)
    with pytest.raises(PolicyUnmet, match=r"no answer within 0\.\d+ s"):
        log.publisher(asking(staff.policy(*TWO), timeout=0.3)).publish()


def test_a_witness_that_failed_is_left_alone_for_a_moment(log: ALog, staff: Staff) -> None:
    """A busy log must not storm a witness that has trouble."""
    staff.witnesses["w1"].trouble = 503
    witnesses = Witnesses(staff.policy(*TWO), timeout=120.0, rest=3600.0)
    publisher = log.publisher(witnesses)
    publish(log, 3, witnesses)
    until(lambda: bool(witnesses._askers[0]._rest.reply.reason))
    for size in range(4, 9):
        grow(log.store, size)
        assert log.publisher(witnesses).publish() == size
    assert publisher.size == 0
    assert staff.witnesses["w1"].requests == 1


# ── histories ──────────────────────────────────────────────────────────────────────────────────────


def test_a_log_that_does_not_know_what_a_witness_has_is_told(log: ALog, staff: Staff) -> None:
    """A service that starts knows nothing; one that knows asks once for each checkpoint."""
    policy = staff.policy(*ALL)
    publish(log, 3, asking(policy))
    staff.witnesses["w1"].requests = 0
    again = asking(policy)
    publish(log, 300, again)
    assert staff.witnesses["w1"].requests == 2  # the first was a conflict
    publish(log, 301, again)
    assert staff.witnesses["w1"].requests == 3


def test_a_witness_that_went_back_to_an_old_state_is_led_forward(log: ALog, staff: Staff) -> None:
    """Its operator restored a backup: it gets a proof from where it stands now."""
    policy = staff.policy(*ALL)
    witnesses = asking(policy)
    publish(log, 3, witnesses)
    state = staff.witnesses["w1"].state
    shutil.copy(state, state.with_suffix(".backup"))
    publish(log, 300, witnesses)
    shutil.copy(state.with_suffix(".backup"), state)
    publish(log, 700, witnesses)
    assert cosigners(newest(log, policy)) == ["w1", "w2", "w3", "w3"]


def test_a_log_that_is_rolled_back_is_cosigned_by_nobody(log: ALog, staff: Staff) -> None:
    """The operator restores everything, the signer's memory too, and writes another history."""
    policy = staff.policy(*TWO)
    publish(log, 300, asking(policy))
    for size, said in (
        (200, "it has cosigned 300 entries of this log"),
        (300, "another"),
        (400, "another history"),
    ):
        with open_store(str(log.home.parent / f"fork-{size}"), create=True) as store:
            fork = ALog(store)
            grow(store, size, branch="another")
            with pytest.raises(PolicyUnmet, match=said):
                fork.publisher(asking(policy)).publish()
            assert not fork.folder.exists(CHECKPOINT)
            found = asking(policy).survey(fork.signer.last()[1], fork.signer.last()[0], lambda *_: bytes(32))
            assert found.contradicted
            assert not found.met


# ── witnesses that cheat ───────────────────────────────────────────────────────────────────────────


def test_a_cosignature_under_another_key_does_not_count(log: ALog, staff: Staff) -> None:
    """Neither one by a stranger, nor one that carries the witness's name and hash and is wrong."""
    other = Ed25519Cosigner("witness.example/w1", SigningKey(bytes(32)), lambda: 1_769_860_800)
    staff.witnesses["w1"].signers = (other,)
    false = Ed25519Cosigner("witness.example/w2", SigningKey(bytes(32)), lambda: 1_769_860_800)
    false.verification_key = staff.signers("w2")[0].verification_key
    staff.witnesses["w2"].signers = (false,)
    grow(log.store, 3)
    with pytest.raises(PolicyUnmet) as unmet:
        log.publisher(asking(staff.policy(*TWO))).publish()
    missing = unmet.value.details["missing"]
    assert isinstance(missing, dict)
    assert missing.keys() == {"w1", "w2"}
    assert "no cosignature of its key" in missing["w1"]
    assert "does not verify" in missing["w2"]


def test_a_cosignature_that_claims_no_time_does_not_count(log: ALog, staff: Staff) -> None:
    """Time 0 would mean that a larger tree may have been seen."""
    key = SigningKey(b"w1".rjust(32, b"-"))
    staff.witnesses["w1"].signers = (Ed25519Cosigner("witness.example/w1", key, lambda: 0),)
    grow(log.store, 3)
    with pytest.raises(PolicyUnmet, match="no cosignature of its key with a time"):
        log.publisher(asking(staff.policy("quorum w1"))).publish()


def test_a_witness_that_names_another_size_each_time_is_not_asked_for_ever(log: ALog, staff: Staff) -> None:
    """Three requests for one checkpoint are enough."""
    sizes = iter(range(1, 10))
    fickle = Mock(side_effect=lambda body: Answer(409, format_conflict(next(sizes)), SIZE_TYPE))
    staff.witnesses["w1"].add_checkpoint = fickle  # type: ignore[method-assign]
    grow(log.store, 30)
    with pytest.raises(PolicyUnmet, match="it names another size each time"):
        log.publisher(asking(staff.policy("quorum w1"))).publish()
    assert fickle.call_count == 3


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer(b""), "1 to 100 signatures"),
        (answer(b"welcome\n"), "is no signature line"),
        (answer(b"\xff\xfe"), "is not UTF-8"),
        (answer("— witness.example/w1 AAAA\n".encode()), "a key hash and a signature"),
        (answer("— witness.example/w1 AAAAAAAAAA==\n".encode()), "no cosignature of its key"),
        (answer(bytes(300_000)), "more than 262144 bytes"),
        (answer(b"4", "409 Conflict"), "it names another size each time"),
        (answer(b"-1\n", "409 Conflict"), "it names another size each time"),
        (answer(b"", "302 Found", "Location: http://127.0.0.1:1/"), "it answers with status 302"),
        (answer(b"", "429 Too Many Requests"), "asked too often"),
        (answer(b"", "400 Bad Request"), "malformed"),
        (b"SSH-2.0\r\n\r\n", "is not HTTP"),
    ],
)
def test_whatever_a_witness_answers_is_a_reason_in_words(log: ALog, said: bytes, reason: str) -> None:
    """Nothing that it sends can do more than not count."""
    key = SigningKey(b"w1".rjust(32, b"-"))
    vkey = Ed25519Cosigner("witness.example/w1", key, lambda: 1).verification_key.text
    grow(log.store, 3)
    with OddServer([said] * 3) as server:
        policy = parse_policy(f"witness w1 {vkey} {server.url}\nquorum w1\n".encode())
        with pytest.raises(PolicyUnmet, match=reason) as unmet:
            log.publisher(asking(policy)).publish()
        assert unmet.value.message.isprintable()
    assert not log.folder.exists(CHECKPOINT)


def test_a_log_that_its_own_policy_does_not_know_is_not_published(log: ALog, staff: Staff) -> None:
    """Nobody could verify it under this policy."""
    text = staff.text("quorum w1", log=False)
    other = log.key.verification_key._replace(key=SigningKey(bytes(32)).public)
    grow(log.store, 3)
    with pytest.raises(BadPolicy, match="lists none of the keys"):
        log.publisher(asking(parse_policy(f"log {other.text}\n{text}".encode()))).publish()
    assert not log.folder.exists(CHECKPOINT)


# ── for ever ───────────────────────────────────────────────────────────────────────────────────────


def test_fresh_times_replace_the_newest_checkpoint_and_no_receipt(log: ALog, staff: Staff) -> None:
    """`checkpoint` shows that the log is watched today; `checkpoints/<size>` stays, and receipts with it."""
    policy = staff.policy(*ALL)
    publish(log, 300, witnesses := asking(policy))
    receipts = Receipts(Published(log.folder, lambda: None))
    [row] = log.store.recorder.read(122, 1)
    before, receipt = newest(log, policy), receipts.receipt(123, row.state)
    publisher = log.publisher(witnesses)
    publisher.refresh()
    after = newest(log, policy)
    assert after.checkpoint == before.checkpoint
    for old, new in zip(before.cosignatures, after.cosignatures, strict=True):
        assert (old.key, old.time or 0) < (new.key, new.time or 0)
    assert newest(log, policy, checkpoint_path(300)) == before
    assert Receipts(Published(log.folder, lambda: None)).receipt(123, row.state) == receipt
    publish(log, 301, witnesses)


def test_an_empty_log_has_nothing_to_refresh(log: ALog, staff: Staff) -> None:
    """And a log without witnesses nobody to ask."""
    log.publisher(asking(staff.policy(*ALL))).refresh()
    assert not log.folder.exists(CHECKPOINT)
    grow(log.store, 1)
    publisher = log.publisher()
    publisher.publish()
    kept = log.folder.read(CHECKPOINT)
    publisher.refresh()
    assert log.folder.read(CHECKPOINT) == kept


def test_a_publication_that_a_crash_forgot_is_published_as_it_was(log: ALog, staff: Staff) -> None:
    """Receipts with these cosignatures may be in use; so nobody is asked for others."""
    policy = staff.policy(*ALL)
    publish(log, 3, asking(policy))
    old = log.folder.read(CHECKPOINT)
    publish(log, 300, asking(policy))
    kept = log.folder.read(CHECKPOINT)
    (log.folder.path / CHECKPOINT).write_bytes(old)  # the renaming was lost with the power
    requests = [witness.requests for witness in staff.witnesses.values()]
    log.publisher(asking(policy))
    assert log.folder.read(CHECKPOINT) == kept
    assert [witness.requests for witness in staff.witnesses.values()] == requests


@pytest.mark.parametrize("damaged", ["cut", "empty", "another", "without"])
def test_a_damaged_file_of_that_crash_is_made_again(log: ALog, staff: Staff, damaged: str) -> None:
    """A crash may also leave the name of an unfinished file."""
    policy = staff.policy(*ALL)
    publish(log, 3, asking(policy))
    old = log.folder.read(CHECKPOINT)
    publish(log, 300, asking(policy))
    kept = log.folder.read(CHECKPOINT)
    (log.folder.path / CHECKPOINT).write_bytes(old)
    contents = {"cut": kept[:-50], "empty": b"", "another": old, "without": log.signer.last()[1]}
    (log.folder.path / checkpoint_path(300)).write_bytes(contents[damaged])
    publish(log, 301, asking(policy))
    assert cosigners(newest(log, policy, checkpoint_path(300))) == ["w1", "w2", "w3", "w3"]


def test_every_published_checkpoint_was_cosigned(log: ALog, staff: Staff) -> None:
    """Whatever came in between: restarts, witnesses that go and come."""
    policy = staff.policy(*TWO)
    sizes = [1, 2, 10, 256, 300, 513]
    for old, new in pairwise([0, *sizes]):
        gone = f"w{old % 3 + 1}"
        staff.down(gone)
        publish(log, new, asking(policy))
        staff.up(gone)
    for size in sizes:
        assert len(set(cosigners(newest(log, policy, checkpoint_path(size))))) >= 2
