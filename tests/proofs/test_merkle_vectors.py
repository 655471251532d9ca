"""Does the verification of Merkle proofs agree with the published vectors, 482 of which must fail?"""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import ProofError
from ledger.proof.merkle import verify_consistency, verify_inclusion
from ledger.proof.subtree import verify_subtree_consistency, verify_subtree_inclusion
from scripts import pack_merkle_vectors
from tests.support.vectors import load_lines

VECTORS: dict[str, dict[str, Any]] = {
    line["file"]: line["vector"] for line in load_lines("transparency-dev-merkle/vectors.jsonl.gz")
}


def raw(text: str | None) -> bytes:
    """The bytes of a value of the vectors; a missing one is empty."""
    return base64.b64decode(text or "", validate=True)


def kind_of(file: str) -> str:
    """What a vector is about: the first folder of its file."""
    return file.partition("/")[0]


def verify(kind: str, vector: dict[str, Any]) -> None:
    """Calls the verification that a vector of this kind is about."""
    proof = [raw(part) for part in vector["proof"] or []]
    match kind:
        case "inclusion":
            leaf, root = raw(vector["leafHash"]), raw(vector["root"])
            verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], proof, root)
        case "subtreeinclusion":
            leaf, root = raw(vector["leafHash"]), raw(vector["root"])
            verify_subtree_inclusion(leaf, vector["leafIdx"], vector["start"], vector["end"], proof, root)
        case "consistency":
            roots = raw(vector["root1"]), raw(vector["root2"])
            verify_consistency(vector["size1"], vector["size2"], proof, *roots)
        case "subtreeconsistency":
            roots = raw(vector["root1"]), raw(vector["root2"])
            verify_subtree_consistency(vector["start"], vector["end"], vector["size"], proof, *roots)


def test_the_vectors_are_all_there() -> None:
    """A missing file would be a test that cannot fail."""
    kinds = Counter(map(kind_of, VECTORS))
    assert (kinds["inclusion"], kinds["consistency"]) == (98, 98)
    assert (kinds["subtreeinclusion"], kinds["subtreeconsistency"]) == (204, 118)
    assert Counter(vector["wantErr"] for vector in VECTORS.values()) == {True: 482, False: 36}


@pytest.mark.parametrize("file", [file for file, vector in VECTORS.items() if not vector["wantErr"]])
def test_a_good_proof_verifies(file: str) -> None:
    """Proofs of other implementations count here."""
    verify(kind_of(file), VECTORS[file])


@pytest.mark.parametrize("file", [file for file, vector in VECTORS.items() if vector["wantErr"]])
def test_a_malformed_proof_is_refused_with_its_check(file: str) -> None:
    """Flipped, missing, added or swapped hashes, wrong sizes and indexes: one error that names the check."""
    with pytest.raises(ProofError) as refusal:
        verify(kind_of(file), VECTORS[file])
    assert refusal.value.check == ("8.8" if "inclusion" in file else "8.6")


@pytest.mark.needs_shared
def test_the_packed_vectors_are_the_published_ones(shared: Path) -> None:
    """The script makes the committed file from the copied ones, without a difference."""
    published = shared / "vectors" / "transparency-dev-merkle" / "testdata"
    assert pack_merkle_vectors.lines(published) == pack_merkle_vectors.unpacked()
