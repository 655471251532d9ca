"""Does readiness say everything that keeps a ledger from taking, publishing and showing votes?"""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from api.observation.probe import Probe, all_results
from api.observation.standing import Standing, _nothing_new
from ledger.storage.migrate import SERVICE
from projections.postgres_schema import prepare_views
from tests.support import followers
from tests.support.databases import OWNER, SCHEMA, Database
from tests.support.followers import PATIENCE
from tests.support.places import Place
from tests.web.site import Site


def until(site: Site, *codes: str) -> dict[str, Any]:
    """What readiness says as soon as these are its reasons: a look that found none counts for a second."""
    give_up = time.monotonic() + PATIENCE
    while True:
        answer = site.http.get("/readyz")
        found: dict[str, Any] = answer.get_json()
        if [reason["code"] for reason in found["ledgers"][0]["reasons"]] == list(codes):
            assert answer.status_code == (503 if codes else 200)
            return found
        assert time.monotonic() < give_up, found
        time.sleep(0.05)


def test_a_ledger_that_takes_publishes_and_shows_votes_is_ready(each_site: Site) -> None:
    """With the numbers that an operator compares."""
    each_site.town.open()
    each_site.service.follower.catch_up()
    [found] = until(each_site)["ledgers"]
    assert found["ready"]
    assert found["head"] == found["position"] == found["published"] - 1


def test_a_replaced_insert_function_is_a_reason(database: Database, tmp_path: Path) -> None:
    """Somebody could make it write something else."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with closing(Site(Place(database.service, database.owner, tmp_path / "home"))) as site:
        site.service.follower.catch_up()
        until(site)
        [(name, arguments)] = database.ask(
            "SELECT proname::text, pg_get_function_identity_arguments(oid) FROM pg_proc"
            " WHERE pronamespace = 'stimmbuch'::regnamespace AND prosecdef ORDER BY proname LIMIT 1"
        )
        database.do(f"ALTER FUNCTION stimmbuch.{name}({arguments}) SECURITY INVOKER")
        until(site, "storage")


def test_a_signer_with_an_old_memory_is_a_reason(site: Site, tmp_path: Path) -> None:
    """It was restored with a backup: it could be made to sign a second history."""
    memory = site.service.store.home / "signer" / "checkpoint"
    until_published(site)
    shutil.copy(memory, tmp_path / "old")
    site.town.open()
    until_published(site)
    shutil.copy(tmp_path / "old", memory)
    site.service.follower.catch_up()
    until(site, "signer-refuses")


def test_that_nobody_publishes_is_a_reason(site: Site) -> None:
    """Votes would be recorded and not answered."""
    site.service.follower.catch_up()
    until(site)
    site.service._published.set()  # as if its thread had ended
    site.service.follower.catch_up()
    found = until(site, "not-published")
    assert found["ledgers"][0]["reasons"][0]["sentence"] == "no process publishes"


def test_the_reasons_are_told_in_the_callers_language(site: Site) -> None:
    """Who is woken up at night reads one language, as in every other problem; English beside it stays."""
    site.service.follower.catch_up()
    until(site)
    site.service._published.set()
    until(site, "not-published")
    german = site.http.get("/readyz", headers={"Accept-Language": "de"})
    [reason] = german.get_json()["ledgers"][0]["reasons"]
    assert reason == {"code": "not-published", "sentence": "kein Prozess veröffentlicht"}
    assert german.get_json()["detail"] == "kein Prozess veröffentlicht"
    assert (german.headers["Content-Language"], german.vary.as_set()) == ("de", {"accept-language"})
    english = site.http.get("/readyz").get_json()
    assert (english["detail"], english["german"]["detail"]) == (
        "no process publishes",
        "kein Prozess veröffentlicht",
    )


def test_what_keeps_the_publisher_is_said_and_not_only_its_code() -> None:
    """Without its own words, which may name hosts; a code that nobody knows says nothing."""
    assert (
        _nothing_new("policy-unmet")
        .say("de", {})
        .startswith("es wird nichts Neues veröffentlicht: Zu wenige")
    )
    assert "Too few witnesses" in _nothing_new("policy-unmet").say("en", {})
    assert _nothing_new("").say("en", {}) == "nothing new is published"


def test_a_database_that_hangs_does_not_hang_the_answer() -> None:
    """And callers that ask again meanwhile do not pile up behind it."""
    hanging, looks = threading.Event(), []

    def look() -> Standing:
        looks.append(1)
        hanging.wait(60)
        return Standing()

    probe, well = Probe(look), Probe(Standing)

    def told_beside_it() -> bool:
        stuck, fine = all_results([probe, well])
        [(code, sentence)] = stuck.reasons
        assert (code, sentence.say("en", {})) == ("store-unavailable", "no answer within 2 seconds")
        assert sentence.say("de", {}) == "innerhalb von 2 Sekunden keine Antwort"
        return fine.ready

    for _ in range(2):
        followers.until(told_beside_it)
    assert len(looks) == 1
    hanging.set()
    assert probe.result(time.monotonic() + 60).ready


def until_published(site: Site) -> None:
    """Returns when everything is published."""
    goal = site.service.ledger.head() + 1
    followers.until(lambda: site.service.publication.published.size() == goal)
