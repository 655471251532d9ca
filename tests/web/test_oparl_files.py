"""Are the files behind OParl's addresses what the objects say, for everybody, and is nobody named in them?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.support import pdf
from tests.support.builders import document, item
from tests.support.guarded import Guarded
from tests.web.site import Site, disclosure_of, problem
from tests.web.test_oparl import TIME, Council, furnished

PROPERTIES = {
    # type -> name and kind of value of every member that we use (OParl 1.1.1, schema/*.json)
    "": "id:url type:url created:time modified:time web:url deleted:bool",
    "System": "oparlVersion:url body:url name:str",
    "Body": "system:url name:str legislativeTerm:list organization:url person:url meeting:url paper:url "
    "agendaItem:url consultation:url file:url membership:url locationList:url legislativeTermList:url",
    "Organization": "body:url name:str shortName:str organizationType:str",
    "Meeting": "name:str meetingState:str start:time end:time organization:urls agendaItem:objects",
    "AgendaItem": "meeting:url number:str order:int name:str public:bool consultation:url result:str "
    "resolutionText:str resolutionFile:object start:time end:time",
    "Paper": "body:url name:str date:day paperType:str mainFile:object auxiliaryFile:objects "
    "consultation:objects",
    "Consultation": "paper:url agendaItem:url meeting:url organization:urls authoritative:bool role:str",
    "File": "name:str fileName:str mimeType:str date:day size:int sha512Checksum:str accessUrl:url "
    "downloadUrl:url agendaItem:urls paper:urls",
}
URL = re.compile(r"https?://[a-z0-9.:-]+/\S*")
WORDING = "Der Plan wird beschlossen."
KINDS: dict[str, Any] = {
    "url": lambda value: isinstance(value, str) and URL.fullmatch(value),
    "time": lambda value: isinstance(value, str) and TIME.fullmatch(value),
    "day": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value),
    "str": lambda value: isinstance(value, str) and value,
    "int": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "list": lambda value: isinstance(value, list),
    "urls": lambda value: value and all(KINDS["url"](one) for one in value),
    "object": lambda value: wrong(value) == [],
    "objects": lambda value: value and all(wrong(one) == [] for one in value),
}


def wrong(one: dict[str, Any]) -> list[str]:
    """Members of an object that OParl does not know under this name, or not as this kind of value."""
    said = PROPERTIES[""], PROPERTIES[one["type"].removeprefix("https://schema.oparl.org/1.1/")]
    known = dict(pair.split(":") for part in said for pair in part.split())
    ours = {name for name in one if name.startswith("stimmbuch:")}
    return [name for name in one.keys() - ours if name not in known or not KINDS[known[name]](one[name])]


@pytest.fixture
def council(site: Site) -> Council:
    """On SQLite."""
    return Council(site)


def fetched(council: Council, address: str, **headers: str) -> TestResponse:
    """What lies under a whole address."""
    return council.site.get(urlsplit(address).path.removeprefix(council.site.api), headers=headers)


def resolution(council: Council) -> dict[str, Any]:
    """The `resolutionFile` of the first agenda item."""
    found: dict[str, Any] = council.get("/agenda-item")["data"][0]["resolutionFile"]
    return found


def test_every_object_is_as_the_schema_says(council: Council) -> None:
    """Names and kinds of values; what is ours begins with our name, and nothing is empty."""
    furnished(council)
    found = [council.get("")]
    for kind in ("body", "organization", "meeting", "agenda-item", "paper", "consultation", "file"):
        found += council.get(f"/{kind}")["data"]
    assert [(one["type"], wrong(one)) for one in found if wrong(one)] == []
    assert len(found) == 9


def test_a_resolution_file_has_the_bytes_that_are_told(council: Council) -> None:
    """Digest, size and type; twice the same, and the same again from another process."""
    furnished(council)
    file = resolution(council)
    data = fetched(council, file["accessUrl"]).get_data()
    assert file["sha512Checksum"] == hashlib.sha512(data).hexdigest()
    assert (file["size"], file["mimeType"]) == (len(data), "application/pdf")
    council.site.app.extensions["stimmbuch"].only().oparl.resolutions.clear()
    assert resolution(council) == file
    assert fetched(council, file["accessUrl"]).get_data() == data


def test_a_resolution_says_what_the_agenda_item_says_and_names_nobody(council: Council) -> None:
    """Counts, wording and head are those of the object; the file inside is for machines."""
    motion = furnished(council)
    (agenda,) = council.get("/agenda-item")["data"]
    data = fetched(council, agenda["resolutionFile"]["accessUrl"]).get_data()
    page = " ".join(" ".join(pdf.pages_of(data)).split())
    for said in (agenda["resolutionText"], motion, agenda["stimmbuch:ledgerHead"]["root"], "Der Plan"):
        assert said in page
    assert re.findall(r"\b(m[1-5]|clerk|chair)\b", page) == []
    with pdf.opened(data) as found:
        [(name, (_, inside))] = pdf.attachments(found).items()
        assert (pdf.metadata(found, "pdfaid:part"), pdf.metadata(found, "pdfuaid:part")) == ("3", "1")
    told = json.loads(inside)
    counts = {one["option"]: one["votes"] for one in told["items"][0]["result"]["counts"]}
    assert (name, counts) == ("resolution.json", agenda["stimmbuch:tally"])
    assert told["head"]["root"] == agenda["stimmbuch:ledgerHead"]["root"]


def test_a_file_is_shown_under_one_address_and_stored_under_the_other(council: Council) -> None:
    """OParl 1.1, "Dateizugriffe": only the download is an attachment, and it has the file's name."""
    motion = furnished(council)
    files = council.get("/file")["data"]
    assert any(re.fullmatch(rf"{motion}-resolution-\d+\.de\.pdf", file["fileName"]) for file in files)
    for file in files:
        shown, stored = (fetched(council, file[name]) for name in ("accessUrl", "downloadUrl"))
        assert shown.headers["Content-Disposition"].startswith("inline;")
        assert stored.headers["Content-Disposition"] == f'attachment; filename="{file["fileName"]}"'
        assert shown.get_data() == stored.get_data()
        assert shown.content_length == file["size"]
        again = fetched(council, file["accessUrl"], **{"If-None-Match": shown.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")


def test_a_file_that_could_run_is_not_shown_in_our_name(council: Council) -> None:
    """Somebody's page under our address could speak for us to whoever opens it."""
    data = b"<script>alert(1)</script>"
    sha256 = hashlib.sha256(data).hexdigest()
    council.site.http.put(f"{council.site.api}/documents/{sha256}", data=data)
    page = {**document(data.decode()), "media_type": "text/html"}
    council.publish(council.decide(documents=[page]))
    file = council.get("/file")["data"][0]
    assert file["mimeType"] == "text/html"
    shown = fetched(council, file["accessUrl"])
    assert shown.mimetype == "application/octet-stream"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_an_erased_text_leaves_the_resolution_and_its_digest_changes(council: Council) -> None:
    """What is forgotten is in no file; clients hear of it by `modified_since`."""
    motion = furnished(council)
    before = resolution(council)
    council.town.clock.advance(60)
    since = council.town.clock()
    title = council.town.ledger.procedure(UUID(motion)).opening["title"]
    why: dict[str, Any] = {"legal_basis": "gdpr-17-1-b", "authority": "registrar"}
    council.town.put("redacted", "clerk", stream=motion, digests=[title], **why)
    [after] = [
        one for one in council.get("/file", modified_since=since)["data"] if one["name"] == "Beschluss"
    ]
    assert after["id"] == before["id"]
    assert after["sha512Checksum"] != before["sha512Checksum"]
    data = fetched(council, after["accessUrl"]).get_data()
    assert after["sha512Checksum"] == hashlib.sha512(data).hexdigest()
    assert "Der Plan" not in " ".join(" ".join(pdf.pages_of(data)).split()).replace(WORDING, "")


def test_a_text_that_comes_later_changes_the_digest_with_the_file(council: Council) -> None:
    """Texts lie beside the log and have no entry: what is told of the bytes must follow them all the same.

    What was told before is forgotten: a service runs for years.
    """
    title = disclosure_of("title", "Der Plan")
    council.publish(council.decide(title=title.digest))
    before = resolution(council)
    council.site.service.ledger.disclose([title.encoded])
    after = resolution(council)
    data = fetched(council, after["accessUrl"]).get_data()
    assert before["sha512Checksum"] != after["sha512Checksum"] == hashlib.sha512(data).hexdigest()
    assert len(council.site.app.extensions["stimmbuch"].only().oparl.resolutions) == 1


def test_an_annulled_result_says_so_in_its_file(council: Council) -> None:
    """It was public, and stays under its address: whoever comes back must not find it in force."""
    motion = furnished(council)
    before = resolution(council)
    council.town.annul(motion)
    after = resolution(council)
    assert (after["id"], after["sha512Checksum"] != before["sha512Checksum"]) == (before["id"], True)
    page = " ".join(" ".join(pdf.pages_of(fetched(council, after["accessUrl"]).get_data())).split())
    assert "Das Ergebnis ist aufgehoben." in page


@pytest.mark.parametrize("part", ["resolution", "0" * 64, "", "resolution.pdf", "1"])
def test_there_is_no_file_of_what_is_not_public(council: Council, part: str) -> None:
    """Whatever its name: before the publication, and of a procedure that has no public item."""
    closed = council.decide("closed")
    private = council.publish(council.decide("private", items=[item("1")]))
    for motion in (closed, private, "x"):
        for way in ("content", "download"):
            problem(council.site.get(f"/oparl/file/{motion}.{part}/{way}"), 404, "not-found")


# ── as the public ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def guarded(guarded: Guarded) -> Guarded:
    """It lets the public in."""
    guarded.allow_the_public()
    return guarded


def addresses(value: Any) -> Iterator[str]:
    """Every address in a JSON value."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from addresses(inner)
    elif isinstance(value, str) and URL.fullmatch(value) and "schema.oparl.org" not in value:
        yield value


def test_whoever_has_no_credential_can_follow_every_link(guarded: Guarded) -> None:
    """An open interface whose links ask for a token is none: objects, lists, pages and files."""
    furnished(Council(guarded.site))
    guarded.site.service.follower.catch_up()
    waiting, seen = [f"{guarded.site.api}/oparl"], dict[str, int]()
    while waiting:
        path = waiting.pop()
        answer = guarded.call("GET", path, None)
        seen[path] = answer.status_code
        if answer.mimetype == "application/json" and "/oparl" in path:
            found = (urlsplit(one) for one in addresses(answer.get_json()))
            waiting += [
                one for one in {part.path for part in found} if one not in seen and one not in waiting
            ]
    assert {path: status for path, status in seen.items() if status != 200} == {}
    assert {"content", "download", "resolution.html"} <= {path.rsplit("/", 1)[1] for path in seen}
    assert len(seen) > 25
