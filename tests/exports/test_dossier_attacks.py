"""What can whoever has the log key, the service's key and the database do with a dossier? Each attack a test.

Whoever has the log key can sign a tree over anything: `forged` does. What remains are the signatures of the
others, the chain, the rules, and a checkpoint that somebody else kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from ledger.export.names import KEYS, disclosure_name, document_name, entry_name
from ledger.mapper import read_entry
from ledger.proof.disclosure import disclose
from ledger.proof.entry import parse_entry
from ledger.proof.signers import Ed25519Signer
from ledger.proof.tlog_proof import TlogProof, parse_tlog_proof
from tests.support.attacks import CHAIRED, CORPUS, ENTRIES, SEQ, TIMED, links, registers, rules, signed
from tests.support.attacks.dossiers import CHOSEN, DOSSIERS, STRANGER, full, honest
from tests.support.dossiers import LOG, REGISTER, Files, findings, forged, judged, streams, write
from tests.support.forged_log import relinked, resigned, reworded
from tests.support.memory_ledger import MemoryLedger, key_of
from tests.support.named_ledger import OTHER_OPENING, PAPER, TITLE, with_names

assert all((links, rules, signed))  # imported to fill the corpus


def test_an_honest_dossier_passes(tmp_path: Path) -> None:
    """Else nothing below would mean anything."""
    assert findings(write(honest(), tmp_path)) == []


LOGS = [name for name, (forgery, _) in CORPUS.items() if forgery.__module__ != registers.__name__]
"""Attacks on logs, but for those on the log's own keys: `forged` would sign with what they name."""


@pytest.mark.parametrize("name", LOGS)
def test_every_attack_of_the_corpus_is_found_in_a_dossier(tmp_path: Path, name: str) -> None:
    """All of them with every entry handed over: the same failures at the same entries as in the whole log.

    Beside them only that these are two procedures, and that an empty entry has no receipt.
    """
    forgery, fails = CORPUS[name]
    entries = forgery()
    verdict = judged(write(forged(entries, range(len(entries))), tmp_path))
    found = [one for one in verdict.failures if one.check not in {"10.3", "10.5", "7.2"}]
    if b"" in entries:
        assert [(one.check, one.seq) for one in found] == [("8.8", entries.index(b""))]
        return
    expected = sorted(fails, key=lambda fail: (fail.seq, fail.check))
    found.sort(key=lambda one: (one.seq or 0, one.check))
    assert [(f.check, f.seq, f.expected, f.found) for f in found] == [fail[:4] for fail in expected]


# ── what is left out ───────────────────────────────────────────────────────────────────────────


def without(seq: int) -> list[int]:
    """The dossier's entries without one of them."""
    return [one for one in CHOSEN if one != seq]


IN_THE_MIDDLE = ("timed opening", "anna's first vote", "bert's vote", "bert's withdrawal", "cem's vote")


@pytest.mark.parametrize("name", IN_THE_MIDDLE)
def test_an_entry_of_the_procedure_left_out(tmp_path: Path, name: str) -> None:
    """A vote that does not suit: the entry after it names it, by position and by hash."""
    seq = SEQ[name]
    after = CHOSEN[CHOSEN.index(seq) + 1]
    found = findings(write(forged(ENTRIES, without(seq)), tmp_path))
    assert {("2.4", after), ("2.5", after)} <= set(found)
    assert all(place is None or place >= after for _, place in found)


def test_an_entry_of_the_register_left_out(tmp_path: Path) -> None:
    """A revocation that does not suit, or a registration: every later entry of the register names it."""
    register = streams(ENTRIES, REGISTER)
    for seq in register[:-1]:
        after = register[register.index(seq) + 1]
        found = findings(write(forged(ENTRIES, without(seq)), tmp_path / str(seq)))
        assert {("2.4", after), ("2.5", after)} <= set(found)


@pytest.mark.parametrize("chosen", [streams(ENTRIES, TIMED), streams(ENTRIES, REGISTER), []])
def test_a_dossier_without_register_or_without_procedure(tmp_path: Path, chosen: list[int]) -> None:
    """Without the register no key is known; without a procedure it is about nothing."""
    assert ("10.3", None) in findings(write(forged(ENTRIES, chosen), tmp_path))


def test_two_procedures_in_one_dossier(tmp_path: Path) -> None:
    """Whoever asks for one of them must not be told about another."""
    assert findings(write(forged(ENTRIES, range(len(ENTRIES))), tmp_path))[-1] == ("10.3", None)


def test_the_end_left_out_is_not_found_and_that_is_said(tmp_path: Path) -> None:
    """No chain shows what comes after its end: the verdict names where it ends, and that it may go on."""
    chosen = streams(ENTRIES, REGISTER, CHAIRED)
    assert chosen[-1] == SEQ["annulment"]
    verdict = judged(write(forged(ENTRIES, chosen[:-1]), tmp_path))
    assert verdict.wrong == []
    said = f"ended with entry {SEQ['chaired closing']}. A later entry, for instance an annulment"
    assert said in verdict.limits("en")[0]


# ── what is changed ────────────────────────────────────────────────────────────────────────────


def rewritten(name: str, data: bytes) -> Files:
    """A dossier of a whole other history: one entry changed, everything after it linked anew and signed."""
    entries = list(ENTRIES)
    entries[SEQ[name]] = data
    return forged(relinked(entries), CHOSEN)


def test_a_vote_altered_by_whoever_has_the_log_key(tmp_path: Path) -> None:
    """Tree, checkpoint and links are consistent; the member's signature is not."""
    files = rewritten("bert's vote", reworded(ENTRIES[SEQ["bert's vote"]], choices={"1": "yes"}))
    assert ("4.2", SEQ["bert's vote"]) in findings(write(files, tmp_path))


@pytest.mark.parametrize("signer", ["log", "service", "cem", "mallory"])
def test_a_vote_forged_with_another_key(tmp_path: Path, signer: str) -> None:
    """The log's, the service's, a key that was rotated away, one that nobody registered."""
    name = "cem's vote"
    files = rewritten(name, resigned(ENTRIES[SEQ[name]], key_of(signer)))
    assert ("4.1", SEQ[name]) in findings(write(files, tmp_path))
    hint = key_of("cem/2").id
    files = rewritten(name, resigned(ENTRIES[SEQ[name]], key_of(signer), hints=[hint]))
    assert ("4.2", SEQ[name]) in findings(write(files, tmp_path / "hinted"))


def test_a_result_that_does_not_follow_from_the_votes(tmp_path: Path) -> None:
    """Sealed and signed by the service itself: the tally is counted again."""
    name = "timed closing"
    for change in ({"tally": {"1": {"yes": 3, "no": 0, "abstain": 0}}}, {"seal": other_seal()}):
        data = resigned(reworded(ENTRIES[SEQ[name]], **change), key_of("service"))
        files = forged([*ENTRIES[: SEQ[name]], data], CHOSEN[: CHOSEN.index(SEQ[name]) + 1])
        assert findings(write(files, tmp_path)) == [("5.3", SEQ[name])]


def other_seal() -> dict[str, Any]:
    """One entry fewer than there are."""
    seal = read_entry(ENTRIES[SEQ["timed closing"]]).payload["seal"]
    return {**seal, "entries": seal["entries"] - 1}


# ── proofs and checkpoint ──────────────────────────────────────────────────────────────────────


def test_an_entry_that_is_not_in_the_log(tmp_path: Path) -> None:
    """A true proof with another entry in it."""
    seq = SEQ["bert's vote"]
    name, files = entry_name(seq), honest()
    proof = parse_tlog_proof(files[name])
    other = reworded(ENTRIES[seq], choices={"1": "yes"})
    files[name] = TlogProof(proof.index, proof.proof, proof.checkpoint_note, other).format()
    found = findings(write(files, tmp_path))
    assert [one for one in found if one[1] == seq] == [("8.8", seq), ("4.2", seq)]


def test_a_proof_under_the_number_of_another_entry(tmp_path: Path) -> None:
    """What is asked for by number must be what stands there."""
    files = honest()
    first, second = SEQ["bert's vote"], SEQ["anna's second vote"]
    files[entry_name(first)], files[entry_name(second)] = files[entry_name(second)], files[entry_name(first)]
    found = findings(write(files, tmp_path))
    assert {("10.1", first), ("10.1", second), ("2.1", first), ("2.1", second)} <= set(found)


def test_a_proof_without_its_entry(tmp_path: Path) -> None:
    """The format allows it, a dossier does not."""
    files = honest()
    name = entry_name(CHOSEN[-1])
    proof = parse_tlog_proof(files[name])
    files[name] = TlogProof(proof.index, proof.proof, proof.checkpoint_note).format()
    assert findings(write(files, tmp_path)) == [("8.8", CHOSEN[-1])]


def test_proofs_against_two_checkpoints(tmp_path: Path) -> None:
    """Two views of the log in one dossier: each proof is right, together they prove nothing."""
    files = honest()
    older = forged(ENTRIES[:-1], CHOSEN)
    files[entry_name(CHOSEN[-1])] = older[entry_name(CHOSEN[-1])]
    assert findings(write(files, tmp_path)) == [("10.2", CHOSEN[-1]), ("8.8", CHOSEN[-1])]


def test_a_checkpoint_of_somebody_else(tmp_path: Path) -> None:
    """The operator of another log, or whoever has no log key at all."""
    found = judged(write(forged(ENTRIES, CHOSEN, STRANGER), tmp_path)).failures
    assert {one.check for one in found} == {"8.3"}
    assert [one.seq for one in found if one.seq is not None] == CHOSEN
    other = Ed25519Signer.of("ledger.example.org/other", key_of("log"))
    found = judged(write(forged(ENTRIES, CHOSEN, other), tmp_path / "other")).failures
    assert "8.4" in {one.check for one in found if one.seq is None}


def test_a_checkpoint_signed_with_a_log_key_that_was_replaced(tmp_path: Path) -> None:
    """The old key was stolen, or kept: it counts for trees before the rotation only."""
    assert findings(write(forged(ENTRIES, CHOSEN, LOG), tmp_path)) == [("8.3", None)]
    before = SEQ["log key"]
    assert ("8.3", None) not in findings(
        write(forged(ENTRIES[:before], range(before), LOG), tmp_path / "before")
    )


def test_another_history_under_the_true_log_key_has_another_root(tmp_path: Path) -> None:
    """A dossier cannot show that it is not a fork; it names the checkpoint by which one is found out."""
    entries = relinked([*ENTRIES[:-1]])
    one, two = (judged(write(forged(log, CHOSEN), tmp_path / str(len(log)))) for log in (ENTRIES, entries))
    assert one.holds
    assert two.holds
    assert (one.size, one.root) != (two.size, two.root)
    assert "Compare the checkpoint with one that somebody else kept" in " ".join(one.limits("en"))


@pytest.mark.parametrize("data", [b"", b"\n", b"no note\n", b"a\n1\n\n\n", b"\xff" * 100, b"x" * (2**20 + 1)])
def test_a_checkpoint_that_is_none(tmp_path: Path, data: bytes) -> None:
    """Nothing is proven then, and everything else is looked at all the same."""
    found = findings(write({**honest(), "checkpoint": data}, tmp_path))
    assert found in ([("8.2", None)], [("10.1", None)])
    files = honest()
    del files["checkpoint"]
    assert findings(write(files, tmp_path / "none")) == [("8.2", None)]


# ── what lies beside ───────────────────────────────────────────────────────────────────────────


def test_what_lies_beside_passes_as_it_is(tmp_path: Path) -> None:
    """The ground for what follows."""
    assert findings(write(full(), tmp_path)) == []


@pytest.mark.parametrize("content", [b"", b"pape", b"paper.", b"paqer", b"x" * 10_000_000])
def test_a_document_swapped(tmp_path: Path, content: bytes) -> None:
    """The member read one paper, the file shows another one; a longer one is not read to its end."""
    found = findings(write({**full(), document_name(PAPER): content}, tmp_path))
    assert [check for check, _ in found] == ["7.1"]


def test_an_erasure_elsewhere_excuses_nothing_here(tmp_path: Path) -> None:
    """Clerk and second person erase the paper of another procedure, and name the one of this procedure.

    In the whole log the rules refuse that; here they cannot be asked, so it counts for nothing.
    """
    ledger, procedure = MemoryLedger(), with_names()[1]
    for data in with_names()[0]:
        ledger.take(data)
    ledger._nonces = 100
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    other: dict[str, Any] = {
        "stream": parse_entry(with_names()[0][OTHER_OPENING]).stream,
        "authority": "vera",
    }
    false = ledger.statement(
        "redacted", "chris", digests=[], documents=[PAPER], legal_basis="gdpr-16", **other
    )
    entries = [*ledger.entries, ledger.entry(false, at=ledger.now)]
    path = write(forged(entries, streams(entries, REGISTER, procedure)), tmp_path)
    assert [check for check, _ in findings(path)] == ["7.2"]
    assert judged(path).unjudged == [len(entries) - 1]


def test_a_text_swapped(tmp_path: Path) -> None:
    """Another title under the digest that was signed."""
    name = disclosure_name(hashlib.sha256(TITLE).digest())
    text = disclose("title", "Etwas anderes", bytes(16)).encoded.encode()
    for other in (text, TITLE[:-1], b"", b"x" * 70_000):
        found = findings(write({**full(), name: other}, tmp_path))
        assert found in ([("7.3", None)], [("10.1", None)])


def test_a_document_or_a_text_slipped_in(tmp_path: Path) -> None:
    """It has the digest under which it lies, but nobody ever signed it."""
    text = disclose("ground", "Weil wir es können", bytes(16)).encoded.encode()
    slipped = {
        document_name(hashlib.sha256(b"slipped in").hexdigest()): b"slipped in",
        disclosure_name(hashlib.sha256(text).digest()): text,
    }
    found = findings(write(full() | slipped, tmp_path))
    assert found == [("10.4", None), ("10.4", None)]


def test_another_log_key_beside(tmp_path: Path) -> None:
    """Whoever takes the key out of the dossier would trust the forger's."""
    mine = STRANGER.verification_key.text
    assert findings(write({**full(), KEYS: f"{mine}\n".encode()}, tmp_path)) == [("10.5", None)]
    both = f"{LOG.verification_key.text}\n{mine}\n".encode()
    assert findings(write({**full(), KEYS: both}, tmp_path)) == [("10.5", None)]


@pytest.mark.parametrize("data", [b"", b"\n", b"nonsense\n", b"\xff\n", LOG.verification_key.text.encode()])
def test_a_key_file_that_is_none(tmp_path: Path, data: bytes) -> None:
    """One vkey a line, each line ended."""
    assert findings(write({**full(), KEYS: data}, tmp_path)) == [("8.10", None)]


def test_a_policy_that_is_none(tmp_path: Path) -> None:
    """It is not trusted, but it must not be nonsense."""
    assert findings(write({**full(), "policy": b"quorum\n"}, tmp_path)) == [("8.10", None)]
    assert findings(write({**full(), "policy": b"quorum none\n"}, tmp_path)) == []


@pytest.mark.parametrize("name", DOSSIERS)
def test_a_broken_dossier_fails_one_check_and_no_other(tmp_path: Path, name: str) -> None:
    """A check that only ever fails beside others could be missing without notice."""
    forge, check = DOSSIERS[name]
    assert {one for one, _ in findings(write(forge(), tmp_path))} == {check}
