"""Is a private key on the disk what it was, and is a wrong passphrase told from a broken file?"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ledger.errors import BadKey, NotFound, PassphraseMissing, PassphraseWrong
from ledger.keyfile import read_key, write_key
from ledger.log_key.files import MLDSA44Key, make_log_key, read_log_key
from ledger.passphrase import MAX_PASSPHRASE, Passphrases, read_passphrase
from ledger.proof.keys import verify
from ledger.proof.mldsa import verify as verify_mldsa
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE

SEED = bytes(range(32))
SECRET = b"three long and random words"


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase of whoever runs the tests must not help."""
    for name in ("CREDENTIALS_DIRECTORY", "STIMMBUCH_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a key is to be."""
    return tmp_path / "keys" / "anna.key"


def told(secret: bytes) -> Passphrases:
    """Somebody at the terminal who knows this passphrase."""
    return Passphrases(ask=lambda what: secret.decode())


def refuse(what: str) -> bytes:
    """Nobody may be asked."""
    raise AssertionError(f"asked for the passphrase of {what}")


# ── writing ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("passphrase", [None, SECRET])
def test_a_key_is_read_as_it_was_written(path: Path, passphrase: bytes | None) -> None:
    """Encrypted or not, it is the same key."""
    written = write_key(path, SEED, passphrase)
    assert read_key(path, told(SECRET)).seed == written.seed == SEED


def test_a_key_file_is_readable_by_its_owner_only(path: Path) -> None:
    """Whatever the umask says."""
    before = os.umask(0)
    try:
        write_key(path, SEED)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_is_never_overwritten(path: Path) -> None:
    """A slip of the pen must not destroy a key that is in the register; nothing else is left behind."""
    write_key(path, SEED)
    with pytest.raises(BadKey, match="exists already"):
        write_key(path, bytes(32))
    assert read_key(path).seed == SEED
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_write_that_breaks_off_leaves_no_half_of_a_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A truncated key file would stop a founding for ever."""

    def broken(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(BadKey, match="cannot be written: No space left"):
        write_key(path, SEED)
    assert list(path.parent.iterdir()) == []


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    """The folder is a file."""
    (tmp_path / "file").write_text("")
    with pytest.raises(BadKey, match="cannot be written"):
        write_key(tmp_path / "file" / "anna.key", SEED)


# ── encrypted ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT TESTED WITH OPENSSL: it is not installed")
def test_an_encrypted_key_does_not_hold_the_seed(path: Path) -> None:
    """PKCS #8, which other programs read with the passphrase, and not without it."""
    write_key(path, SEED, SECRET)
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    for passphrase, code in ((SECRET.decode(), 0), ("wrong", 1)):
        order = ["openssl", "pkey", "-in", str(path), "-noout", "-passin", f"pass:{passphrase}"]
        assert subprocess.run(order, capture_output=True, check=False).returncode == code


def test_a_wrong_passphrase_is_told_from_a_broken_file(path: Path) -> None:
    """The one is asked for again, the other is fetched from the backup."""
    write_key(path, SEED, SECRET)
    with pytest.raises(PassphraseWrong, match=r"anna\.key cannot be decrypted"):
        read_key(path, told(b"wrong"))


LUCKY = b"""-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBCMDZD3SjIrVn9QqytS
AOIQAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQev3kS7sP0B5MEmtr
pJMsrwRAAc8w1MUVahVkZ+y6zNIVZayaH790dYRulALDFjhBxhMmri664TcLAn6Q
Ps5jCnR71y62DDCqmdBAAXhAt3T6Rg==
-----END ENCRYPTED PRIVATE KEY-----
"""
"""Encrypted with "right". What "wrong 200" makes of it is no key, but ends as one of 256 texts does."""


def test_a_wrong_passphrase_that_seems_to_fit_is_told_as_one(path: Path) -> None:
    """The padding fits by chance: once in 256 times a mistyped passphrase looked like a broken file."""
    path.parent.mkdir(parents=True)
    path.write_bytes(LUCKY)
    with pytest.raises(PassphraseWrong):
        read_key(path, told(b"wrong 200"))
    path.write_bytes(LUCKY.replace(b"MIGj", b"MIGk"))
    with pytest.raises(BadKey):
        read_key(path, told(b"wrong 200"))


def test_a_missing_passphrase_is_told(path: Path) -> None:
    """And where it could come from."""
    write_key(path, SEED, SECRET)
    with pytest.raises(PassphraseMissing, match=r"anna\.key is encrypted"):
        read_key(path)
    assert "--passphrase-file" in PassphraseMissing.hint


def test_nobody_is_asked_for_a_key_that_is_not_encrypted(path: Path) -> None:
    """A script without a terminal goes on as before."""
    write_key(path, SEED)
    assert read_key(path, refuse).seed == SEED


@pytest.mark.parametrize("passphrase", [None, SECRET])
@pytest.mark.parametrize("keep", [0, 1, 30, 60, 100, -2])
def test_a_truncated_key_file_is_no_key(path: Path, passphrase: bytes | None, keep: int) -> None:
    """At whatever place it ends: never a traceback, never another key."""
    write_key(path, SEED, passphrase)
    path.write_bytes(path.read_bytes()[:keep].rstrip(b"\n"))
    with pytest.raises(BadKey, match="no private key in PEM, or not all of it"):
        read_key(path, told(SECRET))


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 300, b"-----BEGIN PRIVATE KEY-----\n"])
def test_something_else_is_no_key(path: Path, data: bytes) -> None:
    """A document that was named by mistake."""
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(BadKey):
        read_key(path, told(SECRET))


def test_a_key_of_another_kind_is_refused(path: Path) -> None:
    """An ECDSA key of a web server, and an ML-DSA-44 key where a person signs."""
    path.parent.mkdir()
    ecdsa = generate_private_key(SECP256R1())
    path.write_bytes(ecdsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(BadKey, match="Ed25519 is needed"):
        read_key(path)
    with pytest.raises(BadKey, match="Ed25519 or ML-DSA-44"):
        read_log_key(path, refuse)
    make_log_key(path.with_name("log.key"), MLDSA44_COSIGNATURE, None)
    with pytest.raises(BadKey, match="Ed25519 is needed"):
        read_key(path.with_name("log.key"))


def test_a_file_that_is_not_there_is_named(path: Path) -> None:
    """With the reason of the system."""
    with pytest.raises(NotFound, match=r"anna\.key cannot be read: No such file"):
        read_key(path)


# ── where the passphrase comes from ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [SECRET, SECRET + b"\n", SECRET + b"\r\n"])
def test_one_line_end_behind_a_passphrase_does_not_count(tmp_path: Path, text: bytes) -> None:
    """An editor puts it there."""
    (tmp_path / "pass").write_bytes(text)
    assert read_passphrase(tmp_path / "pass") == SECRET


@pytest.mark.parametrize("text", [b"", b"\n", b"x" * (MAX_PASSPHRASE + 1)])
def test_a_file_without_a_passphrase_is_refused(tmp_path: Path, text: bytes) -> None:
    """An empty one encrypts nothing; a large one is something else."""
    (tmp_path / "pass").write_bytes(text)
    with pytest.raises(PassphraseMissing):
        read_passphrase(tmp_path / "pass")
    with pytest.raises(PassphraseMissing, match="cannot be read"):
        read_passphrase(tmp_path / "nothing")


def test_the_sources_are_asked_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named file, systemd credential, file in the environment, terminal: the first one decides."""
    for name in ("named", "stimmbuch-passphrase", "environment"):
        (tmp_path / name).write_text(name)

    def asked(file: Path | None = None) -> bytes:
        return Passphrases(file, lambda what: "terminal")("a key")

    assert asked() == b"terminal"
    monkeypatch.setenv("STIMMBUCH_PASSPHRASE_FILE", str(tmp_path / "environment"))
    assert asked() == b"environment"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert asked() == b"stimmbuch-passphrase"
    assert asked(tmp_path / "named") == b"named"
    (tmp_path / "stimmbuch-passphrase").unlink()
    assert asked() == b"environment"
    (tmp_path / "environment").unlink()
    with pytest.raises(PassphraseMissing, match="cannot be read"):
        asked()


def test_a_person_who_says_nothing_has_no_passphrase() -> None:
    """Return at the prompt, or nobody there."""
    silent = Passphrases(ask=lambda what: ""), Passphrases(ask=lambda what: None)
    for nobody in silent:
        with pytest.raises(PassphraseMissing, match="a key is encrypted"):
            nobody("a key")


# ── log keys ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("passphrase", [None, SECRET])
@pytest.mark.parametrize("kind", [ED25519, MLDSA44_COSIGNATURE])
def test_a_log_key_of_each_kind_is_kept_in_a_file(path: Path, kind: int, passphrase: bytes | None) -> None:
    """And signs after it was read again."""
    made = make_log_key(path, kind, passphrase)
    read = read_log_key(path, told(SECRET))
    assert (read.kind, read.public, read.id) == (kind, made.public, made.id)
    check = verify_mldsa if isinstance(read, MLDSA44Key) else verify
    check(made.public, read.sign(b"a checkpoint"), b"a checkpoint")
