"""Does a receipt verify offline, and is every other file refused?"""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.merkle import hash_leaf, inclusion_proof, root_of
from ledger.proof.note import parse_verification_key
from ledger.proof.policy import parse_policy
from ledger.proof.tlog_proof import MAX_HASHES, MAX_PROOF, TlogProof, parse_tlog_proof
from tests.support.logs import ORIGIN, checkpoint, log_signer, witness
from tests.support.trees import MemoryTree, flip
from tests.support.vectors import VECTORS, load

FORMATS: dict[str, Any] = load("tlog-proof/formats-proof.json")
REKOR: dict[str, Any] = load("rekor-v2-tlog-proof/index.json")

ENTRIES = [b"entry %d" % number for number in range(20)]
TREE = MemoryTree([hash_leaf(entry) for entry in ENTRIES])
KEYS = [log_signer().verification_key]
HASH = base64.b64encode(bytes(32)).decode()


def receipt(index: int, size: int = 20, *, extra: bool = False) -> TlogProof:
    """The receipt of an entry in a tree of this size."""
    root = root_of(TREE.hashes[:size])
    note = sign_checkpoint(Checkpoint(ORIGIN, size, root), log_signer(), witness(3))
    proof = tuple(inclusion_proof(index, size, TREE))
    return TlogProof(index, proof, note, ENTRIES[index] if extra else None)


# ── the published vectors ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("vector", FORMATS["marshal"], ids=lambda vector: f"index {vector['index']}")
def test_receipts_of_another_implementation_are_read_and_written(vector: dict[str, Any]) -> None:
    """Byte for byte in both directions."""
    read = parse_tlog_proof(vector["text"].encode())
    extra = vector["extra"]
    assert read == TlogProof(
        vector["index"],
        tuple(map(base64.b64decode, vector["hashes"])),
        vector["checkpoint"].encode(),
        None if extra is None else base64.b64decode(extra),
    )
    assert read.format() == vector["text"].encode()


@pytest.mark.parametrize("vector", FORMATS["malformed"], ids=lambda vector: vector["name"])
def test_the_malformed_receipts_of_the_vectors_are_refused(vector: dict[str, str]) -> None:
    """With the check."""
    with pytest.raises(ProofError) as refusal:
        parse_tlog_proof(vector["text"].encode())
    assert refusal.value.check == "8.8"


@pytest.mark.parametrize("name", REKOR)
def test_a_receipt_of_a_log_of_four_million_entries_verifies(name: str) -> None:
    """Production output of another ecosystem, three public witnesses where it has them, quorum three."""
    vector = REKOR[name]
    folder = VECTORS / "rekor-v2-tlog-proof"
    proof = parse_tlog_proof((folder / vector["proof"]).read_bytes())
    entry = (folder / vector["entry"]).read_bytes()
    assert proof.format() == (folder / vector["proof"]).read_bytes()
    cosigners = vector.get("cosigners", [])
    lines = [f"log {vector['vkey']}", *(f"witness w{n} {vkey}" for n, vkey in enumerate(cosigners))]
    group = ["group g all " + " ".join(f"w{n}" for n in range(len(cosigners))), "quorum g"]
    policy = parse_policy("\n".join([*lines, *(group if cosigners else ["quorum none"]), ""]).encode())
    opened = proof.verify(entry, policy)
    assert opened.checkpoint.origin == vector["origin"]
    assert len(opened.cosignatures) == len(cosigners)
    for bit in (0, 1000):
        with pytest.raises(ProofError) as refusal:
            proof.verify(flip(entry, bit), policy)
        assert refusal.value.check == "8.8"
    with pytest.raises(ProofError):
        proof.verify(entry, [parse_verification_key(REKOR["plain" if name != "plain" else "a.dsse"]["vkey"])])


# ── the form ───────────────────────────────────────────────────────────────────────────────────


@given(
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=MAX_HASHES).map(tuple),
    st.none() | st.binary(min_size=1),
)
def test_a_receipt_is_read_as_it_was_written(
    index: int, proof: tuple[bytes, ...], extra: bytes | None
) -> None:
    """Whatever it holds; nothing is verified while it is read."""
    made = TlogProof(index, proof, checkpoint(), extra)
    assert parse_tlog_proof(made.format()) == made


HEAD = "c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", HEAD, f"{HEAD}index 0\n", f"{HEAD}index 0\n\n", f"{HEAD}\nindex 0\n\ncheckpoint\n"),
        f"{HEAD}index 0\nextra AA==\n\ncheckpoint\n",
        f"{HEAD}extra \nindex 0\n\ncheckpoint\n",
        f"{HEAD}extra\nindex 0\n\ncheckpoint\n",
        f"{HEAD}extra AA==\nextra AA==\nindex 0\n\ncheckpoint\n",
        f"{HEAD}extra AB==\nindex 0\n\ncheckpoint\n",
        *(
            f"{HEAD}index {number}\n\ncheckpoint\n"
            for number in ("", "00", "+1", "1_0", " 1", "1 ", "1\u2028")
        ),
        *(f"{HEAD}index {number}\n\ncheckpoint\n" for number in ("\u0661", 2**63, "1" * 5000)),
        f"{HEAD}index 0\nindex 0\n\ncheckpoint\n",
        f"{HEAD}index 0\n{HASH[:-1]}\n\ncheckpoint\n",
        f"{HEAD}index 0\n {HASH}\n\ncheckpoint\n",
        f"{HEAD}index 0\n{HASH}\r\n\ncheckpoint\n",
        f"{HEAD}index 0\n{HASH}\u2028{HASH}\n\ncheckpoint\n",
        f"{HEAD}index 0\n" + f"{HASH}\n" * (MAX_HASHES + 1) + "\ncheckpoint\n",
        HEAD.replace("v1", "v2") + "index 0\n\ncheckpoint\n",
        HEAD.replace("\n", "\r\n") + "index 0\n\ncheckpoint\n",
        f"\ufeff{HEAD}index 0\n\ncheckpoint\n",
        f"{HEAD}index 0\n\n" + "x" * MAX_PROOF,
    ],
)
def test_a_receipt_in_any_other_form_is_refused(text: str) -> None:
    """No line is skipped, none repaired, none read in two ways."""
    with pytest.raises(ProofError) as refusal:
        parse_tlog_proof(text.encode())
    assert refusal.value.check == "8.8"


@pytest.mark.parametrize(
    "bad",
    [
        TlogProof(-1, (), checkpoint()),
        TlogProof(0, (bytes(31),), checkpoint()),
        TlogProof(0, (), b""),
        TlogProof(0, (), checkpoint(), b""),
        TlogProof(0, (bytes(32),) * (MAX_HASHES + 1), checkpoint()),
    ],
)
def test_a_receipt_that_could_not_be_read_again_is_not_written(bad: TlogProof) -> None:
    """The writer is as strict as the reader."""
    with pytest.raises(ProofError) as refusal:
        bad.format()
    assert refusal.value.check == "8.8"


# ── the proof ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 20])
def test_the_receipt_of_every_entry_verifies(size: int) -> None:
    """In every tree that has it, with nothing but the file and a key."""
    for index in range(size):
        read = parse_tlog_proof(receipt(index, size, extra=True).format())
        assert read.extra == ENTRIES[index]
        assert read.verify(read.extra, KEYS).checkpoint.size == size


@given(st.integers(0, 19), st.integers(0, 10**6))
def test_every_flipped_bit_of_a_receipt_shows(index: int, bit: int) -> None:
    """Refused while it is read or verified; only a bit of an unknown witness's line is irrelevant."""
    made = receipt(index)
    data = made.format()
    relevant = len(data) - len(made.checkpoint_note.split(b"\n", 5)[5])
    changed = flip(data, bit % (relevant * 8))
    with pytest.raises(ProofError):
        parse_tlog_proof(changed).verify(ENTRIES[index], KEYS)


def test_extra_is_believed_only_if_its_leaf_hash_is_proven() -> None:
    """Anybody can write another entry into the extra line."""
    forged = TlogProof(5, receipt(5).proof, receipt(5).checkpoint_note, b"entry 6")
    read = parse_tlog_proof(forged.format())
    assert read.extra is not None
    with pytest.raises(ProofError, match="does not lead to the root") as refusal:
        read.verify(read.extra, KEYS)
    assert refusal.value.check == "8.8"


def test_the_entry_of_another_index_or_beyond_the_size_is_refused() -> None:
    """The size is the one that was signed, never one that the file claims elsewhere."""
    made = receipt(5)
    for index in (4, 6, 19, 20, 2**62):
        with pytest.raises(ProofError) as refusal:
            TlogProof(index, made.proof, made.checkpoint_note).verify(ENTRIES[5], KEYS)
        assert refusal.value.check == "8.8"


def test_a_receipt_under_a_policy_needs_its_witnesses() -> None:
    """The quorum is the verifier's, not the log's."""
    lines = f"log {KEYS[0].text}\nwitness a {witness(3).verification_key.text}\n"
    lines += f"witness b {witness(4).verification_key.text}\ngroup g 1 a b\n"
    assert receipt(5).verify(ENTRIES[5], parse_policy(f"{lines}quorum g\n".encode())).cosignatures
    with pytest.raises(ProofError, match="not met") as refusal:
        receipt(5).verify(ENTRIES[5], parse_policy(f"{lines}quorum b\n".encode()))
    assert refusal.value.check == "8.5"
