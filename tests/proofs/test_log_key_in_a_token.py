"""Does a log key sign without ever leaving its token, and is everything that can go wrong there told?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.errors import KeyUnavailable, PassphraseMissing
from ledger.founding import REGISTRAR, found, keys_of
from ledger.keyfile import read_key
from ledger.log_key import token
from ledger.log_key.keyring import Keyring
from ledger.log_key.private import vkey
from ledger.log_key.reference import parse_token_reference
from ledger.log_key.token import TokenKey, make_token_key
from ledger.passphrase import ENVIRONMENT, Passphrases
from ledger.proof.keys import verify
from ledger.proof.signers import NoteSigner
from ledger.proof.verification_key import ED25519
from ledger.rotation import Wanted, log_signers, rotation
from ledger.storage import open_store
from tests.support.builders import Clock
from tests.support.tokens import MISSING, MODULE, PIN, make_token, reference

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"NOT TESTED WITH A TOKEN: {', '.join(MISSING)} not installed"
)

ORIGIN = "ledger.example.org/rat"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh token; the module is loaded anew, as in a process that starts now."""
    for name, value in make_token(tmp_path / "hsm").items():
        monkeypatch.setenv(name, value)
    forget()
    return tmp_path / "hsm"


def forget() -> None:
    """What this process knows of tokens: SoftHSM reads its configuration when it is initialised."""
    import pkcs11

    for known in (token._sessions, token._refused):
        known.clear()
    pkcs11.lib(MODULE).reinitialize()


def key(folder: Path, name: str = "log", **query: str) -> TokenKey:
    """The key of this name, made if it is not there."""
    return make_token_key(parse_token_reference(reference(folder, name, **query)), ENVIRONMENT)


def test_a_key_that_was_made_in_a_token_signs(folder: Path) -> None:
    """Libsodium verifies what the token signs: 64 bytes, the same each time."""
    made = key(folder)
    signature = made.sign(b"a checkpoint")
    verify(made.public, signature, b"a checkpoint")
    assert made.kind == ED25519
    assert made.sign(b"a checkpoint") == signature


def test_a_key_is_made_once(folder: Path) -> None:
    """Founding that was interrupted goes on with the key that is there."""
    assert key(folder).public == key(folder).public
    assert key(folder, "other").public != key(folder).public


def test_the_private_half_cannot_be_read(folder: Path) -> None:
    """Neither by us nor by whoever knows the PIN."""
    import pkcs11

    key(folder)
    session = next(iter(token._sessions.values()))
    private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label="log")
    assert private[pkcs11.Attribute.SENSITIVE]
    assert not private[pkcs11.Attribute.EXTRACTABLE]
    with pytest.raises(pkcs11.AttributeSensitive):
        private[pkcs11.Attribute.VALUE]


def test_many_threads_sign_with_one_token(folder: Path) -> None:
    """A publisher and a rotation at the same time."""
    keys = [key(folder, name) for name in ("log", "log-2")]
    messages = [b"%d" % number for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        signed = list(threads.map(lambda message: [one.sign(message) for one in keys], messages))
    for message, signatures in zip(messages, signed, strict=True):
        for one, signature in zip(keys, signatures, strict=True):
            verify(one.public, signature, message)


def test_a_child_process_uses_the_token_for_itself(folder: Path) -> None:
    """Workers are forked: what the parent had opened is not theirs."""
    program = f"""
import os
from ledger.log_key.reference import parse_token_reference
from ledger.log_key.token import TokenKey
from ledger.passphrase import ENVIRONMENT
from ledger.proof.keys import verify
reference = parse_token_reference({reference(folder)!r})
parent = TokenKey(reference, ENVIRONMENT)
child = os.fork()
if not child:
    verify(parent.public, parent.sign(b"child"), b"child")
    verify(parent.public, TokenKey(reference, ENVIRONMENT).sign(b"again"), b"again")
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
verify(parent.public, parent.sign(b"parent"), b"parent")
"""
    key(folder)
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ})


# ── what can go wrong ──────────────────────────────────────────────────────────────────────────


def test_a_token_that_was_taken_out_comes_back(folder: Path) -> None:
    """While it is away signing fails, and nothing else; with it back signing goes on."""
    made = key(folder)
    (folder / "tokens").rename(folder / "drawer")
    (folder / "tokens").mkdir()
    with pytest.raises(KeyUnavailable, match="NoSuchToken"):
        made.sign(b"a checkpoint")
    shutil.rmtree(folder / "tokens")
    (folder / "drawer").rename(folder / "tokens")
    verify(made.public, made.sign(b"a checkpoint"), b"a checkpoint")


def test_a_wrong_pin_is_tried_once(folder: Path) -> None:
    """Tokens lock themselves after a few: a publisher that tries again and again would destroy the key."""
    key(folder)
    forget()
    (folder / "pin").write_text("0000")
    with pytest.raises(KeyUnavailable, match="PinIncorrect"):
        key(folder)
    (folder / "pin").write_text(PIN)
    with pytest.raises(KeyUnavailable, match="is not asked again"):
        key(folder)
    forget()
    key(folder)


def test_the_pin_comes_from_where_passphrases_come_from(folder: Path) -> None:
    """Without `pin-source`: a file, the environment, or a person."""
    uri = parse_token_reference(reference(folder).replace(f"&pin-source={folder / 'pin'}", ""))
    with pytest.raises(PassphraseMissing, match="the token council"):
        make_token_key(uri, ENVIRONMENT)
    make_token_key(uri, Passphrases(folder / "pin"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (("token=council", "token=elsewhere"), "NoSuchToken"),
        (("object=log", "object=nothing"), "NoSuchKey"),
        ((MODULE, "/nonexistent/module.so"), "cannot open shared object file"),
        (("/pin", "/no-pin"), "cannot be read"),
    ],
)
def test_what_is_not_there_is_named(folder: Path, changes: tuple[str, str], says: str) -> None:
    """Token, key, module, PIN: one error, never a traceback."""
    key(folder)
    forget()
    with pytest.raises((KeyUnavailable, PassphraseMissing), match=says):
        TokenKey(parse_token_reference(reference(folder).replace(*changes)), ENVIRONMENT)


def test_two_keys_of_one_name_are_not_chosen_between(folder: Path) -> None:
    """Somebody made a second one beside us: an id tells them apart."""
    one = key(folder)
    token._generate(next(iter(token._sessions.values())).token, one.reference)
    with pytest.raises(KeyUnavailable, match="MultipleObjectsReturned"):
        key(folder)


def test_without_the_library_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: most ledgers keep their keys in files."""
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(KeyUnavailable, match=r"pip install stimmbuch\[hsm\]"):
        key(folder)


def test_a_token_that_signs_with_another_key_is_found_out(folder: Path) -> None:
    """Somebody put another key under the name: found before the signature is published, not afterwards."""
    one, other = key(folder), key(folder, "other")
    one.public = other.public
    with pytest.raises(KeyUnavailable, match="signs with another key"):
        one.sign(b"a checkpoint")


def signers_of(ledger: VotingLedger, ring: Keyring) -> Sequence[NoteSigner]:
    """Who signs the next checkpoint."""
    with ledger.current() as state:
        return log_signers(state, ring, ledger.clock).signers


# ── a ledger ───────────────────────────────────────────────────────────────────────────────────


def test_a_ledger_is_founded_with_a_key_in_a_token(folder: Path, tmp_path: Path) -> None:
    """Its Ed25519 key is nowhere in a file."""
    store = open_store(str(tmp_path / "rat"), create=True)
    with closing(VotingLedger(store, clock=Clock(), origin=ORIGIN)) as ledger:
        found(ledger, time_zone="UTC", log_key=reference(folder))
        ring = Keyring(keys_of(store.home))
        first, *_ = signers_of(ledger, ring)
        assert first.verification_key.text == vkey(key(folder), ORIGIN)
        assert not (ring.folder / "log.key").exists()
        assert audit_store(store).holds


def test_a_log_key_moves_from_a_file_into_a_token(folder: Path, tmp_path: Path) -> None:
    """And both sign from then on, the one in the token first."""
    store = open_store(str(tmp_path / "rat"), create=True)
    with closing(VotingLedger(store, clock=Clock(), origin=ORIGIN)) as ledger:
        found(ledger, time_zone="UTC")
        ring = Keyring(keys_of(store.home))
        before = signers_of(ledger, ring)
        uri = reference(folder)
        envelope, used = rotation(ledger, ring, Wanted(ED25519, REGISTRAR, reference=uri))
        registrar = read_key(ring.folder / f"{REGISTRAR}.key")
        ledger.submit(envelope.countersign(registrar))
        after = signers_of(ledger, ring)
        assert used == uri
        assert vkey(key(folder), ORIGIN) in [one.verification_key.text for one in after]
        assert {one.verification_key for one in before} < {one.verification_key for one in after}
        assert audit_store(store).holds


def test_the_command_line_founds_and_rotates_with_a_token(folder: Path, tmp_path: Path) -> None:
    """As it is typed: a key in a token from the first entry on, then another one in the same token."""
    rat = str(tmp_path / "rat")
    run = CliRunner().invoke
    done = run(main, ["init", "--store", rat, "--origin", ORIGIN, "--log-key", reference(folder)])
    assert done.exit_code == 0, done.output
    order = ["rotate-log-key", "--store", rat, "--to", reference(folder, "log-2")]
    done = run(main, [*order, "--key", f"{rat}/keys/registrar.key"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "rat" / "keys").iterdir()) == [
        *("log-keys", "log-mldsa44.key", "registrar.key", "service.key")
    ]
    assert run(main, ["verify", rat]).exit_code == 0
    done = run(
        main, [*order[:-1], reference(folder, "x", label="elsewhere"), "--key", f"{rat}/keys/registrar.key"]
    )
    assert (done.exit_code, "NoSuchToken" in done.output) == (2, True)
