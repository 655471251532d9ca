"""While nobody has said who may do what: is this machine served, and nobody through it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.access.gate import Gate
from api.access.local import is_loopback
from api.access.tokens import Wish, create_token
from api.cli import main
from ledger.errors import AccessNotConfigured
from tests.support.builders import a_town
from tests.support.places import Place
from tests.support.running import RunningService
from tests.web.site import Site, problem

LIST = "/v1/ledgers/town/procedures"


@pytest.fixture(scope="module")
def quiet(shared_place: Place) -> Iterator[Site]:
    """A town about which nobody has said anything, and nobody does."""
    site = Site(shared_place)
    yield site
    site.close()


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:8080", "LOCALHOST"]
)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])
def test_a_program_on_this_machine_is_served(quiet: Site, host: str, address: str) -> None:
    """One command is enough to try it out."""
    environ = {"REMOTE_ADDR": address, "HTTP_HOST": host}
    assert quiet.http.get(LIST, environ_overrides=environ).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "localhost"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "localhost.evil.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "evil.example,localhost"},
        {"HTTP_HOST": "localhost:8080:80"},
        {"HTTP_HOST": "localhost\n"},
        {"HTTP_HOST": "192.0.2.7"},
        {"HTTP_HOST": ""},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_FORWARDED": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_ANYTHING": ""},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
        {"SERVER_PROTOCOL": "HTTP/1"},
    ],
)
def test_nobody_else_is_served_through_this_machine(quiet: Site, changed: dict[str, str]) -> None:
    """Other machines, foreign names for this one (DNS rebinding), and whoever stands behind a proxy."""
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", **changed}
    for path in (LIST, "/", "/healthz", "/v1/ledgers/town/log/checkpoint", "/nothing"):
        problem(quiet.http.get(path, environ_overrides=environ), 403, "access-not-configured")
    written = quiet.http.post("/v1/ledgers/town/statements", json={}, environ_overrides=environ)
    problem(written, 403, "access-not-configured")


def test_the_first_token_closes_the_door(site: Site) -> None:
    """From then on everything is denied unless it is allowed, on this machine too."""
    assert site.get("/procedures").status_code == 200
    wish = Wish("first", ("auditor",), None, 1)
    text, _ = create_token(site.service.store.home, site.town.ledger.origin, wish, site.town.clock())
    problem(site.get("/procedures"), 401, "credential-missing")
    assert site.get("/procedures", {"Authorization": f"Bearer {text}"}).status_code == 200


@pytest.mark.parametrize("content", ["", "[anonymous]\n", "[anonymous]\nroles = []\n"])
def test_an_empty_policy_closes_the_door_as_well(site: Site, content: str) -> None:
    """Whoever writes one has said something: that nobody is let in."""
    (site.service.store.home / "access.toml").write_text(content, "utf-8")
    problem(site.get("/procedures"), 401, "credential-missing")


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.7", "ledger.example.org", "", "127.0.0.1.example.org"]
)
def test_the_service_does_not_listen_where_others_are(sqlite_place: Place, host: str) -> None:
    """It does not even start."""
    gate = Gate(sqlite_place.home, "l", lambda: "2026-03-02T08:00:00.000Z")
    with pytest.raises(AccessNotConfigured):
        gate.require_reachable(host)
    (sqlite_place.home / "access.toml").touch()
    gate.require_reachable(host)


def test_the_command_says_what_to_do(sqlite_place: Place) -> None:
    """Exit code 2, one sentence, and the next step."""
    a_town(sqlite_place.open(), members=1).ledger.close()
    done = CliRunner().invoke(main, ["serve", "--store", sqlite_place.where, "--host", "0.0.0.0"])
    assert done.exit_code == 2
    assert "not served at 0.0.0.0" in done.stderr
    assert "stimmbuch token create" in done.stderr


def test_the_running_service_knows_who_is_who(sqlite_place: Place, tmp_path: Path) -> None:
    """Under the real server: its addresses and headers are those that the door looks at."""
    a_town(sqlite_place.open(), members=1).ledger.close()
    with RunningService(sqlite_place, tmp_path / "log", workers=1) as service:

        def status(**headers: Any) -> int:
            connection = service.connect()
            connection.request(
                "GET", LIST, headers={name.replace("_", "-"): v for name, v in headers.items()}
            )
            found = connection.getresponse().status
            connection.close()
            return found

        assert status() == 200
        assert status(Host="evil.example") == 403
        assert status(X_Forwarded_For="127.0.0.1") == 403
        assert status(Via="1.1 proxy") == 403
        connection = service.connect()
        connection._http_vsn_str = "HTTP/1.0"  # type: ignore[attr-defined]
        connection.request("GET", LIST)
        assert connection.getresponse().status == 403
        connection.close()
    assert "town is for programs on this machine only" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"])
def test_loopback_addresses(address: str) -> None:
    """Those of RFC 1122 and RFC 4291, however they are written."""
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address", ["", "0.0.0.0", "10.0.0.1", "::", "::ffff:10.0.0.1", "localhost", "127.1", "0x7f.1"]
)
def test_other_addresses(address: str) -> None:
    """Names and short forms are not addresses: others decide what they mean."""
    assert not is_loopback(address)
