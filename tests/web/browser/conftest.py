"""Eva's page, from another origin than the service; all tests of a module share it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.context import Settings
from tests.support.builders import document
from tests.support.places import Place
from tests.support.portal_files import portal_called
from tests.web.browser.member import MEMBER, Page
from tests.web.site import Site
from tests.web.wire import Wire, served


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """The portal's origin: another port is another origin."""
    with portal_called("127.0.0.1") as origin:
        yield origin


@pytest.fixture(scope="module")
def site(portal: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A town that lets the portal's pages in."""
    folder = tmp_path_factory.mktemp("browser") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    site = Site(place, Settings(origins=(portal,)))
    yield site
    site.close()


@pytest.fixture(scope="module")
def wire(site: Site) -> Iterator[Wire]:
    """The way to the service, which can fail."""
    with served(site) as url, Wire(url) as wire:
        yield wire


@pytest.fixture(scope="module")
def page(browser: Any, portal: str, site: Site, wire: Wire) -> Iterator[Page]:
    """Eva's page: her key is made in it, registered and seated."""
    context = browser.new_context()
    ledger = {"url": wire.url + site.api, "vkey": site.log_key, "patience": 120}
    page = Page(context.new_page(), portal, ledger)
    public = page.run(f"return (await s.makeKey('{MEMBER}')).public")
    fields = {"subject": MEMBER, "roles": ["member"], "key": public}
    wanted = site.town.statement("key-registered", "registrar", keys=[site.town.key("registrar")], **fields)
    receipt = page.run(
        f"const key = await s.loadKey('{MEMBER}');"
        f"return s.submit(ledger, await s.countersign(key, envelope, '{MEMBER}'))",
        envelope=wanted.envelope.to_dict(),
    )
    assert receipt["seq"] == site.town.ledger.head()
    site.town.seat([MEMBER])
    yield page
    context.close()


@pytest.fixture
def motion(site: Site, request: pytest.FixtureRequest) -> str:
    """A procedure with two documents."""
    return site.town.open(request.node.name, documents=[document("the plan"), document("the map")])
