"""Does an import into a ledger with encrypted keys leave no key in the clear, and need the passphrase?

The secret of a replay signs for everybody who is replayed: it is a key like the others.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.cli.imports import import_file
from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.errors import PassphraseMissing, PassphraseWrong
from ledger.founding import keys_of, replay_secret
from ledger.keyfile import is_encrypted, read_key, write_key
from ledger.passphrase import Passphrases
from ledger.storage import open_store

CALL = {
    "id": "one",
    "body": "Council",
    "title": "A motion",
    "held_at": "2026-01-31T10:00:00Z",
    "rule": "simple-majority",
    "options": ["yes", "no"],
    "members": [{"id": "m1", "name": "Eva"}, {"id": "m2", "name": "Jan"}],
    "casts": [{"member": "m1", "choice": "yes"}, {"member": "m2", "choice": "yes"}],
    "published": {"counts": {"yes": 2, "no": 0}, "outcome": "adopted"},
}
SECRET = "three long and random words"


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase of whoever runs the tests must not help."""
    for name in ("CREDENTIALS_DIRECTORY", "STIMMBUCH_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A ledger whose keys are encrypted; beside it the passphrase and a file of roll calls."""
    (tmp_path / "passphrase").write_text(SECRET, "utf-8")
    (tmp_path / "calls").write_text(json.dumps(CALL) + "\n", "utf-8")
    assert typed("init", tmp_path / "store", "--origin", "ledger.example.org/replayed") == 0
    return tmp_path / "store"


def typed(command: str, store: Path, *arguments: object) -> int:
    """The exit code of a command that is given the passphrase."""
    words = [*command.split(), *arguments, "--store", store, "--passphrase-file", store.parent / "passphrase"]
    return CliRunner().invoke(main, [str(word) for word in words]).exit_code


def imported(store: Path, passphrase: str | None) -> int:
    """Casts that an import finds or records, by somebody at a terminal who types this."""
    asked = Passphrases(ask=lambda what: passphrase)
    with closing(VotingLedger(open_store(str(store)), clock=utc_now)) as ledger:
        return import_file(ledger, store.parent / "calls", quiet=True, ask=asked).casts


def plain_keys(store: Path) -> set[str]:
    """Files in the folder of keys that can be read without a passphrase."""
    return {path.name for path in keys_of(store).iterdir() if not is_encrypted(path.read_bytes())}


def test_after_an_import_every_key_is_encrypted(store: Path) -> None:
    """Registrar, service, log and replay: whoever takes the folder has no key."""
    assert plain_keys(store) == set()
    assert typed("import rollcalls", store, store.parent / "calls") == 0
    assert (keys_of(store) / "replay.key").exists()
    assert plain_keys(store) == set()


def test_importing_again_works_with_the_passphrase_and_finds_everything_recorded(store: Path) -> None:
    """The same secret is read again, so that the same statements are made."""
    assert typed("import rollcalls", store, store.parent / "calls") == 0
    with closing(open_store(str(store))) as opened:
        head = opened.recorder.head()
    assert typed("import rollcalls", store, store.parent / "calls") == 0
    assert imported(store, SECRET) == 2
    with closing(open_store(str(store))) as opened:
        assert opened.recorder.head() == head > 0


@pytest.mark.parametrize(
    ("passphrase", "refusal"), [(None, PassphraseMissing), ("others", PassphraseWrong)], ids=["none", "wrong"]
)
def test_importing_again_is_refused_without_the_passphrase(
    store: Path, passphrase: str | None, refusal: type[Exception]
) -> None:
    """Also where the registrar's key alone could be read."""
    assert typed("import rollcalls", store, store.parent / "calls") == 0
    with pytest.raises(refusal, match=r"registrar\.key"):
        imported(store, passphrase)
    _decrypt(keys_of(store) / "registrar.key")
    with pytest.raises(refusal, match=r"replay\.key"):
        imported(store, passphrase)
    assert imported(store, SECRET) == 2


def test_a_passphrase_that_opens_no_other_key_encrypts_no_new_one(store: Path) -> None:
    """Mistyped once, it would lock the secret away for ever. Any of the other keys asks for it."""
    for name in ("registrar.key", "service.key"):
        _decrypt(keys_of(store) / name)
    with pytest.raises(PassphraseWrong, match=r"log\.key"):
        replay_secret(store, Passphrases(ask=lambda what: "mistyped"))
    assert not (keys_of(store) / "replay.key").exists()
    replay_secret(store, Passphrases(ask=lambda what: SECRET))
    assert "replay.key" not in plain_keys(store)


def test_a_ledger_without_encryption_is_asked_for_nothing(store: Path) -> None:
    """The secret is like the other keys in this, too."""
    for path in keys_of(store).glob("log*.key"):
        path.unlink()
    for name in ("registrar.key", "service.key"):
        _decrypt(keys_of(store) / name)
    assert imported(store, None) == 2
    assert "replay.key" in plain_keys(store)


def _decrypt(path: Path) -> None:
    key = read_key(path, lambda what: SECRET.encode())
    shutil.move(path, path.with_suffix(".encrypted"))
    write_key(path, key.seed)
