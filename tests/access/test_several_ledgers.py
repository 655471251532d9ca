"""Does what somebody may do in one ledger say nothing about another one of the same service?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api import create_app
from api.access.front import admit_to_front
from api.access.roles import Grant
from api.app import build_for
from api.cli import main
from api.context import Settings
from api.service.ledgers import Ledgers
from tests.support.followers import until
from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.web.site import Site, problem

VILLAGE = "ledger.example.org/village"
FAR = {"X-Forwarded-For": "192.0.2.7"}


@pytest.fixture
def both(sqlite_place: Place, tmp_path: Path) -> Iterator[tuple[Guarded, Site]]:
    """A town with tokens and a village without, in one service: equal people and keys."""
    home = tmp_path / "village"
    place = Place(str(home), str(home), home)
    place.create().close()
    town, village = Guarded(sqlite_place), Site(place, origin=VILLAGE)
    app = create_app(town.site.service, village.service)
    town.site.http = village.http = app.test_client()
    yield town, village
    town.close()
    village.close()


def test_a_token_of_the_one_is_none_of_the_other(both: tuple[Guarded, Site]) -> None:
    """Whatever its role; and the same name there says nothing either."""
    town, village = both
    (village.service.store.home / "access.toml").touch()
    for who in ("auditor", "clerk", "member", "operator"):
        problem(town.call("GET", f"{village.api}/procedures", who), 401, "credential-invalid")
        problem(town.call("POST", f"{village.api}/statements", who, json={}), 401, "credential-invalid")
    assert town.get("/procedures", "auditor").status_code == 200


def test_a_token_in_the_one_does_not_open_or_close_the_other(both: tuple[Guarded, Site]) -> None:
    """The village has said nothing yet: it is for this machine, and for nobody behind a proxy."""
    town, village = both
    assert town.call("GET", f"{village.api}/procedures", None).status_code == 200
    answer = town.call("GET", f"{village.api}/procedures", "auditor", headers=FAR)
    problem(answer, 403, "access-not-configured")
    problem(town.get("/procedures", None), 401, "credential-missing")


@pytest.mark.parametrize(
    ("who", "status"), [("operator", 200), ("auditor", 403), ("revoked", 401), (None, 401)]
)
def test_how_the_service_is_is_told_to_an_operator_of_any(
    both: tuple[Guarded, Site], who: str | None, status: int
) -> None:
    """The service has one operator; who has the role in one ledger has the machine."""
    town, village = both
    (village.service.store.home / "access.toml").touch()
    # 503 to the operator, until the publishers have begun.
    until(lambda: town.call("GET", "/readyz", who, headers=FAR).status_code == status)


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/v1/ledgers/hamlet/procedures", "/v1/ledgers/hamlet/statements"]
)
def test_what_there_is_is_told_to_those_who_may_ask(both: tuple[Guarded, Site], path: str) -> None:
    """Not even which ledgers there are."""
    town, village = both
    (village.service.store.home / "access.toml").touch()
    problem(town.call("GET", path, None, headers=FAR), 401, "credential-missing")
    problem(town.call("GET", path, "unknown", headers=FAR), 401, "credential-invalid")
    assert town.call("GET", path, "auditor", headers=FAR).status_code in {200, 404, 405}


def test_a_ledger_that_opens_meanwhile_is_not_entered_with_a_token_of_another(
    both: tuple[Guarded, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is not open, tokens of others are looked at: what they grant must not reach into it."""
    town, village = both
    (village.service.store.home / "access.toml").touch()
    for method, path in (("GET", "procedures"), ("POST", "statements"), ("POST", "statements/prepare")):
        ledgers = Ledgers(Settings())
        ledgers.add(town.site.service)
        town.site.http = build_for(ledgers).test_client()

        def slow(*asked: Any, ledgers: Ledgers = ledgers) -> Grant:
            found = admit_to_front(*asked)
            ledgers.add(village.service)
            return found

        monkeypatch.setattr("api.access.layer.admit_to_front", slow)
        answer = town.call(method, f"{village.api}/{path}", "clerk", json={} if method == "POST" else None)
        problem(answer, 401, "credential-invalid")


def test_one_ledger_that_has_said_nothing_keeps_all_on_this_machine(both: tuple[Guarded, Site]) -> None:
    """A service listens in one place: it starts where others are when every ledger says who may do what."""
    town, village = both
    stores = ["--store", str(town.home), "--store", str(village.service.store.home)]
    done = CliRunner().invoke(main, ["serve", *stores, "--host", "0.0.0.0", "--check"])
    assert (done.exit_code, "not served at 0.0.0.0" in done.stderr) == (2, True)
    (village.service.store.home / "access.toml").touch()
    assert CliRunner().invoke(main, ["serve", *stores, "--host", "0.0.0.0", "--check"]).exit_code == 0
