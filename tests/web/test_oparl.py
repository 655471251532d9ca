"""Does a council information system get what OParl 1.1 promises, and nobody anything that is not public?"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest

from api.oparl.lists import FEWER
from api.oparl.words import result_word
from ledger.domain.unanimity import unanimous
from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.note import parse_verification_key
from ledger.publish.folder import checkpoint_path
from tests.support.builders import document, item
from tests.web.site import Site, problem

REQUIRED = {
    # type -> what its schema requires (OParl 1.1.1, schema/*.json)
    "System": {"id", "type", "oparlVersion", "body"},
    "Body": {"id", "type", "name", "organization", "person", "meeting", "paper", "legislativeTerm"},
    "Organization": {"id", "type"},
    "Meeting": {"id", "type"},
    "AgendaItem": {"id", "type", "order"},
    "Paper": {"id", "type"},
    "Consultation": {"id", "type"},
    "File": {"id", "type", "accessUrl"},
}
LISTS = ("organization", "meeting", "agenda-item", "paper", "consultation", "file")
EMPTY = ("person", "membership", "location", "legislative-term")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


class Council:
    """A site whose results are published when a test says so."""

    def __init__(self, site: Site) -> None:
        self.site, self.town = site, site.town

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a whole address, or of a path below `oparl`."""
        if path.startswith("http"):
            parts = urlsplit(path)
            path, query = parts.path.removeprefix(self.site.api), {**dict(parse_qsl(parts.query)), **query}
        else:
            path = f"/oparl{path}"
        answer = self.site.get(path, **query)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.get_json()

    def decide(self, name: str = "motion", votes: dict[str, str] | None = None, **fields: Any) -> str:
        """A procedure that was voted on and whose result is determined; nobody was told yet."""
        items = fields.pop("items", [item("1", public=True)])
        motion = self.town.open(name, items=items, **fields)
        for member, option in (votes or {"m1": "yes", "m2": "yes", "m3": "no"}).items():
            self.town.vote(motion, member, {one["id"]: option for one in items})
        self.town.close(motion)
        self.town.put("result-determined", "chair", procedure=motion)
        return motion

    def publish(self, motion: str) -> str:
        """The members are told, then the public."""
        self.town.put("result-announced", "chair", procedure=motion, to="members")
        self.town.put("result-published", "clerk", procedure=motion)
        return motion

    def whole(self) -> str:
        """Everything that OParl tells, as text."""
        told = [self.get(""), self.get("/body"), *(self.get(f"/{kind}") for kind in (*LISTS, *EMPTY))]
        return json.dumps(told, ensure_ascii=False)


@pytest.fixture
def council(each_site: Site) -> Council:
    """Once on each database."""
    return Council(each_site)


@pytest.fixture
def small(site: Site) -> Council:
    """On SQLite."""
    return Council(site)


def furnished(council: Council) -> str:
    """A published result with a title, a wording and two documents, one of which never came."""
    site = council.site
    plan = b"the plan"
    site.service.ledger.put_document(hashlib.sha256(plan).hexdigest(), io.BytesIO(plan), limit=100)
    wording = site.disclosed("wording", "Der Plan wird beschlossen.")
    return council.publish(
        council.decide(
            title=site.disclosed("title", "Der Plan"),
            items=[{**item("1", public=True), "wording": wording}],
            documents=[document("the plan"), document("the map")],
        )
    )


def test_a_client_finds_everything_from_the_system_on(council: Council) -> None:
    """System, bodies, lists, objects, by addresses alone; each object has what its schema requires."""
    furnished(council)
    system = council.get("")
    assert system["oparlVersion"] == "https://schema.oparl.org/1.1/"
    (body,) = council.get(system["body"])["data"]
    found = [system, body]
    for name in ("organization", "meeting", "agendaItem", "paper", "consultation", "file"):
        page = council.get(body[name])
        assert set(page) == {"data", "pagination", "links"}
        assert "next" not in page["links"]
        found += page["data"]
    assert len(found) == 9
    for one in found:
        kind = one["type"].removeprefix("https://schema.oparl.org/1.1/")
        assert one.keys() >= REQUIRED[kind]
        assert council.get(one["id"]) == one
        assert [
            one[name] for name in ("created", "modified") if name in one and not TIME.fullmatch(one[name])
        ] == []
        assert None not in one.values()
        assert [name for name in one if ":" in name and not name.startswith("stimmbuch:")] == []


def test_an_agenda_item_says_what_was_decided(council: Council) -> None:
    """Result, wording, counts, and the head of the log that contains it, as it was signed."""
    motion = furnished(council)
    (found,) = council.get("/agenda-item")["data"]
    tally = council.site.get(f"/procedures/{motion}/tally").get_json()["items"][0]
    assert found["result"] == "mehrheitlich beschlossen"
    assert found["resolutionText"] == "Der Plan wird beschlossen."
    assert found["stimmbuch:tally"] == tally["counts"] == {"yes": 2, "no": 1, "abstain": 0}
    assert found["stimmbuch:outcome"] == tally["outcome"] == "adopted"
    assert found["stimmbuch:participation"] == {"members": 5, "voted": 3}
    assert (found["name"], found["public"], found["order"]) == ("Der Plan", True, 0)
    head = found["stimmbuch:ledgerHead"]
    note = council.site.get(f"/log/{checkpoint_path(head['size'])}").get_data()
    opened = open_checkpoint(note, [parse_verification_key(council.site.log_key)]).checkpoint
    assert (head["origin"], head["size"]) == (opened.origin, opened.size)
    assert council.get("/agenda-item")["data"] == [found]


def test_a_file_has_the_digest_that_others_leave_out(council: Council) -> None:
    """SHA-512 of the bytes, and an address under which they are; what never came is no file."""
    furnished(council)
    file, _resolution = council.get("/file")["data"]
    assert file["sha512Checksum"] == hashlib.sha512(b"the plan").hexdigest()
    assert (file["size"], file["mimeType"]) == (8, "application/pdf")
    assert (
        council.site.get(urlsplit(file["accessUrl"]).path.removeprefix(council.site.api)).data == b"the plan"
    )
    (paper,) = council.get("/paper")["data"]
    assert file["paper"] == [paper["id"]]
    assert paper["mainFile"] == {name: value for name, value in file.items() if name != "paper"}


def test_references_lead_to_each_other_and_not_back_within(small: Council) -> None:
    """An object inside another one does not name it again; on its own it does."""
    furnished(small)
    (meeting,) = small.get("/meeting")["data"]
    (paper,) = small.get("/paper")["data"]
    (inner,) = meeting["agendaItem"]
    agenda = small.get(inner["id"])
    assert "meeting" not in inner
    assert agenda == {**inner, "meeting": meeting["id"]}
    consultation = small.get(agenda["consultation"])
    assert (consultation["paper"], consultation["meeting"]) == (paper["id"], meeting["id"])
    assert consultation["agendaItem"] == agenda["id"]
    assert small.get(meeting["organization"][0])["type"].endswith("/Organization")


# ── what is nobody's business ──────────────────────────────────────────────────────────────────


def test_nothing_is_told_before_it_is_published(small: Council) -> None:
    """Open, closed, determined, told to the members: not even that it exists."""
    small.town.open("open")
    motion = small.decide()
    small.town.put("result-announced", "chair", procedure=motion, to="members")
    assert motion not in small.whole()
    assert [small.get(f"/{kind}")["data"] for kind in LISTS] == [[]] * len(LISTS)
    for path in (f"/oparl/meeting/{motion}", f"/oparl/agenda-item/{motion}.1"):
        problem(small.site.get(path), 404, "not-found")
    small.town.put("result-published", "clerk", procedure=motion)
    assert motion in small.whole()


def test_nothing_is_told_that_no_published_checkpoint_contains(
    small: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads a result can prove it at once; and a file never changes because its proof comes later."""
    motion = small.decide()
    told = small.town.put("result-announced", "chair", procedure=motion, to="everybody")
    monkeypatch.setattr(small.site.service.publication.published, "size", lambda: told.seq)
    assert small.site.get("/oparl/meeting").get_json()["data"] == []
    monkeypatch.undo()
    assert [one["id"].rsplit("/", 1)[1] for one in small.get("/meeting")["data"]] == [motion]


def test_what_was_announced_to_everybody_is_public(small: Council) -> None:
    """That is a publication too."""
    motion = small.decide()
    small.town.put("result-announced", "chair", procedure=motion, to="everybody")
    assert motion in small.whole()


def test_no_member_no_vote_and_no_name_is_in_anything(small: Council) -> None:
    """Counts only: not who voted, not who opened, closed or signed."""
    furnished(small)
    told = small.whole()
    assert re.findall(r'"(m[1-5]|clerk|chair|registrar|service)"', told) == []
    digests = [row.statement.hex() for row in small.town.ledger.store.recorder.read(-1, 100)]
    assert [one for one in digests if one in told] == []


# ── the result in words ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("votes", "polarity", "word"),
    [
        ({"m1": "yes", "m2": "yes"}, "for", "einstimmig beschlossen"),
        ({"m1": "yes", "m2": "abstain"}, "for", "einstimmig beschlossen bei 1 Enthaltung"),
        ({"m1": "no", "m2": "abstain", "m3": "abstain"}, "for", "einstimmig abgelehnt bei 2 Enthaltungen"),
        ({"m1": "yes", "m2": "yes", "m3": "no"}, "for", "mehrheitlich beschlossen"),
        ({"m1": "no", "m2": "no"}, "for", "einstimmig abgelehnt"),
        ({"m1": "yes", "m2": "no"}, "for", "mehrheitlich abgelehnt"),
        ({"m1": "yes", "m2": "yes"}, "against", "einstimmig abgelehnt"),
        ({"m1": "no", "m2": "no", "m3": "yes"}, "against", "kein Beschluss"),
    ],
)
def test_the_result_is_said_as_councils_say_it(
    small: Council, votes: dict[str, str], polarity: str, word: str
) -> None:
    """Abstentions are named where nobody was against; a recommendation to reject turns yes and no around."""
    small.publish(small.decide(votes=votes, items=[item("1", polarity=polarity, public=True)]))
    (found,) = small.get("/agenda-item")["data"]
    assert found["result"] == word


@pytest.mark.needs_shared
def test_the_words_are_those_of_a_real_council(shared: Path) -> None:
    """49 counted results of Karlsruhe: the two that differ are wrong there, as its own minutes show."""
    path = shared / "votes" / "de-karlsruhe-procedures" / "index.csv"
    differ = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yes, no, abstain = (int(row[f"parsed_{name}"] or 0) for name in ("ja", "nein", "enthaltung"))
            counts = {"yes": yes, "no": no, "abstain": abstain}
            outcome = "adopted" if yes > no else "rejected"
            one_mind = unanimous(outcome, [{"code": "counts", "numbers": counts, "names": {}}])
            word = result_word(outcome, counts, unanimous=one_mind, state="published")
            said = row["oparl_agendaitem_result"].lower().replace("zugestimmt", "beschlossen")
            verb = "beschlossen" if "zustimmung" in said or "beschlossen" in said else "abgelehnt"
            how = [one for one in ("einstimmig", "mehrheitlich") if one in said and not abstain]
            if verb not in word or "zurück" in said or not all(one in word for one in how):
                differ.append(row["reference"])
    assert sorted(differ) == ["2020/0073", "DHH/2023/2001"]


def test_a_result_that_is_annulled_or_suspended_says_so(small: Council) -> None:
    """It stays, because it was decided; a client that asks what was modified sees it again."""
    suspended, annulled = (small.publish(small.decide(name)) for name in ("first", "second"))
    before = small.get("/agenda-item")["data"]
    small.town.clock.advance(60)
    since = small.town.clock()
    small.town.put("result-suspended", "chair", procedure=suspended, until=None)
    small.town.annul(annulled)
    first, second = small.get("/agenda-item", modified_since=since)["data"]
    assert first["result"] == "mehrheitlich beschlossen (ausgesetzt)"
    assert second["result"] == "ungültig"
    assert "resolutionText" not in second
    assert [one["created"] for one in before] == [first["created"], second["created"]]
    assert first["modified"] > before[0]["modified"]
    assert first["stimmbuch:ledgerHead"]["size"] > before[0]["stimmbuch:ledgerHead"]["size"]


# ── lists ──────────────────────────────────────────────────────────────────────────────────────


def test_an_erased_document_becomes_a_deleted_object(small: Council) -> None:
    """Under its address for ever, in lists only for those who ask what was modified, and out of the paper."""
    motion = furnished(small)
    file, _resolution = small.get("/file")["data"]
    small.town.clock.advance(60)
    since = small.town.clock()
    why: dict[str, Any] = {"legal_basis": "gdpr-17-1-b", "authority": "registrar"}
    sha256 = document("the plan")["sha256"]
    small.town.put("redacted", "clerk", stream=motion, digests=[], documents=[sha256], **why)
    tombstone = {name: file[name] for name in ("id", "type", "created")}
    gone = small.get(file["id"])
    assert gone == {**tombstone, "modified": gone["modified"], "deleted": True}
    assert gone["modified"] > file["modified"]
    assert file["id"] not in [one["id"] for one in small.get("/file")["data"]]
    assert small.get("/file", modified_since=since)["data"][0] == gone
    problem(small.site.get(urlsplit(file["accessUrl"]).path.removeprefix(small.site.api)), 410, "erased")
    (paper,) = small.get("/paper", modified_since=since)["data"]
    assert "mainFile" not in paper


def test_an_erased_title_is_left_out_and_the_object_is_modified(small: Council) -> None:
    """Nothing is put in its place: what is unknown is left out."""
    motion = furnished(small)
    small.town.clock.advance(60)
    since = small.town.clock()
    title = small.town.ledger.procedure(UUID(motion)).opening["title"]
    why: dict[str, Any] = {"legal_basis": "gdpr-17-1-b", "authority": "registrar"}
    small.town.put("redacted", "clerk", stream=motion, digests=[title], **why)
    (paper,) = small.get("/paper", modified_since=since)["data"]
    assert "name" not in paper
    assert 'Der Plan"' not in small.whole()


def test_pages_go_on_to_the_end_with_their_filters(small: Council) -> None:
    """Each object once, in the order of publication; the next page's address is all that a client needs."""
    motions = [small.publish(small.decide(f"motion {number}")) for number in range(5)]
    page = small.get("/meeting", limit=2, omit_internal="true")
    found = page["data"]
    while "next" in page["links"]:
        assert "limit=2" in page["links"]["next"]
        assert "omit_internal=true" in page["links"]["next"]
        page = small.get(page["links"]["next"])
        found += page["data"]
    assert [one["id"].rsplit("/", 1)[1] for one in found] == motions
    assert [one for one in found if "agendaItem" in one] == []


def test_a_limit_above_what_a_page_holds_is_cut(small: Council) -> None:
    """OParl asks for that: the client goes on with `next`, and is not refused."""
    motions = [small.publish(small.decide(f"motion {number}")) for number in range(FEWER["meeting"] + 1)]
    page = small.get("/meeting", limit=5000)
    assert [one["id"].rsplit("/", 1)[1] for one in page["data"]] == motions[:-1]
    assert "limit=5000" in page["links"]["next"]


def test_times_bound_what_is_listed(small: Council) -> None:
    """Both ends count, in the precision of a second, in any time zone."""
    for name in ("first", "second", "third"):
        small.publish(small.decide(name))
        small.town.clock.advance(3600)
    created = [one["created"] for one in small.get("/paper")["data"]]
    assert [one["created"] for one in small.get("/paper", created_since=created[1])["data"]] == created[1:]
    assert [one["created"] for one in small.get("/paper", created_until=created[1])["data"]] == created[:2]
    both = {"created_since": created[1], "modified_until": created[1]}
    assert [one["created"] for one in small.get("/paper", **both)["data"]] == [created[1]]
    assert small.get("/paper", modified_since="2999-01-01T00:00:00Z")["data"] == []


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/oparl/vote", {}, 404, "not-found"),
        ("/oparl/vote/x", {}, 404, "not-found"),
        ("/oparl/meeting/x", {}, 404, "not-found"),
        ("/oparl/body/x", {}, 404, "not-found"),
        ("/oparl/person/m1", {}, 404, "not-found"),
        ("/oparl/organization/council.1", {}, 404, "not-found"),
        ("/oparl/meeting", {"modified_since": "yesterday"}, 422, "unprocessable"),
        ("/oparl/meeting", {"modified_since": "2026-02-30T00:00:00Z"}, 422, "unprocessable"),
        ("/oparl/meeting", {"created_since": "17"}, 422, "unprocessable"),
        ("/oparl/meeting", {"limit": "0"}, 422, "unprocessable"),
        ("/oparl/meeting", {"limit": "many"}, 422, "unprocessable"),
        ("/oparl/meeting", {"after": "-2"}, 422, "unprocessable"),
        ("/oparl/meeting", {"omit_internal": "maybe"}, 422, "unprocessable"),
        ("/oparl/meeting", {"page": "2"}, 422, "unprocessable"),
        ("/oparl", {"x": "1"}, 422, "unprocessable"),
    ],
)
def test_wrong_questions_are_problems(
    small: Council, path: str, query: dict[str, Any], status: int, code: str
) -> None:
    """Typed, and never a page of something else."""
    problem(small.site.get(path, **query), status, code)


def test_an_unchanged_object_is_not_sent_twice(small: Council) -> None:
    """Strong ETags, as on every read."""
    furnished(small)
    first = small.site.get("/oparl/paper")
    again = small.site.get("/oparl/paper", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
