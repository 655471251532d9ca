"""Does a disclosed text belong to its digest, and does the digest alone say nothing?"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import BadShape, Invalid, ProofError, TooLarge
from ledger.proof.disclosure import MAX_DISCLOSURE, SALT_BYTES, disclose, read_disclosure

SALT = bytes(range(SALT_BYTES))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)

RFC_9901 = [
    (
        "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd",
        "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
        ("given_name", "John"),
    ),
    (
        "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
        "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
        ("family_name", "Möbius"),
    ),
]
"""RFC 9901 (SD-JWT): two of its disclosures with the digests that it prints."""


def encode(text: str | bytes) -> str:
    """base64url without padding."""
    data = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(("encoded", "digest", "pair"), RFC_9901)
def test_the_rfcs_own_examples(encoded: str, digest: str, pair: tuple[str, str]) -> None:
    """Digests are those of every other implementation."""
    read = read_disclosure(encoded, digest)
    assert (read.name, read.value) == pair
    assert (read.encoded, read.digest) == (encoded, digest)


def test_our_writing_is_the_rfcs_writing() -> None:
    """With the salt of its example the same bytes come out: separators and all."""
    encoded, digest, (name, value) = RFC_9901[0]
    salt = base64.urlsafe_b64decode("2GLC42sKQveCfGfryNRN9w==")
    assert disclose(name, value, salt).encoded == encoded
    assert disclose(name, value, salt).digest == digest


@given(TEXT, TEXT, st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES))
def test_what_was_disclosed_is_read_again(name: str, value: str, salt: bytes) -> None:
    """Name, value and digest, in every script."""
    made = disclose(name, value, salt)
    assert read_disclosure(made.encoded, made.digest) == made
    array = json.loads(base64.urlsafe_b64decode(made.encoded + "=" * (-len(made.encoded) % 4)))
    assert array == [encode(salt), name, value]
    assert made.digest == encode(hashlib.sha256(made.encoded.encode("ascii")).digest())


@given(TEXT, TEXT)
def test_another_salt_is_another_digest(name: str, value: str) -> None:
    """Nobody can tell from two digests that two people have the same name."""
    assert disclose(name, value, SALT).digest != disclose(name, value, bytes(16)).digest


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_whatever_is_not_a_disclosure_is_refused(encoded: str) -> None:
    """Each text is read as itself or refused; nothing else can be raised."""
    with contextlib.suppress(Invalid):
        assert read_disclosure(encoded).encoded == encoded


def test_another_text_than_the_digest_says_is_no_proof() -> None:
    """Whoever holds the disclosures cannot put another name into the minutes."""
    made, other = disclose("person", "Anna", SALT), disclose("person", "Berta", SALT)
    with pytest.raises(ProofError, match=f"has the digest {other.digest}, not {made.digest}") as caught:
        read_disclosure(other.encoded, made.digest)
    assert caught.value.check == "7.3"


def test_the_salt_has_128_bits() -> None:
    """A shorter one could be guessed together with the text."""
    for size in (0, 8, 15, 17, 32):
        with pytest.raises(BadShape, match=f"16 bytes, not {size}"):
            disclose("person", "Anna", bytes(size))


GOOD = disclose("person", "Anna", SALT).encoded
MALFORMED: dict[str, str] = {
    "nothing": "",
    "padding": RFC_9901[1][0] + "=",
    "standard base64": encode('["s", "n", "ÿÿÿ>>>"]').replace("-", "+").replace("_", "/") + "+/",
    "a line end": GOOD + "\n",
    "a space": GOOD[:8] + " " + GOOD[8:],
    "trailing bits": RFC_9901[1][0][:-1] + "1",
    "not ASCII": "é" + GOOD,
    "not JSON": encode("salt, name, value"),
    "not UTF-8": encode(b'["s", "n", "\xff"]'),
    "half a character": encode('["s", "n", "\\ud800"]'),
    "an object": encode('{"salt": "s"}'),
    "two parts": encode('["s", "n"]'),
    "four parts": encode('["s", "n", "v", "w"]'),
    "a number": encode('["s", "n", 5]'),
    "a float": encode('["s", "n", 5.5]'),
    "a list inside": encode('["s", "n", ["v"]]'),
    "null": encode('["s", null, "v"]'),
    "duplicate keys": encode('["s", "n", {"a": 1, "a": 2}]'),
}


@pytest.mark.parametrize("encoded", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_disclosure_is_refused(encoded: str) -> None:
    """It is stored for ever beside the log: one writing, three texts."""
    with pytest.raises(BadShape):
        read_disclosure(encoded)


def test_a_disclosure_has_at_most_64_kib() -> None:
    """To the byte of its stored form, when it is made and when it is read."""
    longest = MAX_DISCLOSURE // 4 * 3 - len(json.dumps([encode(SALT), "title", ""]))
    made = disclose("title", "x" * longest, SALT)
    assert len(made.encoded) == MAX_DISCLOSURE
    assert read_disclosure(made.encoded, made.digest) == made
    with pytest.raises(TooLarge):
        disclose("title", "x" * (longest + 1), SALT)
    with pytest.raises(TooLarge):
        read_disclosure(encode(json.dumps([encode(SALT), "title", "x" * (longest + 1)])))


@pytest.mark.parametrize("value", ["\ud800", "a\udfff"])
def test_half_a_character_is_not_disclosed(value: str) -> None:
    """It could not be written to any file or page."""
    with pytest.raises(BadShape):
        disclose("title", value, SALT)
