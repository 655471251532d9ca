"""Does an address lead to the store that it names, and to no other?"""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from ledger.errors import BadEncoding, StoreNotFound, StoreUnavailable
from ledger.storage import open_store
from ledger.storage.postgres_datastore import full_conninfo
from ledger.storage.store import split_url
from tests.support.databases import Database


def test_a_url_is_split_into_what_is_ours_and_what_is_libpq_s() -> None:
    """Several hosts, sockets and every other setting of libpq go through unchanged."""
    url = "postgresql://u:p%40ss@h1:5432,h2:5433/db?schema=council&target_session_attrs=read-write&service=clerks"
    address = split_url(url)
    assert (address.schema, address.service) == ("council", "clerks")
    given = conninfo_to_dict(address.conninfo)
    assert (given["host"], given["port"], given["dbname"]) == ("h1,h2", "5432,5433", "db")
    assert (given["user"], given["password"]) == ("u", "p@ss")
    assert given["target_session_attrs"] == "read-write"
    socket = split_url("postgres:///db?host=/var/run/postgresql")
    assert conninfo_to_dict(socket.conninfo)["host"] == "/var/run/postgresql"
    assert (socket.schema, socket.service) == ("stimmbuch", "")


def test_a_vanished_peer_is_noticed_unless_the_address_says_otherwise() -> None:
    """The default of libpq is to wait for hours."""
    given = conninfo_to_dict(full_conninfo("postgresql://h/db?tcp_user_timeout=7"))
    assert given["tcp_user_timeout"] == "7"
    assert given["connect_timeout"] == "5"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/db?schema=Council",
        "postgresql://h/db?schema=a;b",
        "postgresql://h/db?schema=",
        "postgresql://h/db?service=",
        f"postgresql://h/db?schema={'s' * 49}",
        "postgresql://h/db?service=x%22y",
        "postgresql://h/db?schema",
        "postgresql://h/db?no_such_setting=1",
        "postgresql://h:secret@[::1/db",
    ],
)
def test_a_malformed_url_is_refused_without_repeating_it(url: str) -> None:
    """A typed error, and no password in a log."""
    with pytest.raises(BadEncoding) as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://u:secret@/db?host=/nowhere", "postgresql://u:secret@/?host=/"])
def test_an_address_where_nobody_answers_is_unavailable(url: str) -> None:
    """With the reason, and without the password."""
    with pytest.raises(StoreUnavailable, match="No such file") as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


def test_a_schema_without_a_ledger_is_not_found(database: Database) -> None:
    """The database next door does not count."""
    with pytest.raises(StoreNotFound):
        open_store(database.url("stimmbuch_test_service", "other"), home=Path("unused"))


def test_a_directory_without_a_ledger_is_not_found(tmp_path: Path) -> None:
    """And it stays empty."""
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreNotFound):
            open_store(str(place))
    assert list(tmp_path.iterdir()) == []


def test_a_home_is_chosen_by_database_and_schema(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two ledgers never share keys or documents by accident."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    name = conninfo_to_dict(database.admin)["dbname"]
    with open_store(database.service) as store:
        assert store.home == tmp_path / "data" / "stimmbuch" / f"{name}.stimmbuch"
        assert store.home.stat().st_mode & 0o777 == 0o700
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    with open_store(database.service) as store:
        assert store.home == tmp_path / ".local" / "share" / "stimmbuch" / f"{name}.stimmbuch"


def test_a_directory_is_its_own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative address goes on meaning the same place when the process changes its directory."""
    monkeypatch.chdir(tmp_path)
    with open_store("led ger?#%41", create=True) as store:
        monkeypatch.chdir("/")
        assert store.home == tmp_path / "led ger?#%41"
        assert store.recorder.head() == -1
    assert (tmp_path / "led ger?#%41" / "ledger.sqlite").is_file()


def test_a_store_does_not_show_its_password(database: Database, tmp_path: Path) -> None:
    """A store that is printed into a log gives nothing away."""
    with open_store(database.service, home=tmp_path) as store:
        assert "stimmbuch_test_service" in store.env["POSTGRES_CONNINFO"]
        assert "password" not in repr(store)


def test_a_home_that_cannot_be_made_is_reported(database: Database, tmp_path: Path) -> None:
    """A typed error, not the operating system's."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        open_store(database.service, home=tmp_path / "file" / "home")
