"""Which key of the log counts for a tree of which size, and who may replace it?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.log_keys import LogKeys
from ledger.errors import BadKey, BadSignature, KeyNotLive, KeyTaken, NotAllowed, UnknownKey
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.verification_key import ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, VerificationKey
from tests.support.memory_ledger import (
    ORIGIN,
    REGISTRAR,
    SERVICE,
    MemoryLedger,
    key_of,
    log_key_of,
    public_of,
)


@pytest.fixture
def ledger() -> MemoryLedger:
    """A ledger with real signatures: two registrars, a clerk, a member."""
    ledger = MemoryLedger()
    ledger.found()
    ledger.person("rita", "registrar")
    ledger.person("chris", "clerk")
    ledger.person("anna")
    return ledger


def rotate(ledger: MemoryLedger, old: str, new: str, *, actor: str = REGISTRAR, **fields: Any) -> str:
    """Puts the log key `new` in the place of `old`."""
    wanted = {"old": ledger.log_key(old), "new": ledger.log_key(new), **fields}
    return ledger.put("log-key-rotated", actor, **wanted)


def keys(ledger: MemoryLedger) -> LogKeys:
    """What the register says."""
    assert ledger.state.register is not None
    return ledger.state.register.log_keys


def current(ledger: MemoryLedger, after: int | None = None) -> list[str]:
    """The keys that count after an entry."""
    return [key.vkey for key in keys(ledger).current(after)]


# ── which key counts ───────────────────────────────────────────────────────────────────────────


def test_a_checkpoint_counts_under_the_key_of_its_size(ledger: MemoryLedger) -> None:
    """The tree that contains the rotation is signed with the new key, the one before it with the old one."""
    rotate(ledger, "log", "log/2")
    rotation = len(ledger.rows) - 1
    assert current(ledger, 0) == current(ledger, rotation - 1) == [log_key_of("log")]
    assert current(ledger, rotation) == current(ledger) == [log_key_of("log/2")]


def test_the_life_of_a_log_key_is_kept(ledger: MemoryLedger) -> None:
    """From which entry to which, and by whom: for people, and for the signer during the overlap."""
    rotate(ledger, "log", "log/2", actor="rita")
    rotation = len(ledger.rows) - 1
    first, second = keys(ledger).all
    assert (first.since, first.by, first.ended) == (0, REGISTRAR, rotation)
    assert (second.since, second.by, second.ended) == (rotation, "rita", None)
    assert first.kind == second.kind == "Ed25519"


@given(st.lists(st.integers(1, 5), max_size=6))
def test_exactly_one_key_counts_at_every_size(gaps: list[int]) -> None:
    """No gap and no overlap of validity, however often the key changes."""
    ledger = MemoryLedger(signed=False)
    ledger.found()
    for number, gap in enumerate(gaps):
        for _ in range(gap - 1):
            ledger.person(f"m{len(ledger.rows)}")
        rotate(ledger, f"log/{number}" if number else "log", f"log/{number + 1}")
    for seq in range(len(ledger.rows)):
        [_] = current(ledger, seq)
    changed = [seq for seq in range(1, len(ledger.rows)) if current(ledger, seq) != current(ledger, seq - 1)]
    assert changed == [key.since for key in keys(ledger).all[1:]]
    assert [one.ended for one, _ in pairwise(keys(ledger).all)] == changed


def test_a_replayed_register_knows_the_same_keys(ledger: MemoryLedger) -> None:
    """What the committer decided, a follower and an auditor see."""
    rotate(ledger, "log", "log/2")
    replayed = ledger.replayed().register
    assert replayed is not None
    assert replayed.log_keys.all == keys(ledger).all


# ── who replaces it ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "signed_by",
    [
        ("log", "log/2"),
        ("log", "log/2", "rita"),
        ("log", "log/2", "anna"),
        ("log/2", "log", REGISTRAR),
        ("log", "log", REGISTRAR),
        ("log/2", "log/2", REGISTRAR),
        (REGISTRAR, "log/2", REGISTRAR),
        ("log", "log/2", REGISTRAR, "rita"),
    ],
)
def test_old_key_new_key_and_registrar_sign_in_this_order(
    ledger: MemoryLedger, signed_by: tuple[str, ...]
) -> None:
    """Each of them is there, nobody else is, and one statement has one envelope."""
    fields = {"old": log_key_of("log"), "new": log_key_of("log/2")}
    with pytest.raises((BadSignature, UnknownKey)):
        ledger.put("log-key-rotated", keys=tuple(key_of(name) for name in signed_by), **fields)
    assert current(ledger) == [log_key_of("log")]


@pytest.mark.parametrize("actor", ["chris", "anna", SERVICE])
def test_only_a_registrar_lets_a_log_key_be_replaced(ledger: MemoryLedger, actor: str) -> None:
    """Whoever runs the machine has both log keys: the registrar is the one who does not."""
    with pytest.raises(NotAllowed, match="is not registrar"):
        rotate(ledger, "log", "log/2", actor=actor)


def test_a_lost_log_key_is_replaced_by_two_registrars(ledger: MemoryLedger) -> None:
    """The old key cannot sign: the new one and two registrars do."""
    rotate(ledger, "log", "log/2", second="rita")
    assert current(ledger) == [log_key_of("log/2")]


def test_a_registrar_alone_does_not_replace_a_lost_log_key(ledger: MemoryLedger) -> None:
    """Twice the same person is one person."""
    with pytest.raises(NotAllowed, match="two different registrars"):
        rotate(ledger, "log", "log/2", second=REGISTRAR)


@pytest.mark.parametrize("second", ["chris", "anna"])
def test_the_second_one_is_a_registrar_too(ledger: MemoryLedger, second: str) -> None:
    """A clerk runs procedures and knows nothing of keys."""
    with pytest.raises(NotAllowed, match="is not registrar"):
        rotate(ledger, "log", "log/2", second=second)


def test_a_ledger_with_one_registrar_registers_another_one_first() -> None:
    """For a lost log key two must sign; that the second one is new is an entry that everybody sees."""
    ledger = MemoryLedger()
    ledger.found()
    with pytest.raises(NotAllowed):
        rotate(ledger, "log", "log/2", second=REGISTRAR)
    ledger.person("rita", "registrar")
    rotate(ledger, "log", "log/2", second="rita")
    assert current(ledger) == [log_key_of("log/2")]


# ── which keys ─────────────────────────────────────────────────────────────────────────────────


def test_a_revoked_log_key_does_not_sign_for_its_successor(ledger: MemoryLedger) -> None:
    """It was replaced; whoever finds it later is nobody."""
    rotate(ledger, "log", "log/2")
    with pytest.raises(KeyNotLive, match="no current log key"):
        rotate(ledger, "log", "log/3")


@pytest.mark.parametrize("new", ["log", "log/2"])
def test_a_log_key_is_taken_into_use_once(ledger: MemoryLedger, new: str) -> None:
    """A key that comes back would make two spans of one key, and of its thief."""
    rotate(ledger, "log", "log/2")
    with pytest.raises(KeyTaken):
        rotate(ledger, "log/2", new)


def test_a_log_key_carries_the_name_of_its_ledger(ledger: MemoryLedger) -> None:
    """A checkpoint is signed in the log's name, and two logs do not share a key."""
    new = log_key_of("log/2", "ledger.example.org/other")
    with pytest.raises(NotAllowed, match="carries the ledger's name"):
        ledger.put(
            "log-key-rotated",
            old=log_key_of("log"),
            new=new,
            keys=(key_of("log"), key_of("log/2"), key_of(REGISTRAR)),
        )


# ── ML-DSA-44 ──────────────────────────────────────────────────────────────────────────────────


class QuantumKey(MLDSASigningKey):
    """An ML-DSA-44 key with the name that stands beside its signatures."""

    __slots__ = ("id",)

    def __init__(self, name: str) -> None:
        super().__init__(name.encode().ljust(32)[:32])
        self.id = "0" * 32

    @property
    def vkey(self) -> str:
        """The key as the log names it."""
        return VerificationKey(ORIGIN, MLDSA44_COSIGNATURE, self.public).text


def founding(*log_keys: str) -> dict[str, Any]:
    """The fields of a founding statement with these log keys."""
    return {
        "format": 1,
        "time_zone": "UTC",
        "registrars": [{"subject": REGISTRAR, "key": public_of(REGISTRAR)}],
        "service": {"subject": SERVICE, "key": public_of(SERVICE)},
        "log_keys": list(log_keys),
        "keys": (key_of(REGISTRAR), key_of(SERVICE)),
    }


def test_each_kind_of_log_key_is_replaced_for_itself() -> None:
    """An Ed25519 key and an ML-DSA-44 key count side by side, and each gets its own successor."""
    ledger, old, new = MemoryLedger(), QuantumKey("old"), QuantumKey("new")
    ledger.put("ledger-created", **founding(log_key_of("log"), old.vkey))
    signing: Any = (old, new, key_of(REGISTRAR))
    ledger.put("log-key-rotated", old=old.vkey, new=new.vkey, keys=signing)
    assert current(ledger) == [log_key_of("log"), new.vkey]
    rotate(ledger, "log", "log/2")
    assert current(ledger) == [new.vkey, log_key_of("log/2")]
    assert ledger.replayed().register is not None


def test_a_key_of_one_kind_is_not_replaced_by_one_of_another() -> None:
    """Otherwise the log would stand there without a key that everybody can verify."""
    ledger, new = MemoryLedger(), QuantumKey("new")
    ledger.found()
    signing: Any = (key_of("log"), new, key_of(REGISTRAR))
    with pytest.raises(NotAllowed, match="cannot be replaced by one of kind ML-DSA-44"):
        ledger.put("log-key-rotated", old=log_key_of("log"), new=new.vkey, keys=signing)


def test_an_ed25519_signature_does_not_pass_for_an_ml_dsa_one() -> None:
    """Which kind is due follows from the key that the statement names, not from what the envelope holds."""
    ledger, old, new = MemoryLedger(), QuantumKey("old"), QuantumKey("new")
    ledger.put("ledger-created", **founding(log_key_of("log"), old.vkey))
    signing: Any = (key_of("log"), new, key_of(REGISTRAR))
    with pytest.raises(BadSignature):
        ledger.put("log-key-rotated", old=old.vkey, new=new.vkey, keys=signing)


@pytest.mark.parametrize(
    "log_keys",
    [
        [log_key_of("log"), log_key_of("log/2")],
        [QuantumKey("old").vkey],
        [log_key_of("log"), QuantumKey("old").vkey, QuantumKey("new").vkey],
        [log_key_of("log", "ledger.example.org/other")],
    ],
)
def test_a_ledger_begins_with_one_key_of_each_kind_in_its_own_name(log_keys: list[str]) -> None:
    """Foreign verifiers need the Ed25519 one; two of a kind would let the log choose which one signed."""
    with pytest.raises(NotAllowed):
        MemoryLedger().put("ledger-created", **founding(*log_keys))


def test_a_witness_key_is_no_log_key() -> None:
    """A cosignature key signs other bytes."""
    witness = VerificationKey(ORIGIN, ED25519_COSIGNATURE, key_of("log").public).text
    with pytest.raises(BadKey, match="a log signs with Ed25519 or ML-DSA-44"):
        MemoryLedger().put("ledger-created", **founding(witness))
