"""Does the browser module believe a receipt only if it proves what it says?"""

from __future__ import annotations

import pytest

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.encoding import canonical
from ledger.proof.merkle import hash_leaf, inclusion_proof
from ledger.proof.note import verification_key
from ledger.proof.signers import Ed25519Signer
from ledger.proof.tlog_proof import TlogProof
from tests.support.trees import MemoryTree, mth
from tests.web.browser.member import Page, cast
from tests.web.site import Site


def test_a_receipt_with_any_line_changed_missing_or_twice_proves_nothing(
    page: Page, site: Site, motion: str
) -> None:
    """Header, entry, index, every hash, origin, size, root, signature."""
    proof = cast(page, site, motion)["proof"]
    lines = proof.split("\n")
    wrong = []
    for number, line in enumerate(lines[:-1]):
        changed = [line[:-1] + ("B" if line[-1:] != "B" else "C")] if line else ["x"]
        twice = [] if line.startswith("— ") else [[line, line]]
        others = ([], changed, *twice)
        wrong += ["\n".join([*lines[:number], *other, *lines[number + 1 :]]) for other in others]
    passed = page.run(
        "const passed = []; for (const one of wrong)"
        " await s.verifyReceipt(one, ledger.vkey).then(() => passed.push(one), () => {}); return passed",
        wrong=wrong,
    )
    assert passed == []
    assert page.run("return s.verifyReceipt(proof, ledger.vkey)", proof=proof)["proof"] == proof


def test_every_flipped_bit_of_a_receipt_is_found(page: Page, site: Site, motion: str) -> None:
    """A third of all places, which is every line."""
    proof = cast(page, site, motion)["proof"]
    found = page.run(
        """const passed = [];
           for (let place = 0; place < proof.length; place += 3) {
             const other = String.fromCharCode(proof.charCodeAt(place) ^ 1);
             const bad = proof.slice(0, place) + other + proof.slice(place + 1);
             await s.verifyReceipt(bad, ledger.vkey).then(() => passed.push(place), () => {});
           }
           return passed""",
        proof=proof,
    )
    assert found == []


def test_a_receipt_under_another_key_or_of_another_vote_proves_nothing(
    page: Page, site: Site, motion: str
) -> None:
    """The key is the founders', the statement is the member's own."""
    first, second = cast(page, site, motion), cast(page, site, motion)
    forged = verification_key(site.town.ledger.origin, site.town.key("somebody").public)
    for vkey in (
        forged,
        forged.replace(site.town.ledger.origin, "ledger.example.org/x"),
        "x",
        site.log_key[:-1],
    ):
        assert page.fails("return s.verifyReceipt(proof, vkey)", proof=first["proof"], vkey=vkey)
    body = "return s.verifyReceipt(proof, ledger.vkey, envelope)"
    assert page.run(body, proof=first["proof"], envelope=first["entry"]["env"])["seq"] == first["seq"]
    assert "another statement" in page.fails(body, proof=first["proof"], envelope=second["entry"]["env"])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 21])
def test_the_tree_is_the_same_here_and_there(page: Page, site: Site, size: int) -> None:
    """Every entry of trees of many shapes, each proof right and with one hash too many or too few."""
    origin, key = site.town.ledger.origin, site.town.key("log")
    entries = [canonical({"log": origin, "seq": number}) for number in range(size)]
    leaves = [hash_leaf(one) for one in entries]
    note = sign_checkpoint(Checkpoint(origin, size, mth(leaves)), Ed25519Signer.of(origin, key))
    good, bad = [], []
    for number, entry in enumerate(entries):
        proof = tuple(inclusion_proof(number, size, MemoryTree(leaves)))
        good.append(TlogProof(number, proof, note, entry).format().decode())
        bad.append(TlogProof(number, (*proof, leaves[0]), note, entry).format().decode())
        bad += [TlogProof(number, proof[:-1], note, entry).format().decode()] if proof else []
    verified = "s.verifyReceipt(one, ledger.vkey).then(() => true, () => false)"
    body = f"return Promise.all(all.map((one) => {verified}))"
    assert page.run(body, all=good) == [True] * len(good)
    assert page.run(body, all=bad) == [False] * len(bad)
