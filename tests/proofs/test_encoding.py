"""Is there exactly one way to write each value, and is every other way refused?"""

from __future__ import annotations

import base64
import contextlib
import enum
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import BadEncoding, NotCanonical, TooLarge
from ledger.proof.encoding import MAX_DEPTH, MAX_INT, b64, canonical, parse_canonical, parse_json, unb64
from tests.support.vectors import VECTORS

JCS = VECTORS / "jcs-rfc8785"
WITH_FLOATS = {"structures": "56.0", "values": "333333333.33333329"}
NAMES = sorted(path.stem for path in (JCS / "input").iterdir())

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
ODD_KEYS = st.dictionaries(
    st.sampled_from(
        ["", "a", "b", "\n", "\r", "\x7f", "\x80", "€", "\ufb33", "\uffff", "😂", "𐀀", "\U0010ffff"]
    ),
    st.integers(0, 9),
)


def nested(depth: int, value: Any = 0) -> Any:
    """A value inside so many lists."""
    for _ in range(depth):
        value = [value]
    return value


# ── the published vectors ──────────────────────────────────────────────────────────────────────


def test_the_vectors_are_all_there() -> None:
    """A missing file would be a test that cannot fail."""
    assert NAMES == ["arrays", "french", "structures", "unicode", "values", "weird"]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITH_FLOATS])
def test_the_vectors_of_rfc_8785_come_out_byte_for_byte(name: str) -> None:
    """Foreign programs compute the same bytes from the same values."""
    value = parse_json((JCS / "input" / f"{name}.json").read_bytes(), limit=10_000)
    expected = (JCS / "output" / f"{name}.json").read_bytes()
    assert canonical(value) == expected
    assert bytes.fromhex((JCS / "outhex" / f"{name}.txt").read_text()) == expected
    assert parse_canonical(expected, limit=10_000) == value


@pytest.mark.parametrize(("name", "number"), WITH_FLOATS.items())
def test_the_vectors_with_floats_are_refused(name: str, number: str) -> None:
    """JCS knows floats, statements do not: no number has two ways to be written."""
    data = (JCS / "input" / f"{name}.json").read_bytes()
    with pytest.raises(NotCanonical, match=f"numbers are integers: '{number}' is not"):
        parse_json(data, limit=10_000)
    with pytest.raises(NotCanonical, match="a float cannot stand in a statement"):
        canonical(json.loads(data))


# ── both directions, for every value ───────────────────────────────────────────────────────────


@given(VALUES)
def test_canonical_is_what_the_library_writes(value: Any) -> None:
    """The fast way for ASCII must be the slow way for everything."""
    assert canonical(value) == rfc8785.dumps(value)


@given(ODD_KEYS)
@example({"😂": 1, "\ufb33": 2})
def test_keys_are_sorted_as_utf_16(value: dict[str, int]) -> None:
    """A smiley sorts before U+FB33 in UTF-16, and after it by code point."""
    assert canonical(value) == rfc8785.dumps(value)
    order = sorted(value, key=lambda key: key.encode("utf-16-be"))
    assert list(json.loads(canonical(value))) == order


@given(VALUES)
def test_what_was_written_is_read_again(value: Any) -> None:
    """Nothing is lost, and reading gives what was signed."""
    data = canonical(value)
    assert parse_canonical(data, limit=len(data)) == value
    assert parse_json(data, limit=len(data)) == value


@given(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: json.dumps(text).encode()))
def test_what_is_read_is_written_the_same(data: bytes) -> None:
    """Whatever bytes arrive: either they are refused, or they are the one way to write their value."""
    try:
        value = parse_canonical(data, limit=40)
    except (NotCanonical, TooLarge):
        return
    assert canonical(value) == data


# ── traps ──────────────────────────────────────────────────────────────────────────────────────

NOT_CANONICAL: dict[str, bytes] = {
    "duplicate keys": b'{"a":1,"a":1}',
    "duplicate keys, one of them escaped": b'{"a":1,"\\u0061":1}',
    "keys in another order": b'{"b":1,"a":2}',
    "a space": b'{"a": 1}',
    "a trailing space": b"1 ",
    "a leading space": b" 1",
    "a line end": b"1\n",
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "a float": b"1.5",
    "a float without need": b"1.0",
    "an exponent": b"1e3",
    "a number beyond floats": b"1e400",
    "a negative zero": b"-0",
    "a leading zero": b"01",
    "a plus sign": b"+1",
    "2^53": b"9007199254740992",
    "-2^53": b"-9007199254740992",
    "2^53 inside": b'{"a":[9007199254740992]}',
    "an integer of 5,000 digits": b"9" * 5000,
    "a high surrogate": b'"\\ud800"',
    "a low surrogate": b'"\\udc00"',
    "surrogates the wrong way round": b'"\\ude02\\ud83d"',
    "a surrogate as a key": b'{"\\ud800":1}',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "an escaped smiley": b'"\\ud83d\\ude02"',
    "an escaped letter": b'"\\u0061"',
    "an escaped slash": b'"\\/"',
    "an escaped line end": b'"\\u000a"',
    "upper-case hexadecimal": b'"\\u001F"',
    "an overlong escape of a backspace": b'"\\u0008"',
    "a raw control character": b'"\x1f"',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a byte order mark in UTF-16": b"\xff\xfe{\x00}\x00",
    "bytes that are no UTF-8": b'"\xff"',
    "an overlong form in UTF-8": b'"\xc0\xaf"',
    "bytes behind the value": b"{}{}",
    "a zero byte behind the value": b"{}\x00",
    "half a value": b'{"a":1',
    "nothing": b"",
    "single quotes": b"{'a':1}",
    "a trailing comma": b"[1,]",
    "a comment": b"[1/**/]",
    "a bare word": b"yes",
    "17 levels": b"[" * 17 + b"]" * 17,
    "a hundred thousand levels": b"[" * 100_000 + b"]" * 100_000,
}


@pytest.mark.parametrize("data", NOT_CANONICAL.values(), ids=NOT_CANONICAL.keys())
def test_a_payload_that_could_be_written_otherwise_is_refused(data: bytes) -> None:
    """Two readers of the same bytes must see the same values, and the same values have the same bytes."""
    with pytest.raises(NotCanonical):
        parse_canonical(data, limit=1_000_000)


FREE_OVER_THE_WIRE = {
    "keys in another order",
    *("a space", "a trailing space", "a leading space", "a line end", "a negative zero"),
    *("an escaped smiley", "an escaped letter", "an escaped slash", "an escaped line end"),
    *("upper-case hexadecimal", "an overlong escape of a backspace"),
}


@pytest.mark.parametrize("name", NOT_CANONICAL)
def test_an_envelope_over_the_wire_may_be_written_freely_but_not_ambiguously(name: str) -> None:
    """Spaces and order are the client's choice; duplicate keys, floats and half characters are not."""
    if name in FREE_OVER_THE_WIRE:
        parse_json(NOT_CANONICAL[name], limit=1_000_000)
        return
    with pytest.raises(NotCanonical):
        parse_json(NOT_CANONICAL[name], limit=1_000_000)


def test_the_limits_themselves_are_allowed() -> None:
    """2^53 - 1 and 16 levels: one more is one too many."""
    for value in (
        MAX_INT,
        -MAX_INT,
        0,
        nested(MAX_DEPTH),
        nested(MAX_DEPTH - 1, {}),
        nested(MAX_DEPTH - 1, [1]),
    ):
        assert parse_canonical(canonical(value), limit=1000) == value


@pytest.mark.parametrize("parse", [parse_canonical, parse_json])
def test_the_size_is_limited_before_anything_is_read(parse: Any) -> None:
    """Also for bytes that are no JSON at all."""
    assert parse(b'"abc"', limit=5) == "abc"
    with pytest.raises(TooLarge, match="6 bytes are more than the 5 allowed"):
        parse(b"{{{{{{", limit=5)


class Number(enum.IntEnum):
    """Looks like an integer, and would be written as one."""

    ONE = 1


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        b"bytes",
        {1: "a"},
        {None: "a"},
        {"a": {"b": [1.5]}},
        Number.ONE,
        {1, 2},
        pytest.param(object(), id="an object"),
        nested(MAX_DEPTH + 1),
        nested(MAX_DEPTH, []),
        nested(MAX_DEPTH, {}),
        "\ud800",
        {"\udfff": 1},
        ["a", "é\udc00"],
    ],
    ids=repr,
)
def test_a_value_without_canonical_form_is_not_written(value: object) -> None:
    """Neither silently changed nor an error of another kind."""
    with pytest.raises(NotCanonical):
        canonical(value)


# ── base64 ─────────────────────────────────────────────────────────────────────────────────────


@given(st.binary(max_size=100))
def test_base64_is_read_as_it_was_written(data: bytes) -> None:
    """RFC 4648 §4 with padding."""
    assert unb64(b64(data), size=len(data)) == data


@given(st.binary(min_size=1, max_size=40))
def test_every_other_writing_of_base64_is_refused(data: bytes) -> None:
    """Trailing bits that mean nothing would be a second way to write the same bytes."""
    text = b64(data)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = text.rstrip("=")
    for letter in alphabet:
        other = last[:-1] + letter + text[len(last) :]
        if other != text and base64.b64decode(other) == data:
            with pytest.raises(BadEncoding, match="another, shorter way"):
                unb64(other)


@given(st.text("AQgR/=", max_size=12))
def test_whatever_is_accepted_as_base64_is_written_again_alike(text: str) -> None:
    """Only the last group is compared, so nothing else may have two forms."""
    with contextlib.suppress(BadEncoding):
        assert b64(unb64(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "QQ",
        "QQ=",
        "QR==",
        "QQ==\n",
        " QQ==",
        "Q\nQ==",
        "QQ=Q",
        "=QQ=",
        "QQ==QQ==",
        "Q",
        "Q===",
        "QUFB=",
        "QUFB====",
        "-_8=",
        "QQ==é",
        "Ä",
    ],
)
def test_loose_base64_is_refused(text: str) -> None:
    """Python's decoder takes some of these."""
    with pytest.raises(BadEncoding):
        unb64(text)


@pytest.mark.parametrize("value", [None, 5, b"QQ==", ["QQ=="]])
def test_base64_is_text(value: object) -> None:
    """In JSON it can be anything else."""
    with pytest.raises(BadEncoding, match="base64 text expected"):
        unb64(value)


def test_the_size_of_what_is_in_it_is_checked() -> None:
    """A digest of 31 bytes is none."""
    with pytest.raises(BadEncoding, match="32 bytes expected, 31 found"):
        unb64(b64(bytes(31)), size=32)
