"""Is whoever asks too often told so, and nobody else kept out by it?"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.context import Settings
from api.limits.buckets import IN_A_ROW, ROWS, Buckets
from api.limits.limiter import caller_of
from tests.support.builders import a_town
from tests.support.places import Place
from tests.support.running import RunningService
from tests.web.site import Site, problem


def test_who_asks_too_often_is_told_when_to_come_back_and_others_are_served(sqlite_place: Place) -> None:
    """429 with Retry-After, in the one shape of errors; votes of the same address too."""
    site = Site(sqlite_place, Settings(rate=0.01, burst=3))
    (site.service.store.home / "access.toml").touch()  # without it, nobody from elsewhere is served
    mine, other = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    for _ in range(3):
        assert site.http.get("/v1/openapi.json", environ_overrides=mine).status_code == 200
    for path in ("/v1/openapi.json", f"{site.api}/procedures"):
        refused = site.http.get(path, environ_overrides=mine)
        problem(refused, 429, "too-many-requests")
        assert 1 <= int(refused.headers["Retry-After"]) <= 100
    assert site.http.get("/v1/openapi.json", environ_overrides=other).status_code == 200
    for path in ("/healthz", "/readyz", "/metrics"):
        assert site.http.get(path, environ_overrides=mine).status_code != 429
    site.close()


def test_who_comes_past_the_proxy_is_limited_too(sqlite_place: Place) -> None:
    """A port that can be reached beside the proxy would be a way around both limits."""
    settings = Settings(rate=0.001, burst=3, procedure_rate=0.001, procedure_burst=2, proxies=1)
    site = Site(sqlite_place, settings)
    motion = site.town.open()
    (site.service.store.home / "access.toml").write_text('[anonymous]\nroles = ["public"]\n', "utf-8")
    site.service.follower.catch_up()

    def asked(path: str, forwarded: str | None = None) -> int:
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        past = {"REMOTE_ADDR": "192.0.2.1"}
        return site.http.get(path, headers=headers, environ_overrides=past).status_code

    resolution = f"{site.api}/procedures/{motion}/resolution.html"
    assert [asked(resolution) for _ in range(4)] == [404, 404, 429, 429]
    assert asked("/v1/openapi.json") == 429
    assert asked("/v1/openapi.json", "198.51.100.7") == 200
    site.close()


def test_without_a_setting_nobody_is_limited(site: Site) -> None:
    """A whole council may sit behind one address."""
    assert {site.http.get("/v1/openapi.json").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "caller"),
    [
        ("192.0.2.1", None, 0, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.7", 0, None),  # a proxy that nobody told us of: it stands for everybody
        ("127.0.0.1", "198.51.100.7", 1, "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", 1, "198.51.100.7"),  # the left one is made up
        ("127.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"),
        ("192.0.2.1", None, 1, "192.0.2.1"),  # it came past the proxy
        ("192.0.2.1", "198.51.100.7", 2, "192.0.2.1"),
        ("127.0.0.1", None, 1, "127.0.0.1"),
        ("2001:db8::1", None, 0, "2001:db8::/64"),
        ("2001:db8::2:ffff", None, 0, "2001:db8::/64"),  # one customer has all of these addresses
        ("192.0.2.1", "not:an:address", 1, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),  # whoever writes the header does not get out of it
        ("::1", "198.51.100.7", 0, None),
        ("::ffff:192.0.2.1", None, 0, "192.0.2.1"),  # as a socket for both families says it: not all of IPv4
        ("::ffff:127.0.0.1", "198.51.100.7", 0, None),
        ("127.0.0.1", "::ffff:198.51.100.7", 1, "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7:50123", 1, "198.51.100.7"),  # some proxies add the port
        ("127.0.0.1", "[2001:db8::1]:50123", 1, "2001:db8::/64"),
        ("127.0.0.1", "[2001:db8::1]", 1, "2001:db8::/64"),
    ],
)
def test_the_caller_is_the_address_that_our_own_proxy_saw(
    peer: str, forwarded: str | None, proxies: int, caller: str | None
) -> None:
    """What a caller writes into the header itself gives nobody a fresh allowance, or somebody else's."""
    environ = {"REMOTE_ADDR": peer}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    assert caller_of(environ, proxies) == caller


@given(
    st.floats(0.1, 100),
    st.integers(1, 20),
    st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5)), max_size=60),
)
def test_nobody_gets_more_than_the_burst_and_the_rate_allow(
    rate: float, burst: int, asked: list[tuple[str, float]]
) -> None:
    """In whatever rhythm, and independent of the others; and who waits as told is served."""
    now, times = 0.0, {"a": [], "b": []}  # type: tuple[float, dict[str, list[float]]]
    buckets = Buckets(rate, burst, lambda: now)
    for caller, pause in asked:
        now += pause
        wait = buckets.take(caller)
        if wait:
            now += wait + 1e-6
            assert buckets.take(caller) == 0
        times[caller].append(now)
    for served in times.values():
        for first in range(len(served)):
            for last in range(first, len(served)):
                assert last - first + 1 <= burst + rate * (served[last] - served[first]) + 1e-3


def test_made_up_addresses_do_not_fill_the_memory() -> None:
    """The table has its size; who asked last is known, and who was silent for longest is forgotten."""
    now = 1.0
    buckets = Buckets(0.001, 1, lambda: now)
    size = len(buckets._memory)
    for number in range(3 * ROWS * IN_A_ROW):
        now += 0.001
        buckets.take(f"{number}")
        assert number % 1000 or buckets.take(f"{number}") > 0
    assert buckets.take("0") == 0
    assert len(buckets._memory) == size


def test_processes_count_together(tmp_path: Path) -> None:
    """One address, two processes that count in one file, and several threads in each: not twice as much."""
    file, each = tmp_path / "asked", 40

    def ask(buckets: Buckets) -> int:
        return sum(not buckets.take("192.0.2.1") for _ in range(each))

    both = [Buckets(0.0001, 50, lambda: 1.0, file) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, both + both)) == 50


def test_the_limit_is_that_of_the_whole_service(sqlite_place: Place, tmp_path: Path) -> None:
    """Each worker of the real server would otherwise allow as much again."""
    a_town(sqlite_place.open(), members=1).ledger.close()
    with RunningService(
        sqlite_place, tmp_path / "log", "--rate", "0.001", "--burst", "10", workers=3
    ) as service:
        answers = Counter(service.fetch("/v1/openapi.json")[0] for _ in range(40))
        assert answers == {200: 10, 429: 30}
        assert service.fetch("/healthz")[0] == 200


def test_a_flood_of_refused_votes_leaves_a_bounded_trace(site: Site) -> None:
    """Whoever sends a thousand late votes gets a thousand refusals, and five entries."""
    motion = site.town.open()
    site.service.ledger.note_attempts("service", site.town.key("service"))
    before = site.service.ledger.head()
    answers = set()
    for _ in range(40):
        vote = site.town.statement(
            "vote-cast", "clerk", procedure=motion, member="clerk", choices={"1": "yes"}
        )
        answers.add(site.post(vote).status_code)
    assert answers == {403}
    assert site.service.ledger.head() - before == 5
