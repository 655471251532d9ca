"""Which pages of other origins may call the service?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from api.context import Settings
from api.cors import is_origin
from api.service.configuring import configure
from ledger.errors import BadSetting
from tests.support.places import Place
from tests.web.site import Site

PORTAL = "https://portal.example"
ASKED = {"Origin": PORTAL, "Access-Control-Request-Method": "POST"}


@pytest.fixture
def open_site(sqlite_place: Place) -> Iterator[Site]:
    """A town that lets one portal in."""
    site = Site(sqlite_place, Settings(origins=(PORTAL,)))
    yield site
    site.close()


def test_nobody_is_let_in_unless_named(site: Site) -> None:
    """Off is the beginning: no header, and the browser's question is answered as any wrong method."""
    answer = site.get("/procedures", {"Origin": PORTAL})
    assert [name for name in dict(answer.headers) if name.startswith("Access-Control")] == []
    question = site.http.open(f"{site.api}/statements", method="OPTIONS", headers=ASKED)
    assert "Access-Control-Allow-Origin" not in question.headers


def test_a_named_portal_is_told_what_it_may_send_and_may_read_the_answer(open_site: Site) -> None:
    """The question first, then the call: with the headers that a client needs to see."""
    question = open_site.http.open(f"{open_site.api}/statements", method="OPTIONS", headers=ASKED)
    assert question.status_code == 204
    assert question.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "Content-Type" in question.headers["Access-Control-Allow-Headers"]
    answer = open_site.get("/procedures", {"Origin": PORTAL})
    assert answer.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://portal.example.evil.example", "http://portal.example", "null", ""]
)
def test_whoever_is_like_a_named_portal_is_not_one(open_site: Site, origin: str) -> None:
    """Compared as a whole; caches are told that the answer depends on it."""
    answer = open_site.get("/procedures", {"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "Origin"


def test_errors_can_be_read_by_a_named_portal_and_pages_by_nobody_else(open_site: Site) -> None:
    """A problem that the portal cannot read would look like a broken network."""
    missing = open_site.get("/procedures/00000000-0000-4000-8000-000000000000", {"Origin": PORTAL})
    assert (missing.status_code, missing.headers["Access-Control-Allow-Origin"]) == (404, PORTAL)
    page = open_site.http.get("/", headers={"Origin": PORTAL})
    assert "Access-Control-Allow-Origin" not in page.headers


def test_a_named_portal_reads_that_it_asks_too_often(sqlite_place: Place) -> None:
    """Without the header its page would see a broken network. The question before a call costs nothing."""
    with closing(Site(sqlite_place, Settings(origins=(PORTAL,), rate=0.01, burst=2))) as site:
        answers = [site.get("/procedures", {"Origin": PORTAL}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert {answer.headers["Access-Control-Allow-Origin"] for answer in answers} == {PORTAL}
        assert "Retry-After" in answers[-1].headers["Access-Control-Expose-Headers"]
        question = site.http.open(f"{site.api}/statements", method="OPTIONS", headers=ASKED)
        assert question.status_code == 204


@pytest.mark.parametrize(
    "path",
    ["/v1/ledgers/oparl-town/procedures", "/v1/ledgers/town/log/oparl", "/v1/oparl", "/v1/ledgers/oparl"],
)
def test_only_the_calls_of_oparl_can_be_read_from_everywhere(site: Site, path: str) -> None:
    """A ledger that is called after the standard must not be read by every page that its clerk looks at."""
    answer = site.http.get(path, headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    listed = site.get("/oparl/body", {"Origin": "https://evil.example"})
    assert listed.headers["Access-Control-Allow-Origin"] == "*"


def test_a_named_portal_may_send_its_token_to_oparl_as_well(open_site: Site) -> None:
    """Where the public is not let in, the browser asks first, as for every call."""
    path = f"{open_site.api}/oparl"
    question = open_site.http.open(path, method="OPTIONS", headers={**ASKED, "Origin": PORTAL})
    assert question.status_code == 204
    assert "Authorization" in question.headers["Access-Control-Allow-Headers"]
    assert open_site.get("/oparl", {"Origin": PORTAL}).headers.getlist("Access-Control-Allow-Origin") == ["*"]


@pytest.mark.parametrize(
    "text",
    [
        *("*", "null", "portal.example", "https://portal.example/", "https://Portal.example"),
        *("https://u@portal.example", "ftp://portal.example", "https://portal.example:x", "https://a b", ""),
    ],
)
def test_what_is_no_origin_is_refused_when_the_service_starts(text: str) -> None:
    """A slip in the configuration must not let everybody in, or silently nobody."""
    assert not is_origin(text)
    with pytest.raises(BadSetting):
        configure({"allow_origin": [text]})


@pytest.mark.parametrize("text", [PORTAL, "http://localhost:8000", "http://[::1]:80"])
def test_origins_as_browsers_write_them_are_taken(text: str) -> None:
    """With a port, where there is one."""
    assert is_origin(text)
    assert configure({"allow_origin": [text]}).allow_origin == (text,)


@pytest.mark.parametrize("text", ["https://ledger.example", "ledger.example/", "https://ledger.example/x/"])
def test_a_public_address_that_is_none_is_refused(text: str) -> None:
    """Ids begin with it, for ever."""
    with pytest.raises(BadSetting):
        configure({"public_url": text})
