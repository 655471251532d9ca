"""Towns whose ledgers say who may do what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.access import provider_keys
from tests.support.followers import PATIENCE
from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.web.site import Site


@pytest.fixture(autouse=True)
def patient_with_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No provider is unavailable because the machine is slow: those of the tests are on it as well."""
    monkeypatch.setattr(provider_keys, "TIMEOUT", PATIENCE)


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An empty ledger for all tests of a file that change nothing."""
    folder = tmp_path_factory.mktemp("shared") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    return place


@pytest.fixture(scope="module")
def still(shared_place: Place) -> Iterator[Guarded]:
    """A guarded town for tests that change nothing."""
    guarded = Guarded(shared_place)
    yield guarded
    guarded.close()


@pytest.fixture
def site(sqlite_place: Place) -> Iterator[Site]:
    """A town of five about which nobody has said who may do what."""
    site = Site(sqlite_place)
    yield site
    site.close()
