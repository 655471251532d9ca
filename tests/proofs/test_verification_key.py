"""Is a verification key read in its one form, and is a key refused under which nothing is proven?"""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.verification_key import (
    ED25519,
    KINDS,
    MAX_VKEY,
    MLDSA44_COSIGNATURE,
    TREE_HEAD,
    VERIFIED_KINDS,
    VerificationKey,
    parse_verification_key,
    verification_key,
)
from tests.support.logs import ORIGIN, log_signer, mldsa_signer, witness
from tests.support.vectors import VECTORS, load

XMOD: dict[str, Any] = load("signed-note/xmod-sumdb-note.json")
FORMATS: dict[str, dict[str, Any]] = {
    vector["name"]: vector for vector in load("tlog-cosignature/formats-vkeys.json")["vkeys"]
}
LOW_ORDER: dict[str, str] = load("cctv-ed25519/low-order-points.json")
OLD_HASH = "works: native algMLDSA44 verifier"
KEYS = [signer.verification_key for signer in (log_signer(), witness(3), mldsa_signer())]


def refused(text: str) -> bool:
    """Whether the text is refused, with its check."""
    try:
        parse_verification_key(text)
    except ProofError as error:
        return error.check == "8.10"
    return False


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"type {key.kind}")
def test_a_key_is_read_as_it_was_written(key: VerificationKey) -> None:
    """Of all three types that are verified here."""
    assert parse_verification_key(key.text) == key
    assert key.kind in VERIFIED_KINDS


@pytest.mark.parametrize("text", XMOD["vkeys"]["good"])
def test_every_other_spelling_of_a_good_key_is_refused(text: str) -> None:
    """Every part of it, and every copy with one character incremented, as the vectors demand."""
    assert parse_verification_key(text).text == text
    parts = {text[start:end] for start in range(len(text)) for end in range(start, len(text) + 1)} - {text}
    changed = {text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :] for at in range(len(text))}
    assert [other for other in parts | changed if not refused(other)] == []


@pytest.mark.parametrize("text", XMOD["vkeys"]["bad"])
def test_the_bad_keys_of_the_vectors_are_refused(text: str) -> None:
    """Bytes after the key; a type that nobody has assigned."""
    assert refused(text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_keys_of_another_implementation_are_read_alike(name: str) -> None:
    """One of them has a hash that is not its own: we refuse what its source does not look at."""
    vector = FORMATS[name]
    assert refused(vector["vkey"]) == (not vector["ok"] or name == OLD_HASH)


def test_a_key_with_the_hash_of_another_is_refused_and_read_with_its_own() -> None:
    """A slip of the pen in a key must show: C2SP tlog-cosignature prescribes how the hash is computed."""
    text = FORMATS[OLD_HASH]["vkey"]
    with pytest.raises(ProofError, match="the hash 5893dc2c of the key of test is wrong"):
        parse_verification_key(text)
    key = parse_verification_key(text.replace("5893dc2c", "31236897"))
    assert (key.name, key.kind, len(key.key)) == ("test", MLDSA44_COSIGNATURE, 1312)


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_low_order_key_of_a_log_or_witness_is_refused(point: str) -> None:
    """Under such a key one signature verifies for every checkpoint."""
    for kind in (0x01, 0x04):
        with pytest.raises(ProofError, match="cannot be used"):
            parse_verification_key(VerificationKey("example.org", kind, bytes.fromhex(point)).text)


@pytest.mark.parametrize("kind", range(256))
def test_only_assigned_types_are_read(kind: int) -> None:
    """A key of another assigned type is read and verifies nothing; an unassigned one is refused."""
    public = SigningKey(bytes(32)).public + bytes(1280 * (kind == MLDSA44_COSIGNATURE))
    key = VerificationKey("example.org", kind, public)
    assert refused(key.text) == (kind not in KINDS)


def test_the_hash_of_an_rfc_6962_key_is_that_of_a_real_log() -> None:
    """Type 0x05 hashes the log id; a checkpoint in the vectors names its key so."""
    folder = "sunlight-skylight/cmd/skylight/testdata/tree"
    log = load(f"{folder}/log.v3.json")
    line = (VECTORS / folder / "checkpoint").read_text("utf-8").split("\n")[4]
    key = VerificationKey(log["description"], TREE_HEAD, base64.b64decode(log["key"]))
    assert base64.b64decode(line.split(" ")[2])[:4] == key.hash


@pytest.mark.parametrize(
    "text",
    [
        *("", "+", "++", "name", f"+00000000+{b64(bytes(33))}", f"name+0000000+{b64(bytes(33))}"),
        log_signer().verification_key.text.upper(),
        log_signer().verification_key.text + "\n",
        " " + log_signer().verification_key.text,
        log_signer().verification_key.text + "=",
        VerificationKey("two words", ED25519, SigningKey(bytes(32)).public).text,
        VerificationKey("nbsp\u00a0", ED25519, SigningKey(bytes(32)).public).text,
        VerificationKey("bell\a", ED25519, SigningKey(bytes(32)).public).text,
        VerificationKey("short", ED25519, bytes(31)).text,
        VerificationKey("short", MLDSA44_COSIGNATURE, bytes(1311)).text,
        VerificationKey("empty", 0xFF, b"").text[:-4],
        VerificationKey("x" * MAX_VKEY, ED25519, SigningKey(bytes(32)).public).text,
    ],
)
def test_a_key_in_any_other_form_is_refused(text: str) -> None:
    """A key is typed by hand and trusted for years."""
    assert refused(text)


def test_the_text_of_a_key_is_what_the_genesis_entry_names() -> None:
    """The short way to write an Ed25519 key."""
    signer = log_signer()
    assert verification_key(ORIGIN, signer.verification_key.key) == signer.verification_key.text
