"""Is a log key named in one way only, and is the right one found among those that a ledger has?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import BadKey, BadShape, KeyUnavailable, NotFound, PassphraseWrong
from ledger.log_key.keyring import LIST, Keyring
from ledger.log_key.private import vkey
from ledger.log_key.reference import is_token, parse_token_reference
from ledger.passphrase import Passphrases
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, parse_verification_key

ORIGIN = "ledger.example.org/rat"
URI = "pkcs11:token=council;object=log?module-path=/usr/lib/module.so"


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    """The keys of a ledger that has none yet."""
    return Keyring(tmp_path / "keys")


# ── PKCS#11 URIs (RFC 7512) ────────────────────────────────────────────────────────────────────


def test_a_token_is_told_from_a_path() -> None:
    """A file may be called anything else."""
    assert is_token(URI)
    assert not is_token("log.key")
    assert not is_token("/run/credentials/stimmbuch.service/log.key")


def test_the_parts_of_a_uri_are_read() -> None:
    """With everything that may be escaped in it."""
    found = parse_token_reference(
        "pkcs11:token=Samtgemeinde%20Am%20See;serial=1a79;object=log%3Bkey;id=%01%ff;type=private"
        "?module-path=/usr/lib/module.so&pin-source=file:/etc/stimmbuch/pin"
    )
    assert (found.token, found.serial, found.label, found.id) == (
        *("Samtgemeinde Am See", "1a79", "log;key"),
        b"\x01\xff",
    )
    assert (found.module, found.pin_source) == (Path("/usr/lib/module.so"), Path("/etc/stimmbuch/pin"))


@pytest.mark.parametrize(
    "text",
    [
        "pkcs11:",
        "pkcs11:token=council;object=log",
        "pkcs11:token=council?module-path=/m.so",
        "pkcs11:object=log?module-path=/m.so",
        "pkcs11:token=council;object=log;object=other?module-path=/m.so",
        "pkcs11:token=council;object=?module-path=/m.so",
        "pkcs11:token=council;object?module-path=/m.so",
        "pkcs11:token=council;object=log;type=public?module-path=/m.so",
        "pkcs11:token=council;object=log;colour=red?module-path=/m.so",
        "pkcs11:token=council;object=log?module-path=/m.so&pin-value=4711",
        "pkcs11:token=council;object=log?module-path=/m.so&pin-source=",
        "pkcs11:token=council;object=log?module-name=softhsm",
    ],
)
def test_a_malformed_uri_is_refused(text: str) -> None:
    """Nothing is guessed: another key of the token would sign."""
    with pytest.raises(BadShape):
        parse_token_reference(text)


def test_a_pin_does_not_stand_in_a_uri() -> None:
    """It would lie in a file, and in the list of processes."""
    with pytest.raises(BadShape, match="'pin-value' of a pkcs11 URI is not known"):
        parse_token_reference(f"{URI}&pin-value=4711")


# ── the list ───────────────────────────────────────────────────────────────────────────────────


def test_a_ledger_without_a_list_has_the_keys_that_it_was_founded_with(ring: Keyring) -> None:
    """Their files have fixed names."""
    assert ring.references() == []
    ring.make("log.key", ED25519)
    assert ring.references() == ["log.key"]
    ring.make("log-mldsa44.key", MLDSA44_COSIGNATURE)
    assert ring.references() == ["log.key", "log-mldsa44.key"]


def test_a_further_key_does_not_hide_the_first_ones(ring: Keyring) -> None:
    """The list is written when the first key comes that is not found by its name."""
    ring.make("log.key", ED25519)
    ring.add(URI)
    ring.add(URI)
    assert ring.references() == ["log.key", URI]
    assert (ring.folder / LIST).read_text() == f"log.key\n{URI}\n"


def test_a_list_that_cannot_be_read_is_an_error(ring: Keyring) -> None:
    """Not the same as none: then the first key would sign again."""
    ring.folder.mkdir()
    (ring.folder / LIST).mkdir()
    with pytest.raises(KeyUnavailable):
        ring.references()
    with pytest.raises(KeyUnavailable):
        ring.add(URI)


def test_a_key_of_the_wrong_kind_is_not_taken(ring: Keyring) -> None:
    """A file that is there already holds something else."""
    ring.make("log.key", ED25519)
    with pytest.raises(BadKey, match="of another kind"):
        ring.make("log.key", MLDSA44_COSIGNATURE)


# ── who signs ──────────────────────────────────────────────────────────────────────────────────


def test_current_keys_sign_first_and_former_ones_beside_them(ring: Keyring) -> None:
    """Whoever knows only the old key goes on verifying, as long as its file is there."""
    old, new = ring.make("log.key", ED25519), ring.make("log-2.key", ED25519)
    ring.add("log-2.key")
    current, former = [vkey(new, ORIGIN)], [vkey(old, ORIGIN)]
    assert [key.public for key in ring.signers(ORIGIN, current, former)] == [new.public, old.public]
    (ring.folder / "log.key").unlink()
    assert [key.public for key in ring.signers(ORIGIN, current, former)] == [new.public]


def test_a_current_key_that_is_not_at_hand_is_named_with_the_reason(ring: Keyring) -> None:
    """The operator reads which file is missing; nothing is signed with less."""
    key = ring.make("log.key", ED25519)
    ring.add("log-2.key")
    (ring.folder / "log.key").unlink()
    with pytest.raises(KeyUnavailable, match=r"is not at hand: .*log\.key cannot be read: No such file"):
        ring.signers(ORIGIN, [vkey(key, ORIGIN)])
    (ring.folder / LIST).write_text("")
    with pytest.raises(KeyUnavailable, match="no reference names it"):
        ring.signers(ORIGIN, [vkey(key, ORIGIN)])


def test_a_wrong_passphrase_is_not_taken_for_a_missing_key(tmp_path: Path) -> None:
    """What to do next is another thing."""
    Keyring(tmp_path).make("log.key", ED25519, b"right")
    wrong = Keyring(tmp_path, Passphrases(ask=lambda what: "wrong"))
    with pytest.raises(PassphraseWrong):
        wrong.at_hand(ORIGIN)
    assert Keyring(tmp_path, Passphrases(ask=lambda what: "right")).passphrase_for_new() == b"right"


def test_a_key_is_named_as_notes_name_it(ring: Keyring) -> None:
    """The vkey of each kind can be read again."""
    for name, kind in (("log.key", ED25519), ("log-mldsa44.key", MLDSA44_COSIGNATURE)):
        key = ring.make(name, kind)
        read = parse_verification_key(vkey(key, ORIGIN))
        assert (read.name, read.kind, read.key) == (ORIGIN, kind, key.public)


def test_an_unknown_reference_is_not_found(ring: Keyring) -> None:
    """A file that is not there."""
    with pytest.raises(NotFound):
        ring.open("nothing.key")
