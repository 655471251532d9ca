"""Does a witness that follows C2SP tlog-witness take our requests, and do we understand its answers?

The witness is the one of the tests (`tests/support/witness.py`); requests of other implementations drive it.
"""

from __future__ import annotations

import hashlib
import http.client
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from ledger.proof.merkle import EMPTY_ROOT, consistency_proof, root_at, verify_consistency
from ledger.proof.note import VerificationKey, parse_note, parse_verification_key
from ledger.proof.witness_request import (
    MAX_HASHES,
    AddCheckpoint,
    format_conflict,
    parse_add_checkpoint,
    parse_conflict,
    read_cosignatures,
)
from tests.support.logs import ORIGIN, checkpoint, log_signer, mldsa_signer, witness
from tests.support.trees import MemoryTree, leaves
from tests.support.vectors import load
from tests.support.witness import Answer, Witness, serve

SESSION: dict[str, Any] = load("tlog-witness-requests/add-checkpoint.json")
MONKEYS: dict[str, Any] = load("tlog-witness-requests/monkeys.json")
SIGNERS = (witness(3, "example.com/witness"), mldsa_signer(4, "example.com/witness"))
KEYS = [signer.verification_key for signer in SIGNERS]
TREE = MemoryTree(leaves(100))


@pytest.fixture
def ours(tmp_path: Path) -> Witness:
    """A fresh witness of our log."""
    return Witness(tmp_path / "state", {ORIGIN: [log_signer().verification_key]}, *SIGNERS)


def signed(size: int, root: bytes | None = None) -> bytes:
    """Our log's checkpoint of this size."""
    return sign_checkpoint(Checkpoint(ORIGIN, size, root or root_at(size, TREE)), log_signer())


def ask(asked: Witness, old: int, size: int) -> Answer:
    """An honest request: from the size that the witness has, we believe, to a newer one."""
    proof = tuple(consistency_proof(old, size, TREE))
    return asked.add_checkpoint(AddCheckpoint(old, proof, signed(size)).format())


# ── the published vectors ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str, str]]:
    """The answers to the published requests, one after the other over HTTP, to one fresh witness."""
    key = VerificationKey(SESSION["origin"], 0x01, bytes.fromhex(SESSION["log_key_ed25519_hex"]))
    fresh = Witness(tmp_path_factory.mktemp("witness") / "state", {SESSION["origin"]: [key]}, *SIGNERS)
    answers = []
    with serve(fresh) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        for case in SESSION["cases"]:
            connection.request("POST", "/add-checkpoint", case["body"].encode())
            response = connection.getresponse()
            answers.append((response.status, response.headers["Content-Type"], response.read().decode()))
        connection.close()
    return answers


@pytest.mark.parametrize("number", range(11))
def test_the_published_session_gets_the_published_answers(
    session: list[tuple[int, str, str]], number: int
) -> None:
    """Cosigned, conflict, unknown log, bad signature, bad proof, malformed: each with its status."""
    assert len(session) == len(SESSION["cases"]) == 11
    case, (status, kind, body) = SESSION["cases"][number], session[number]
    assert (case["name"], status) == (case["name"], case["status"])
    assert case["response_contains"] in body
    if status == 409:
        assert (kind, body) == ("text/x.tlog.size", case["response_contains"])
        assert parse_conflict(body.encode()) == int(case["response_contains"])
    if status == 200:
        note = parse_add_checkpoint(case["body"].encode()).checkpoint_note
        assert [one.key for one in read_cosignatures(body.encode(), note, KEYS)] == KEYS


@pytest.mark.parametrize("number", range(11))
def test_the_published_requests_are_read_and_written(number: int) -> None:
    """Byte for byte; the one without signatures is malformed only as a note."""
    body = SESSION["cases"][number]["body"].encode()
    assert parse_add_checkpoint(body).format() == body


def test_the_published_checkpoints_of_another_witness_are_consistent(tmp_path: Path) -> None:
    """And what its tests refuse, ours refuses: shrinking, other roots, missing and garbage proofs."""
    key = parse_verification_key(MONKEYS["mPK"])
    first, second = (MONKEYS[name].encode() for name in ("mInit", "mNext"))
    proof = tuple(map(bytes.fromhex, MONKEYS["consProof_hex"]))
    heads = [open_checkpoint(note, [key]).checkpoint for note in (first, second)]
    verify_consistency(5, 8, proof, heads[0].root, heads[1].root)
    other = Witness(tmp_path / "state", {key.name: [key]}, *SIGNERS)
    assert other.add_checkpoint(AddCheckpoint(0, (), first).format()).status == 200
    for request, status in (
        (AddCheckpoint(2, proof, second), 409),
        (AddCheckpoint(0, (), second), 409),
        (AddCheckpoint(5, (), second), 422),
        (AddCheckpoint(5, proof[:-1], second), 422),
        (AddCheckpoint(5, (bytes(32), *proof), second), 422),
        (AddCheckpoint(5, proof, second), 200),
        (AddCheckpoint(8, (), first), 400),
        (AddCheckpoint(5, (), first), 409),
    ):
        assert other.add_checkpoint(request.format()).status == status
    assert parse_note(other.latest(hashlib.sha256(b"monkeys").hexdigest()) or b"").text.split("\n")[1] == "8"


# ── the witness ────────────────────────────────────────────────────────────────────────────────


def test_a_log_grows_under_a_witness(ours: Witness) -> None:
    """From nothing, step by step; the unchanged checkpoint may be sent again for a fresh time."""
    sizes = [(0, 0), (0, 1), (1, 5), (5, 5), (5, 64), (64, 100)]
    assert [ask(ours, old, new).status for old, new in sizes] == [200] * 6


def test_a_rolled_back_or_forked_log_is_not_cosigned(ours: Witness) -> None:
    """The attacks of an operator who holds the log key: another root, a smaller tree, an older size."""
    assert ask(ours, 0, 40).status == 200
    fork = MemoryTree([*TREE.hashes[:39], bytes(32), *TREE.hashes[40:]])
    proof = tuple(consistency_proof(40, 50, fork))
    for request, answer in (
        (AddCheckpoint(40, (), signed(40, bytes(32))), (422, b"invalid consistency proof")),
        (AddCheckpoint(40, proof, signed(50, root_at(50, fork))), (422, b"invalid consistency proof")),
        (AddCheckpoint(30, (), signed(30)), (409, b"40\n")),
        (AddCheckpoint(0, (), signed(50, root_at(50, fork))), (409, b"40\n")),
    ):
        given_back = ours.add_checkpoint(request.format())
        assert given_back.status == answer[0]
        assert given_back.body.startswith(answer[1])
    assert ask(ours, 40, 50).status == 200


def test_an_empty_tree_has_the_empty_root_and_no_proof(ours: Witness) -> None:
    """Otherwise a log could begin with a root that nothing hashes to."""
    assert ours.add_checkpoint(AddCheckpoint(0, (), signed(0, bytes(32))).format()).status == 422
    assert ours.add_checkpoint(AddCheckpoint(0, (bytes(32),), signed(3)).format()).status == 422
    assert ours.add_checkpoint(AddCheckpoint(0, (), signed(0, EMPTY_ROOT)).format()).status == 200


def test_two_requests_at_once_never_roll_a_log_back(ours: Witness) -> None:
    """Comparing and storing is one step: of ten growths from one size exactly one is cosigned."""
    assert ask(ours, 0, 10).status == 200
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda size=size: answers.append(ask(ours, 10, size)))
        for size in range(11, 21)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [200, *[409] * 9]
    (size,) = {parse_conflict(answer.body) for answer in answers if answer.status == 409}
    assert ask(ours, size, 30).status == 200


def test_a_monitor_gets_the_last_cosigned_checkpoint(ours: Witness) -> None:
    """Under the hash of the origin, with the signatures of the log and of the witness."""
    path = f"/{hashlib.sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    with serve(ours) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("GET", path)
        assert connection.getresponse().read() == b"not seen\n"
        ask(ours, 0, 7)
        ask(ours, 7, 9)
        connection.request("GET", path)
        opened = open_checkpoint(connection.getresponse().read(), [log_signer().verification_key, *KEYS])
        connection.close()
    assert opened.checkpoint.size == 9
    assert len(opened.cosignatures) == 2


# ── requests and answers ───────────────────────────────────────────────────────────────────────


@given(
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=MAX_HASHES).map(tuple),
)
def test_a_request_is_read_as_it_was_written(old: int, proof: tuple[bytes, ...]) -> None:
    """Whatever it asks for."""
    request = AddCheckpoint(old, proof, checkpoint())
    assert parse_add_checkpoint(request.format()) == request


@pytest.mark.parametrize(
    "body",
    [
        *(
            "",
            "\n",
            "old 0",
            "old 0\n",
            "0\n\nnote\n",
            "old\n\nnote\n",
            "old  0\n\nnote\n",
            "Old 0\n\nnote\n",
        ),
        *(
            "old 00\n\nnote\n",
            "old -1\n\nnote\n",
            "old +1\n\nnote\n",
            "old 1_0\n\nnote\n",
            "old 0 \n\nnote\n",
        ),
        *(
            "old 0\r\n\r\nnote\n",
            f"old {2**63}\n\nnote\n",
            "old 1\nAAAA\n\nnote\n",
            "old 0\nindex 0\n\nnote\n",
        ),
        "old 1\n" + "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * (MAX_HASHES + 1) + "\nnote\n",
        "old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\nnote\n",
    ],
)
def test_a_request_in_any_other_form_is_refused(body: str) -> None:
    """The witness answers 400, and says so before it looks at a signature."""
    with pytest.raises(ProofError) as refusal:
        parse_add_checkpoint(body.encode())
    assert refusal.value.check == "8.6"


@pytest.mark.parametrize("bad", [AddCheckpoint(-1, (), b"n\n"), AddCheckpoint(1, (bytes(31),), b"n\n")])
def test_a_request_that_could_not_be_read_is_not_sent(bad: AddCheckpoint) -> None:
    """The writer is as strict as the reader."""
    with pytest.raises(ProofError):
        bad.format()


def test_a_conflict_is_one_number_on_a_line() -> None:
    """And nothing else is taken for a size."""
    assert parse_conflict(format_conflict(0)) == 0
    assert parse_conflict(format_conflict(20_852_163)) == 20_852_163
    for body in (
        b"",
        b"\n",
        b"7",
        b"07\n",
        b"7\n\n",
        b" 7\n",
        b"7 \n",
        b"-7\n",
        b"<html>\n",
        b"9" * 99 + b"\n",
    ):
        with pytest.raises(ProofError) as refusal:
            parse_conflict(body)
        assert refusal.value.check == "8.6"


def test_an_answer_counts_only_with_a_good_cosignature_and_its_time(ours: Witness) -> None:
    """Other keys' lines are ignored; a bad line of the witness refuses the answer, and so does time zero."""
    note = signed(7)
    body = ask(ours, 0, 7).body
    stranger = witness(9).sign_note(parse_note(note).text)
    assert len(read_cosignatures(body + stranger.line.encode(), note, KEYS)) == 2
    timeless = mldsa_signer(4, "example.com/witness", time=0).sign_note(parse_note(note).text)
    first = body.split(b"\n")[0] + b"\n"
    assert [one.key for one in read_cosignatures(first + timeless.line.encode(), note, KEYS)] == KEYS[:1]
    for answer, keys in (
        (b"", KEYS),
        (b"no\n", KEYS),
        (body[:-1], KEYS),
        (body, []),
        (stranger.line.encode(), KEYS),
        (timeless.line.encode(), KEYS),
        (body.replace(b"AAA", b"AAB", 1), KEYS),
    ):
        with pytest.raises(ProofError):
            read_cosignatures(answer, note, keys)
    with pytest.raises(ProofError):
        read_cosignatures(body, signed(8), KEYS)
