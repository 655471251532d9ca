"""Are signatures bound to type and bytes, and has an envelope exactly one shape?"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import BadEncoding, BadShape, BadSignature, Invalid, NotCanonical, TooLarge
from ledger.proof.dsse import (
    MAX_ENVELOPE,
    MAX_SIGNATURES,
    Envelope,
    Signature,
    envelope_from,
    pae,
    parse_envelope,
    receive_envelope,
    sign,
)
from ledger.proof.encoding import b64, parse_json
from ledger.proof.keys import SigningKey, verify

KEY, OTHER = SigningKey(bytes(32)), SigningKey(bytes([1]) * 32)
TYPE = "application/vnd.stimmbuch.vote-cast.v1+json"
ENVELOPE = sign(TYPE, b'{"v":1}', KEY, OTHER)

SIZES = (64, 2420)
"""Bytes of a signature: Ed25519, and ML-DSA-44 where a log key signs its successor."""

SIGNATURES = st.builds(
    Signature,
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    st.builds(
        lambda some, size: (some * 38)[:size], st.binary(min_size=64, max_size=64), st.sampled_from(SIZES)
    ),
)
ENVELOPES = st.builds(
    Envelope,
    st.text("abcdefghijklmnopqrstuvwxyz0123456789.+/-", min_size=1, max_size=127),
    st.binary(max_size=200),
    st.lists(SIGNATURES, min_size=1, max_size=MAX_SIGNATURES).map(tuple),
)


def text(**changes: Any) -> str:
    """The canonical text of an envelope with changes."""
    return json.dumps({**ENVELOPE.to_dict(), **changes}, separators=(",", ":"), sort_keys=True)


def signature(**changes: Any) -> dict[str, Any]:
    """The first signature with changes."""
    return {**ENVELOPE.to_dict()["signatures"][0], **changes}


# ── what is signed ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unsigned",
    [
        {"payload": "e30=", "payloadType": "application/vnd.stimmbuch.vote-cast.v1+json", "pae": "RFNT"},
        {"payload": "e30=", "payloadType": "application/vnd.stimmbuch.vote-cast.v1+json", "signatures": []},
        {"v": 1, "log": "ledger.example.org/town", "actor": "m1", "nonce": "AAAA", "choices": {"1": "yes"}},
    ],
)
def test_who_sends_what_is_to_be_signed_is_told_to_sign_it(unsigned: dict[str, object]) -> None:
    """The first slip of everybody who writes a client: the answer of `prepare` is sent as it is."""
    with pytest.raises(BadShape, match="nobody has signed this: sign the bytes in `pae`"):
        receive_envelope(json.dumps(unsigned).encode())


def test_the_protocols_own_example() -> None:
    """DSSE v1.0.2, protocol.md, test vector of the pre-authentication encoding."""
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert pae("http://example.com/HelloWorld", b"hello world") == expected


def test_lengths_count_bytes_and_not_characters() -> None:
    """Otherwise two readers would disagree about what was signed."""
    assert pae("é", "äöü😂".encode()) == b"DSSEv1 2 \xc3\xa9 10 " + "äöü😂".encode()
    assert pae("", b"") == b"DSSEv1 0  0 "


@given(st.text(max_size=9), st.binary(max_size=9), st.text(max_size=9), st.binary(max_size=9))
def test_no_two_pairs_of_type_and_payload_are_signed_alike(
    kind: str, payload: bytes, other_kind: str, other: bytes
) -> None:
    """A signature over one statement is none over another, also where spaces and digits are chosen well."""
    same = (kind, payload) == (other_kind, other)
    assert (pae(kind, payload) == pae(other_kind, other)) == same


def test_spaces_in_the_type_do_not_move_the_border() -> None:
    """The classical attack on an encoding without lengths."""
    assert pae("a 1 b", b"c") != pae("a", b"1 b 1 c")


def test_a_signature_is_over_the_encoding_and_not_over_the_payload() -> None:
    """A payload signed as one type is not a statement of another type."""
    verify(KEY.public, ENVELOPE.signatures[0].value, pae(TYPE, b'{"v":1}'))
    for message in (b'{"v":1}', pae(TYPE.replace("cast", "open"), b'{"v":1}')):
        with pytest.raises(BadSignature):
            verify(KEY.public, ENVELOPE.signatures[0].value, message)


def test_the_identity_is_the_digest_of_what_is_signed() -> None:
    """It does not depend on who signed, nor on the hint."""
    assert ENVELOPE.digest == hashlib.sha256(pae(TYPE, b'{"v":1}')).digest()
    assert sign(TYPE, b'{"v":1}', OTHER).digest == ENVELOPE.digest
    assert sign(TYPE, b'{"v":2}', KEY).digest != ENVELOPE.digest


def test_a_countersignature_leaves_the_first_one_alone() -> None:
    """Two people sign one after the other."""
    first = sign(TYPE, b'{"v":1}', KEY)
    assert first.countersign(OTHER) == ENVELOPE
    assert first.signatures == ENVELOPE.signatures[:1]
    assert first != ENVELOPE


# ── the one shape ──────────────────────────────────────────────────────────────────────────────


@given(ENVELOPES)
def test_an_envelope_is_read_as_it_was_written(envelope: Envelope) -> None:
    """And its text is canonical JSON."""
    parsed = parse_envelope(envelope.json)
    assert parsed == envelope
    assert (parsed.json, parsed.pae, parsed.digest) == (envelope.json, envelope.pae, envelope.digest)
    assert json.dumps(json.loads(envelope.json), separators=(",", ":"), sort_keys=True) == envelope.json


@given(ENVELOPES, st.data())
def test_an_altered_text_is_refused_or_another_envelope(envelope: Envelope, data: st.DataObject) -> None:
    """No second text reads as the same envelope."""
    original = envelope.json
    place = data.draw(st.integers(0, len(original) - 1))
    letter = data.draw(st.sampled_from('Az09+/=",:{}[] \n'))
    altered = original[:place] + letter + original[place + 1 :]
    try:
        parsed = parse_envelope(altered)
    except Invalid:
        return
    assert altered == original or parsed != envelope


LONG_TYPE = "a" * 128
BAD_TEXTS: dict[str, str] = {
    "nothing": "",
    "no object": "[]",
    "another name": text().replace('{"payload"', '{"zayload"'),
    "members in another order": json.dumps(dict(reversed(ENVELOPE.to_dict().items())), separators=(",", ":")),
    "an extra member": text(more=1),
    "a space": text().replace(",", ", ", 1),
    "a line end behind it": text() + "\n",
    "no signatures": text(signatures=[]),
    "nine signatures": text(signatures=[signature()] * 9),
    "an extra member in a signature": text(signatures=[signature(cert="x")]),
    "a signature without keyid": text(signatures=[{"sig": signature()["sig"]}]),
    "an empty keyid": text(signatures=[signature(keyid="")]),
    "a long keyid": text(signatures=[signature(keyid="a" * 33)]),
    "an upper-case keyid": text(signatures=[signature(keyid="A" * 32)]),
    "a short signature": text(signatures=[signature(sig=b64(bytes(63)))]),
    "a long signature": text(signatures=[signature(sig=b64(bytes(65)))]),
    **{
        f"a signature of {size} bytes": text(signatures=[signature(sig=b64(bytes(size)))])
        for size in (2418, 2419, 2421, 2423)
    },
    "a signature in base64url": text(signatures=[signature(sig="-" * 86 + "==")]),
    "a signature without padding": text(signatures=[signature(sig=signature()["sig"].rstrip("="))]),
    "an upper-case type": text(payloadType=TYPE.upper()),
    "an empty type": text(payloadType=""),
    "a long type": text(payloadType=LONG_TYPE),
    "a type with a space": text(payloadType="application/x y"),
    "a number as type": text(payloadType=1),
    "a payload in base64url": text(payload="-_8="),
    "a payload with an escape": text().replace('"payload":"e', '"payload":"\\u0065'),
    "a payload of null": text(payload=None),
}


@pytest.mark.parametrize("bad", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_an_envelope_in_another_shape_is_refused(bad: str) -> None:
    """In an entry there is one way to write an envelope."""
    with pytest.raises(BadShape, match="no DSSE envelope in its canonical form"):
        parse_envelope(bad)


BAD_BASE64: dict[str, str] = {
    "payload: trailing bits": text(payload="QR=="),
    "payload: no padding": text(payload="QQ"),
    "payload: padding in the middle": text(payload="QQ==QQ=="),
    "signature: trailing bits": text(signatures=[signature(sig="A" * 85 + "B==")]),
    "long signature: trailing bits": text(signatures=[signature(sig="A" * 3226 + "B=")]),
}


@pytest.mark.parametrize("bad", BAD_BASE64.values(), ids=BAD_BASE64.keys())
def test_loose_base64_in_an_envelope_is_refused(bad: str) -> None:
    """It would be a second text for the same signature, and so a second leaf hash."""
    with pytest.raises(BadEncoding):
        parse_envelope(bad)


@pytest.mark.parametrize("count", [1, 3, MAX_SIGNATURES])
def test_one_to_eight_signatures_are_allowed(count: int) -> None:
    """Whether they are the right ones is decided elsewhere."""
    assert len(parse_envelope(text(signatures=[signature()] * count)).signatures) == count


# ── over the wire ──────────────────────────────────────────────────────────────────────────────


def test_over_the_wire_spaces_and_order_are_free() -> None:
    """A client's JSON library decides about both; the entry gets the canonical text."""
    body = json.dumps(dict(reversed(ENVELOPE.to_dict().items())), indent=4).encode()
    assert receive_envelope(body) == ENVELOPE
    assert receive_envelope(body).json == ENVELOPE.json


@pytest.mark.parametrize("space", ["", " ", "\n", "\t\r\n  "])
@pytest.mark.parametrize("count", [1, 2, MAX_SIGNATURES])
def test_the_usual_order_is_read_like_every_other(space: str, count: int) -> None:
    """Members in canonical order are read in one step; it must see what the general parser sees."""
    plain = text(signatures=[signature()] * count)
    spaced = re.sub(r'([{}\[\],:]|"[^"]*")', rf"{space}\1{space}", plain)
    assert receive_envelope(spaced.encode()) == envelope_from(json.loads(plain))
    assert receive_envelope(spaced.encode()).json == plain


@given(st.data())
def test_a_changed_character_is_judged_alike_by_both_readers(data: st.DataObject) -> None:
    """The quick reader must accept nothing that the general one refuses, and read nothing else in it."""
    body = bytearray(json.dumps(ENVELOPE.to_dict()).encode())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] = data.draw(st.sampled_from(b' {}[],:"\\=+A\x00\n\x80'))
    try:
        expected: object = envelope_from(parse_json(bytes(body), limit=MAX_ENVELOPE))
    except Invalid:
        expected = None
    try:
        found: object = receive_envelope(bytes(body))
    except Invalid:
        found = None
    assert found == expected


FREE_OVER_THE_WIRE = (
    "members in another order",
    "a space",
    "a line end behind it",
    "a payload with an escape",
)


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_over_the_wire_members_and_values_are_not_free(name: str) -> None:
    """What differs from an envelope by more than spaces, order or escapes is none."""
    if name in FREE_OVER_THE_WIRE:
        assert receive_envelope(BAD_TEXTS[name].encode()) == ENVELOPE
        return
    with pytest.raises((BadShape, NotCanonical)):
        receive_envelope(BAD_TEXTS[name].encode())


@pytest.mark.parametrize(
    "value", [None, 1, [], "text", {}, {"payload": "é"}, {"payload": "\ud800"}, {"payload": 1.5}, {1: 2}]
)
def test_a_value_that_is_no_envelope_is_refused(value: object) -> None:
    """Plain values come from anywhere."""
    with pytest.raises(BadShape, match="this is no DSSE envelope"):
        envelope_from(value)


def test_a_duplicate_member_is_refused() -> None:
    """Two payloads in one envelope: one reader would verify the first, another show the second."""
    body = ENVELOPE.json.replace("{", '{"payload":"QUFB",', 1).encode()
    with pytest.raises(NotCanonical, match="the same key twice"):
        receive_envelope(body)


def test_an_envelope_that_is_too_large_is_refused_unread() -> None:
    """32 KiB as it arrives."""
    body = ENVELOPE.json.encode()
    assert receive_envelope(body + b" " * (MAX_ENVELOPE - len(body))) == ENVELOPE
    with pytest.raises(TooLarge):
        receive_envelope(body + b" " * (MAX_ENVELOPE - len(body) + 1))
