"""Is a signed note read in its one form, and does one bad signature of a known key spoil all of it?"""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.note import (
    MAX_NOTE,
    MAX_SIGNATURES,
    Note,
    NoteSignature,
    format_note,
    open_note,
    parse_note,
    parse_signatures,
    parse_verification_key,
    verify_signatures,
)
from tests.support.logs import NOON, ORIGIN, checkpoint, log_signer, witness
from tests.support.trees import flip
from tests.support.vectors import load

XMOD: dict[str, Any] = load("signed-note/xmod-sumdb-note.json")
C2SP: dict[str, str] = load("signed-note/c2sp-example.json")
NOTES: dict[str, dict[str, Any]] = {note["name"]: note for note in XMOD["notes"]}

LINE = NoteSignature("example.org/log", b"\1\2\3\4", bytes(64)).line
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="+"), min_size=1)
SIGNATURES = st.builds(NoteSignature, WORDS, st.binary(min_size=4, max_size=4), st.binary(min_size=1))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")).map(
    lambda text: text + "\n"
)


# ── the published vectors ──────────────────────────────────────────────────────────────────────


def test_the_vectors_are_all_there() -> None:
    """A missing one would be a test that cannot fail."""
    assert len(NOTES) == len(XMOD["notes"]) == 13
    assert sum(note["ok"] for note in NOTES.values()) == 3


@pytest.mark.parametrize("name", [name for name, note in NOTES.items() if note["ok"]])
def test_a_good_note_of_the_vectors_opens(name: str) -> None:
    """With the same verified names as in Go's implementation."""
    note = NOTES[name]
    opened = open_note(base64.b64decode(note["note_b64"]), map(parse_verification_key, note["vkeys"]))
    assert [one.key.name for one in opened.verified] == note["verified"]


@pytest.mark.parametrize("name", [name for name, note in NOTES.items() if not note["ok"]])
def test_a_bad_note_of_the_vectors_is_refused(name: str) -> None:
    """Controls, bad UTF-8, stray lines, 101 signatures, bad signatures: each with its check."""
    note = NOTES[name]
    with pytest.raises(ProofError) as refusal:
        open_note(base64.b64decode(note["note_b64"]), map(parse_verification_key, note["vkeys"]))
    about_keys = {"none known", "bad signature of a known key"}
    assert refusal.value.check == ("8.3" if name in about_keys else "8.2")


def test_the_example_of_the_specification_opens() -> None:
    """Key hash, text and signature line as C2SP signed-note writes them."""
    key = parse_verification_key(C2SP["vkey"])
    data = C2SP["note"].encode("utf-8")
    assert open_note(data, [key]).note.text == "This is an example message.\n"
    assert format_note(parse_note(data)) == data
    assert (key.text, key.hash.hex()) == (C2SP["vkey"], "530d903a")


# ── the form ───────────────────────────────────────────────────────────────────────────────────


@given(TEXTS, st.lists(SIGNATURES, min_size=1, max_size=5).map(tuple))
def test_a_note_is_read_as_it_was_written(text: str, signatures: tuple[NoteSignature, ...]) -> None:
    """Any text, empty lines among it: the last empty line separates."""
    note = Note(text, signatures)
    assert parse_note(format_note(note)) == note


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\n", b"\n\n", b"text\n", b"text\n\n", LINE.encode(), b"text\n" + LINE.encode()),
        f"text\n\n{LINE}\n".encode(),
        f"text\n\n\n{LINE}more\n".encode(),
        f"text\r\n\r\n{LINE}".encode(),
        f"te\txt\n\n{LINE}".encode(),
        f"text\n\n{LINE}".encode("utf-16"),
        f"text\n\n{LINE}".replace("—", "-").encode(),
        f"text\n\n{LINE}".replace("— ", "—").encode(),
        f"text\n\n{LINE}".replace("— ", "—  ").encode(),
        f"text\n\n{LINE}".replace(" AQ", "\u2003AQ").encode(),
        f"text\n\n{LINE}".replace("log", "l\u00a0og").encode(),
        f"text\n\n{LINE}".replace("log", "l+og").encode(),
        f"text\n\n{LINE}".replace("=", "").encode(),
        f"text\n\n{LINE}".replace("A=", "B=").encode(),
        f"text\n\n{LINE}".replace("\n", "\u2028").encode(),
        f"text\n\n— example.org/log {b64(bytes(4))}\n".encode(),
        f"text\n\n{LINE * (MAX_SIGNATURES + 1)}".encode(),
        b"x" * MAX_NOTE + f"\n\n{LINE}".encode(),
    ],
)
def test_a_note_in_any_other_form_is_refused(data: bytes) -> None:
    """Nothing is skipped, nothing is repaired: what one reader drops another would count."""
    with pytest.raises(ProofError) as refusal:
        parse_note(data)
    assert refusal.value.check == "8.2"


@pytest.mark.parametrize("count", [1, 16, MAX_SIGNATURES])
def test_at_least_sixteen_signatures_are_accepted(count: int) -> None:
    """C2SP signed-note asks for 16; the limit keeps a verifier's work small."""
    assert len(parse_note(f"text\n\n{LINE * count}".encode()).signatures) == count


@pytest.mark.parametrize("lines", ["", "\n", LINE[:-1], LINE + "\n", "\n" + LINE, LINE + "x"])
def test_an_answer_of_a_witness_is_whole_lines(lines: str) -> None:
    """A truncated answer is no answer."""
    with pytest.raises(ProofError):
        parse_signatures(lines)


@pytest.mark.parametrize(
    "note",
    [
        Note("no newline", parse_signatures(LINE)),
        Note("text\n", ()),
        Note("text\r\n", parse_signatures(LINE)),
        Note("text\n", (NoteSignature("two words", bytes(4), b"x"),)),
        Note("text\n", (NoteSignature("name", bytes(4), b""),)),
        Note("text\n", (NoteSignature("name\n— other", bytes(4), b"x"),)),
        Note("text\n", (NoteSignature(f"name {b64(bytes(9))}\n— other", bytes(4), b"x"),)),
    ],
)
def test_a_note_that_could_not_be_read_again_is_not_written(note: Note) -> None:
    """The writer is as strict as the reader, so nothing unreadable is published, and no line smuggled in."""
    with pytest.raises(ProofError):
        format_note(note)


# ── the signatures ─────────────────────────────────────────────────────────────────────────────


def signed(text: str, *signers: Any) -> bytes:
    """A note with these signatures."""
    return format_note(Note(text, tuple(signer.sign_note(text) for signer in signers)))


def test_signatures_of_unknown_keys_are_ignored_even_under_a_known_name() -> None:
    """So that a log can change its key, and witnesses can be added, without telling every verifier."""
    known, other = log_signer(1), log_signer(9)
    data = signed("text\n", other, known)
    assert [one.key for one in open_note(data, [known.verification_key]).verified] == [known.verification_key]


@given(st.integers(0, 10**6))
def test_a_flipped_bit_spoils_the_note(bit: int) -> None:
    """In the text, in a signature, in its name or hash: refused, or not signed by the key any more."""
    data = signed("text of the note\n", log_signer())
    changed = flip(data, bit % (len(data) * 8))
    with pytest.raises(ProofError):
        open_note(changed, [log_signer().verification_key])


def test_one_bad_signature_of_a_known_key_refuses_the_whole_note() -> None:
    """Even if the same key's other line is good, and in either order."""
    signer = log_signer()
    good = signer.sign_note("text\n")
    bad = good._replace(blob=flip(good.blob, 3))
    for lines in ((good, bad), (bad, good), (bad,)):
        with pytest.raises(ProofError, match=f"the signature of {ORIGIN}") as refusal:
            open_note(format_note(Note("text\n", lines)), [signer.verification_key])
        assert refusal.value.check == "8.3"


def test_a_repeated_signature_counts_once() -> None:
    """Copying a line does not make two signers."""
    data = signed("text\n", log_signer(), log_signer())
    assert len(open_note(data, [log_signer().verification_key] * 2).verified) == 1


def test_of_two_cosignatures_of_one_witness_the_first_counts() -> None:
    """One of two times must be taken, and every reader has to take the same."""
    text = parse_note(checkpoint()).text
    lines = [witness(3, time=time).sign_note(text) for time in (NOON, NOON + 60, NOON - 60)]
    found = verify_signatures(text, lines, [witness(3).verification_key])
    assert [one.time for one in found] == [NOON]


def test_a_note_without_a_known_signature_is_refused() -> None:
    """Text that nobody known signed is nobody's text."""
    with pytest.raises(ProofError, match="no known key") as refusal:
        open_note(signed("text\n", log_signer(9)), [log_signer(1).verification_key])
    assert refusal.value.check == "8.3"


def test_two_keys_of_one_name_and_hash_are_refused() -> None:
    """Four bytes collide on purpose: then it is not known which key is meant."""
    key = log_signer().verification_key
    twin = type("Twin", (type(key),), {"hash": key.hash})(key.name, key.kind, witness(5).verification_key.key)
    with pytest.raises(ProofError, match="the same hash") as refusal:
        open_note(signed("text\n", log_signer()), [key, twin])
    assert refusal.value.check == "8.10"
