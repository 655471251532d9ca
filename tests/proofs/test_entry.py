"""Has an entry exactly one form, and does every flipped bit show?"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError, TooLarge
from ledger.proof.disclosure import MAX_DISCLOSURE
from ledger.proof.dsse import MAX_ENVELOPE, MAX_SIGNATURES, Envelope, Signature, parse_envelope
from ledger.proof.encoding import MAX_DEPTH, b64, canonical
from ledger.proof.entry import MAX_ENTRY, NO_LINK, Entry, build_entry, leaf_hash, parse_entry
from ledger.proof.statement import KINDS, MAX_PAYLOAD, payload_type
from tests.support.memory_ledger import MemoryLedger

LINKS = st.binary(min_size=32, max_size=32).map(b64)
NUMBERS = st.integers(0, 10**16 - 1)
TIMES = st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")
ORIGINS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~/-]{0,60}", fullmatch=True)
SIGNATURES = st.builds(
    Signature, st.binary(min_size=16, max_size=16).map(bytes.hex), st.binary(min_size=64, max_size=64)
)
ENVELOPES = st.builds(
    Envelope,
    st.sampled_from(KINDS).map(payload_type),
    st.binary(max_size=100),
    st.lists(SIGNATURES, min_size=1, max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def entry() -> bytes:
    """A real entry: a signed vote."""
    ledger = MemoryLedger()
    ledger.council("anna", "bert")
    ledger.vote(ledger.open(), "anna", "yes")
    return ledger.entries[-1]


@given(ENVELOPES, ORIGINS, NUMBERS, LINKS, st.uuids(), NUMBERS, LINKS, TIMES)
def test_an_entry_is_read_as_it_was_written(
    envelope: Envelope, log: str, seq: int, prev: str, stream: UUID, pos: int, sprev: str, at: str
) -> None:
    """And its bytes are the canonical JSON of what they say."""
    data = build_entry(envelope, log=log, seq=seq, prev=prev, stream=stream, pos=pos, sprev=sprev, at=at)
    assert parse_entry(data) == Entry(seq, prev, str(stream), pos, sprev, at, log, envelope)
    assert canonical_with_large_numbers(data) == data


def canonical_with_large_numbers(data: bytes) -> bytes:
    """The canonical form of what an entry says; numbers above 2^53 cannot occur, and are left out."""
    value = json.loads(data)
    numbers = {name: value[name] for name in ("seq", "pos")}
    text = canonical({**value, "seq": 0, "pos": 0}).decode()
    for name, number in numbers.items():
        text = text.replace(f'"{name}":0,', f'"{name}":{number},')
    return text.encode()


def test_every_flipped_bit_changes_the_leaf_hash(entry: bytes) -> None:
    """All bits of a real entry, one by one; most of them make it unreadable as well."""
    leaf, unreadable = leaf_hash(entry), 0
    original = parse_entry(entry)
    for bit in range(len(entry) * 8):
        flipped = bytearray(entry)
        flipped[bit // 8] ^= 1 << bit % 8
        assert leaf_hash(bytes(flipped)) != leaf
        try:
            assert parse_entry(bytes(flipped)) != original
        except ProofError:
            unreadable += 1
    assert unreadable > len(entry) * 8 / 4


def test_the_leaf_hash_is_that_of_rfc_6962(entry: bytes) -> None:
    """A zero byte in front: a leaf can never be taken for a node of the tree."""
    assert leaf_hash(entry) == b64(hashlib.sha256(b"\x00" + entry).digest())
    assert leaf_hash(b"") == "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="


def test_the_link_before_the_first_entry() -> None:
    """SHA-256 of nothing, as other logs have it."""
    assert NO_LINK == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


ALTERED: dict[str, tuple[str, str]] = {
    "a space": (',"log"', ', "log"'),
    "an extra member": ('"v":1}', '"v":1,"w":2}'),
    "an extra member in the middle": ('"log"', '"lag":1,"log"'),
    "another version": ('"v":1}', '"v":2}'),
    "no version": (',"v":1}', "}"),
    "a line end": ('"v":1}', '"v":1}\n'),
    "a leading zero": ('"seq":', '"seq":0'),
    "a negative number": ('"seq":', '"seq":-'),
    "a number as text": ('"seq":6', '"seq":"6"'),
    "seventeen digits": ('"seq":', '"seq":1234567890123456'),
    "an upper-case uuid": ('"stream":"3', '"stream":"A'),
    "a duplicate member": ('"log":', '"log":"other","log":'),
    "another origin's form": ('"log":"ledger', '"log":"-ledger'),
    "an origin with a space": ('"log":"ledger', '"log":"led ger'),
    "microseconds": (':07.000Z"', ':06.000000Z"'),
    "an offset": (':07.000Z"', ':06.000+00:00"'),
    "a lower-case z": ('.000Z"', '.000z"'),
    "another form of base64": ("=", ""),
    "an envelope with a space": ('{"payload":', '{ "payload":'),
    "an envelope without signatures": ('"signatures":[{', '"signatures":[],"x":[{'),
}


@pytest.mark.parametrize(("old", "new"), ALTERED.values(), ids=ALTERED.keys())
def test_another_writing_is_no_entry(entry: bytes, old: str, new: str) -> None:
    """One way to write an entry: otherwise one statement could have two leaf hashes."""
    text = entry.decode()
    assert old in text
    with pytest.raises(ProofError) as caught:
        parse_entry(text.replace(old, new, 1).encode())
    assert caught.value.check == "1.1"


@pytest.mark.parametrize(
    "at",
    [
        "2026-02-30T10:00:00.000Z",
        "2026-13-01T10:00:00.000Z",
        "2026-00-10T10:00:00.000Z",
        "0000-01-01T00:00:00.000Z",
        "2026-01-01T24:00:00.000Z",
        "2026-01-01T10:60:00.000Z",
        "2026-12-31T23:59:60.000Z",
        "9999-99-99T99:99:99.999Z",
    ],
)
def test_a_time_that_does_not_exist_is_no_entry(entry: bytes, at: str) -> None:
    """Nobody can say whether it is before a deadline."""
    text = entry.decode()
    start = len('{"at":"')
    with pytest.raises(ProofError, match="not an entry"):
        parse_entry((text[:start] + at + text[start + len(at) :]).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b"null", b"\xff", b"[]", b"\x00" * 100, "ä".encode()])
def test_anything_else_is_no_entry(data: bytes) -> None:
    """Bytes out of a broken disk raise the same error as bytes out of a forger's hand."""
    with pytest.raises(ProofError, match="not an entry of format 1"):
        parse_entry(data)


# ── sizes ──────────────────────────────────────────────────────────────────────────────────────


def written(envelope: Envelope, **changes: Any) -> bytes:
    """An entry with the longest numbers and origin."""
    fields: dict[str, Any] = {
        "log": "l" * 255,
        "seq": 2**53 - 1,
        "prev": NO_LINK,
        "stream": UUID(int=0),
        "pos": 2**53 - 1,
        "sprev": NO_LINK,
        "at": "2026-01-01T00:00:00.000Z",
    }
    return build_entry(envelope, **{**fields, **changes})


def test_the_limits_are_those_of_the_format() -> None:
    """FORMAT.md promises them: a larger one would be refused by an older verifier."""
    assert (MAX_DEPTH, MAX_SIGNATURES) == (16, 8)
    assert (MAX_PAYLOAD, MAX_ENVELOPE, MAX_ENTRY, MAX_DISCLOSURE) == (16_384, 32_768, 32_768, 65_536)


def test_every_statement_fits_into_an_entry() -> None:
    """The largest payload with the most signatures, in the ledger with the longest name."""
    signatures = (Signature("0" * 32, bytes(64)),) * MAX_SIGNATURES
    data = written(Envelope("a" * 127, bytes(MAX_PAYLOAD), signatures))
    assert len(data) <= MAX_ENTRY
    assert parse_entry(data).envelope.payload == bytes(MAX_PAYLOAD)


def test_an_entry_has_at_most_32_kib() -> None:
    """To the byte, when written and when read."""
    signature = (Signature("0" * 32, bytes(64)),)
    empty = len(written(Envelope("a", b"", signature), log="l"))
    payload = bytes((MAX_ENTRY - empty) // 4 * 3)
    rest = MAX_ENTRY - len(written(Envelope("a", payload, signature), log="l"))
    data = written(Envelope("a", payload, signature), log="l" * (1 + rest))
    assert len(data) == MAX_ENTRY
    assert parse_entry(data).envelope.payload == payload
    with pytest.raises(TooLarge, match=f"{MAX_ENTRY + 1} bytes; {MAX_ENTRY} are allowed"):
        written(Envelope("a", payload, signature), log="l" * (2 + rest))
    with pytest.raises(ProofError):
        parse_entry(data.replace(b'"log":"l', b'"log":"ll'))


def test_the_envelope_in_an_entry_is_stored_as_its_own_bytes(entry: bytes) -> None:
    """Cut out of the entry it is the envelope that was signed."""
    text = entry.decode()
    inner = text[text.index('"env":') + 6 : text.index(',"log":')]
    assert parse_envelope(inner) == parse_entry(entry).envelope
    assert parse_entry(entry).envelope.json == inner
