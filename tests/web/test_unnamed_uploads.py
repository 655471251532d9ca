"""Can somebody fill the disk with what no statement names, and does a sweep take only that?"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cli import main
from api.context import Settings
from ledger import sweeping
from ledger.errors import StoreLocked
from ledger.lock_file import LockFile
from ledger.sweeping import LOCK, sweep
from tests.support.builders import document
from tests.support.places import Place
from tests.web.site import Site, disclosure_of, problem

LATER = "2100-01-01T00:00:00.000Z"
LONG_AGO = "2000-01-01T00:00:00.000Z"


@pytest.fixture
def narrow(sqlite_place: Place) -> Iterator[Site]:
    """A town that takes six uploads that nothing names, three of each client; together 4,000 bytes."""
    site = Site(sqlite_place, Settings(unnamed_count=6, unnamed_size=4000))
    yield site
    site.close()


def put(site: Site, text: str, digest: str = "") -> tuple[int, str]:
    """Sends a document; status and digest."""
    sha256 = digest or hashlib.sha256(text.encode()).hexdigest()
    return site.http.put(f"{site.api}/documents/{sha256}", data=text.encode()).status_code, sha256


def put_text(site: Site, name: str, text: str) -> str:
    """Sends a text; its digest."""
    found = disclosure_of(name, text)
    answer = site.http.put(f"{site.api}/disclosures/{found.digest}", json={"disclosure": found.encoded})
    assert answer.status_code == 200
    return found.digest


def there(site: Site, *digests: str) -> list[bool]:
    """Which of these documents and texts are there."""
    store, texts = site.service.store, site.service.ledger.disclosures
    return [store.documents.exists(d) if len(d) == 64 else bool(texts([d])) for d in digests]


def swept(site: Site, before: str = LATER) -> list[str]:
    """What a sweep removes."""
    return sweep(site.service.ledger, site.service.uploads, before).removed


def test_what_nothing_names_is_bounded_and_what_is_named_makes_room(narrow: Site) -> None:
    """Documents and texts together; the same again costs nothing, and a refused one is not stored."""
    assert [put(narrow, text)[0] for text in ("a", "b")] == [201, 201]
    put_text(narrow, "title", "c")
    refused = narrow.http.put(f"{narrow.api}/documents/{hashlib.sha256(b'd').hexdigest()}", data=b"d")
    told = problem(refused, 429, "quota-exceeded")
    assert "3 uploads of this client with" in told["detail"]
    assert refused.headers["Retry-After"] == "60"
    assert there(narrow, hashlib.sha256(b"d").hexdigest()) == [False]
    assert put(narrow, "a")[0] == 200
    narrow.town.open("m", documents=[document("a")])
    context = narrow.app.extensions["stimmbuch"].only()
    context._settled -= 60
    assert put(narrow, "d")[0] == 201
    assert put(narrow, "e")[0] == 429


def test_bytes_are_bounded_too_and_a_length_that_is_not_announced_is_found_out(narrow: Site) -> None:
    """Half of 4,000 for each client."""
    path = f"{narrow.api}/documents/{hashlib.sha256(b'x' * 900).hexdigest()}"
    body = io.BytesIO(b"x" * 900)
    narrow.app.extensions["stimmbuch"].only().settings.__dict__["max_document"] = 1500
    chunked = narrow.http.put(path, input_stream=body, environ_overrides={"wsgi.input_terminated": True})
    assert chunked.status_code == 201
    assert put(narrow, "y" * 1000)[0] == 201
    assert put(narrow, "z" * 200)[0] == 429


def test_wrong_bytes_under_a_known_digest_make_no_room(narrow: Site) -> None:
    """Neither a failed repetition, nor one that says that it is smaller."""
    sent = [put(narrow, text * 500)[1] for text in "abc"]
    for digest in sent:
        assert put(narrow, "wrong", digest)[0] == 422
    assert put(narrow, "d")[0] == 429
    assert put(narrow, "never there", "0" * 64)[0] == 429


def test_what_failed_is_not_counted(narrow: Site) -> None:
    """Or a client with a bad line would lock itself out."""
    for number in range(9):
        assert put(narrow, f"wrong {number}", f"{number:064x}")[0] == 422
    assert put(narrow, "a")[0] == 201


def test_a_sweep_removes_what_is_old_and_named_by_nothing(each_site: Site) -> None:
    """Named before or after it was sent makes no difference. What is young stays; twice is once."""
    site = each_site
    kept = [put(site, "named later")[1], put_text(site, "title", "named later")]
    site.town.open("m", title=kept[1], documents=[document("named later"), document("named before")])
    kept.append(put(site, "named before")[1])
    gone = [put(site, "never named")[1], put_text(site, "title", "never named")]
    assert swept(site, LONG_AGO) == []
    assert there(site, *kept, *gone) == [True] * 5
    assert swept(site) == sorted(gone)
    assert there(site, *kept, *gone) == [True, True, True, False, False]
    assert swept(site) == []
    assert put(site, "never named")[0] == 201


def test_what_a_statement_names_while_it_is_being_swept_stays(
    each_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement is recorded after the sweep has read the log, and before anything is gone for good."""
    site, taken = each_site, sweeping._Aside.take
    digests = [put(site, "the budget")[1], put_text(site, "title", "Haushalt")]
    other = put(site, "never named")[1]

    def take(aside: sweeping._Aside, claimed: list[str]) -> None:
        taken(aside, claimed)
        site.town.open("m", title=digests[1], documents=[document("the budget")])

    monkeypatch.setattr(sweeping._Aside, "take", take)
    assert swept(site) == [other]
    assert there(site, *digests, other) == [True, True, False]


@pytest.mark.parametrize("step", ["take", "remove", "put_back"])
@pytest.mark.parametrize("named", [False, True])
def test_a_sweep_that_died_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, step: str, named: bool
) -> None:
    """Whatever was named meanwhile comes back from where it was laid aside; the rest is gone."""
    digests = [put(site, "the budget")[1], put_text(site, "title", "Haushalt")]
    done = getattr(sweeping._Aside, step)

    def die(aside: sweeping._Aside, given: list[str]) -> list[str]:
        done(aside, given)
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(sweeping._Aside, step, die)
        with pytest.raises(MemoryError):
            swept(site)
    before = there(site, *digests)
    if named and step != "remove":
        site.town.open("m", title=digests[1], documents=[document("the budget")])
    again = swept(site)
    assert there(site, *digests) == [named and step != "remove"] * 2
    assert set(again) <= set(digests)
    assert before == [step == "put_back"] * 2


def test_what_is_sent_again_is_young_again(site: Site) -> None:
    """The client was told that it is there: a sweep must not take it because it was there before."""
    digest = put(site, "a")[1]
    between = site.town.clock()
    site.town.clock.advance(60)
    assert put(site, "a")[0] == 200
    assert swept(site, between) == []
    assert there(site, digest) == [True]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["put", "open", "sweep", "old"]), st.integers(0, 5)), max_size=14))
def test_in_whatever_order_nothing_goes_that_is_named(site: Site, steps: list[tuple[str, int]]) -> None:
    """Sent, named and swept at random: what was sent after it was swept last, or is named, is there."""
    named: set[str] = set()
    present: set[str] = set()
    run = site.service.ledger.head()  # what earlier examples named would never be swept again
    for what, number in steps:
        text = f"{run} {number}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        site.town.clock.advance(1)
        if what == "put":
            assert put(site, text)[0] in {200, 201}
            present.add(digest)
        if what == "open":
            site.town.open(f"m{site.service.ledger.head()}", documents=[document(text)])
            named.add(digest)
        if what == "sweep":
            swept(site)
            present &= named
        if what == "old":
            swept(site, LONG_AGO)
        assert all(there(site, *present))


def test_two_sweeps_at_once_are_one(site: Site) -> None:
    """They would take each other's things for what a crash left."""
    lock = LockFile(site.service.store.home / LOCK)
    assert lock.take()
    with pytest.raises(StoreLocked):
        swept(site)
    lock.give()
    assert swept(site) == []


def test_the_operator_sweeps_with_a_command(site: Site, sqlite_place: Place) -> None:
    """While the service runs; what is younger than it is asked for stays."""
    digest = put(site, "never named")[1]
    arguments = ["sweep", "--store", sqlite_place.where, "--home", str(sqlite_place.home)]
    done = CliRunner().invoke(main, [*arguments, "--older-than", "3650", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["removed"]) == (0, [])
    done = CliRunner().invoke(main, [*arguments, "--older-than", "1"])
    assert (done.exit_code, done.stdout) == (0, f"removed {digest}\n1 removed, 0 named by now and kept\n")
    assert CliRunner().invoke(main, [*arguments, "--older-than", "0"]).exit_code == 2
