"""Is an operator told that the service cannot listen where it is meant to?"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from api.cli import main
from api.service.listening import address_of, host_and_port, require_free
from ledger.errors import BadSetting
from tests.support.builders import a_town
from tests.support.places import Place
from tests.support.ports import held_port


@pytest.fixture
def port() -> Iterator[int]:
    """A port at which another service listens, and lets others listen as granian does."""
    with socket.socket() as other:
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            other.setsockopt(socket.SOL_SOCKET, option, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_two_services_do_not_share_a_port(
    sqlite_place: Place, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would get half of the other's requests, and answer that there is no such ledger."""
    a_town(sqlite_place.open()).ledger.close()
    monkeypatch.setattr("api.cli.serve.require_free", lambda host, port: require_free(host, port, 0.0))
    done = CliRunner().invoke(main, ["serve", "--store", sqlite_place.where, "--port", str(port)])
    assert (done.exit_code, f"127.0.0.1:{port}: " in done.stderr, done.stdout) == (2, True, "")
    checked = CliRunner().invoke(
        main, ["serve", "--check", "--store", sqlite_place.where, "--port", str(port)]
    )
    assert checked.exit_code == 0  # the service whose settings are looked at may be the one that runs


def test_a_port_that_is_left_may_be_taken(port: int) -> None:
    """Also one that somebody keeps without listening."""
    with held_port() as held:
        require_free("127.0.0.1", held.getsockname()[1], 0.0)
    with pytest.raises(BadSetting):
        require_free("127.0.0.1", port, 0.0)


@pytest.mark.parametrize("host", ["", "\0", "a." + "b" * 70])
def test_a_host_that_is_none_is_refused(sqlite_place: Place, host: str) -> None:
    """In a sentence: the server broke off with its own stack."""
    with pytest.raises(BadSetting, match=r"server\.host"):
        address_of(host)
    a_town(sqlite_place.open()).ledger.close()
    done = CliRunner().invoke(main, ["serve", "--check", "--store", sqlite_place.where, f"--host={host}"])
    assert (done.exit_code, "server.host" in done.stderr) == (2, True)


def test_an_address_of_another_machine_is_refused() -> None:
    """192.0.2.0/24 is for documentation (RFC 5737): no machine has one of these."""
    with pytest.raises(BadSetting, match="cannot listen at 192"):
        require_free("192.0.2.77", 8080, 0.0)


def test_names_and_addresses_are_told_as_they_stand_in_a_web_address() -> None:
    """`localhost` is an address too, which the server does not know by itself."""
    assert address_of("localhost") in {"127.0.0.1", "::1"}
    assert (address_of("127.0.0.1"), address_of("::1")) == ("127.0.0.1", "::1")
    assert (host_and_port("127.0.0.1", 80), host_and_port("::1", 80)) == ("127.0.0.1:80", "[::1]:80")
