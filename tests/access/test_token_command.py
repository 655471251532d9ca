"""Can an operator make, list and end tokens, and a client use them, without one ever lying about?"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.access.login import keep_login, kept_login
from api.access.tokens import FILE, Wish, create_token, list_tokens
from api.cli import main
from api.cli.tokens import read_token, token_for
from ledger.errors import BadShape
from tests.support.builders import a_town
from tests.support.places import Place


@pytest.fixture
def store(place: Place) -> Place:
    """A founded ledger, on each backend."""
    a_town(place.open(), members=1).ledger.close()
    return place


def run(place: Place, *arguments: str) -> Result:
    """`stimmbuch token …` on this ledger."""
    return CliRunner().invoke(main, ["token", *arguments, "--store", place.where, "--home", str(place.home)])


def test_the_life_of_a_token(store: Place) -> None:
    """Made, shown once, listed, ended; on PostgreSQL too, where the home is a folder of the machine."""
    made = run(store, "create", "portal", "--role", "portal", "--subject", "portal-1", "--days", "30")
    assert made.exit_code == 0
    text = made.stdout.strip()
    assert text.startswith("stb_")
    assert text not in made.stderr
    listed = run(store, "list")
    assert "portal for portal-1, until " in listed.stdout
    assert "live" in listed.stdout
    assert text not in listed.stdout + (store.home / FILE).read_text("utf-8")
    assert "revoked at" in run(store, "revoke", "portal").stdout
    [token] = json.loads(run(store, "list", "--json").stdout)["tokens"]
    assert (token["state"], token["roles"], "sha256" in token) == ("revoked", ["portal"], False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "x"),
        ("create", "x", "--role", "emperor"),
        ("create", "x", "--role", "public"),
        ("create", "x", "--role", "member"),
        ("create", "x", "--role", "member", "--subject", "not an id!"),
        ("create", "X Y", "--role", "auditor"),
        ("create", "", "--role", "auditor"),
        ("create", "x", "--role", "auditor", "--days", "0"),
        ("create", "x", "--role", "auditor", "--days", "401"),
        ("revoke", "nobody"),
    ],
)
def test_a_wrong_wish_makes_nothing(store: Place, arguments: tuple[str, ...]) -> None:
    """Exit code 2, a sentence, no token, and no file that would close the door."""
    done = run(store, *arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert "FORMAT.md" not in done.output  # where statements are described
    assert done.stdout == ""
    assert not (store.home / FILE).exists()


def test_a_token_goes_into_a_new_file_of_its_owner(store: Place, tmp_path: Path) -> None:
    """What a shell writes may be read by everybody on the machine. Another one is never written over."""
    umask = os.umask(0o022)
    try:
        made = run(store, "create", "a", "--role", "auditor", "--to", str(tmp_path / "token"))
    finally:
        os.umask(umask)
    assert made.exit_code == 0
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    text = read_token(tmp_path / "token")
    assert text.startswith("stb_")
    assert text not in made.output
    for taken in (tmp_path / "token", tmp_path, tmp_path / "missing" / "token"):
        refused = run(store, "create", "b", "--role", "auditor", "--to", str(taken))
        assert refused.exit_code == 3
        assert "Traceback" not in refused.output
    assert read_token(tmp_path / "token") == text
    assert [token.name for token in list_tokens(store.home)] == ["a"]
    assert run(store, "create", "a", "--role", "auditor", "--to", str(tmp_path / "second")).exit_code == 2
    assert not (tmp_path / "second").exists()


def test_a_name_is_used_once(store: Place) -> None:
    """Also after its end: what the list says of a name is about one token."""
    for command in (("create", "a", "--role", "auditor"), ("revoke", "a")):
        assert run(store, *command).exit_code == 0
    taken = run(store, "create", "a", "--role", "auditor")
    assert (taken.exit_code, "Choose another name" in taken.stderr) == (2, True)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"v": 1, "tokens": [{}]}', b"[" * 5000])
def test_a_damaged_file_of_tokens_is_named(store: Place, content: bytes) -> None:
    """The operator has to find it: nobody is let in until it can be read, and no token takes its place."""
    (store.home / FILE).write_bytes(content)
    for command in (("list",), ("create", "a", "--role", "auditor"), ("revoke", "a")):
        done = run(store, *command)
        assert done.exit_code == 2
        assert f"{store.home / FILE}: " in done.stderr
        assert "FORMAT.md" not in done.stderr
    assert (store.home / FILE).read_bytes() == content


def test_many_at_once_lose_none(tmp_path: Path) -> None:
    """Each one reads, adds and replaces, and none forgets another one's."""
    now = "2026-03-02T08:00:00.000Z"
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: create_token(tmp_path, "l", Wish(f"t{n}", ("auditor",), None, 1), now), range(40)
            )
        )
    assert len(list_tokens(tmp_path)) == 40


@pytest.mark.parametrize("content", [b"", b"\n", b"a b", b"a\nb", b"\xff", b"A" * 8193, b"a\x1b[2J"])
def test_a_file_that_holds_no_token_is_said_to(tmp_path: Path, content: bytes) -> None:
    """Before anything is sent."""
    (tmp_path / "token").write_bytes(content)
    with pytest.raises(BadShape):
        read_token(tmp_path / "token")
    with pytest.raises(BadShape):
        read_token(tmp_path / "missing")


def told(url: str, option: str | None) -> str:
    """The token that would be sent."""
    token = token_for(url, option)
    assert token is not None
    return token()


def test_where_a_token_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, the environment, the login, in this order."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("STIMMBUCH_TOKEN_FILE", raising=False)
    url = "http://127.0.0.1:1/v1/ledgers/town"
    assert token_for(url, None) is None
    keep_login(url, {"access_token": "of-the-login"})
    assert told(url, None) == "of-the-login"
    for name in ("environment", "option"):
        (tmp_path / name).write_text(f"of-the-{name}\n")
    monkeypatch.setenv("STIMMBUCH_TOKEN_FILE", str(tmp_path / "environment"))
    assert told(url, None) == "of-the-environment"
    assert told(url, str(tmp_path / "option")) == "of-the-option"


@pytest.mark.parametrize(
    ("url", "issuer", "named"),
    [
        ("http://ledger.example.org/v1/ledgers/town", "http://127.0.0.1:1", "http://ledger.example.org"),
        ("ledger.example.org", "http://127.0.0.1:1", "'ledger.example.org'"),
        ("http://127.0.0.1:1/v1/ledgers/town", "http://login.example.org", "http://login.example.org"),
    ],
)
def test_a_login_that_could_not_be_kept_asks_nobody(url: str, issuer: str, named: str) -> None:
    """Somebody would confirm a code in a browser, and have no token for it."""
    done = CliRunner().invoke(main, ["login", "--url", url, "--issuer", issuer, "--client-id", "x"])
    assert done.exit_code == 2
    assert named in done.stderr
    assert "FORMAT.md" not in done.stderr


def test_a_login_counts_with_and_without_a_last_slash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are the same ledger: the client cuts it off."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    keep_login("https://ledger.example.org/v1/ledgers/town/", {"access_token": "a.b.c"})
    for url in ("https://ledger.example.org/v1/ledgers/town", "https://ledger.example.org/v1/ledgers/town/"):
        assert kept_login(url) == "a.b.c"
