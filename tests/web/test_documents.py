"""Are documents and disclosures what their digests say?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pytest

from api.context import Settings
from ledger.proof.disclosure import MAX_DISCLOSURE
from tests.support.places import Place
from tests.web.site import Site, disclosure_of, problem

CONTENT = b"%PDF-1.7 the budget" * 10_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()
LIMIT = 1 << 20


@pytest.fixture
def small(sqlite_place: Place) -> Iterator[Site]:
    """A site that takes documents up to a mebibyte."""
    site = Site(sqlite_place, Settings(max_document=LIMIT))
    yield site
    site.close()


def test_a_document_comes_back_byte_for_byte(site: Site) -> None:
    """What was decided on can be read for as long as it is kept."""
    address = f"{site.api}/documents/{DIGEST}"
    assert site.http.put(address, data=CONTENT).status_code == 201
    response = site.http.get(address)
    assert response.get_data() == CONTENT
    assert response.content_length == len(CONTENT)
    assert response.headers["ETag"] == f'"{DIGEST}"'


def test_the_same_document_again_is_harmless(site: Site) -> None:
    """A repetition answers 200 instead of 201."""
    address = f"{site.api}/documents/{DIGEST}"
    assert [site.http.put(address, data=CONTENT).status_code for _ in range(2)] == [201, 200]


def test_a_document_is_never_shown_as_a_page_of_ours(site: Site) -> None:
    """A script in an uploaded file must not run under our name."""
    page = b"<script>alert(1)</script>"
    address = f"{site.api}/documents/{hashlib.sha256(page).hexdigest()}"
    site.http.put(address, data=page, content_type="text/html")
    headers = site.http.get(address).headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_document_that_the_caller_has_is_not_sent_again(site: Site) -> None:
    """Content under its digest never changes."""
    address = f"{site.api}/documents/{DIGEST}"
    site.http.put(address, data=CONTENT)
    response = site.http.get(address, headers={"If-None-Match": f'"{DIGEST}"'})
    assert (response.status_code, response.get_data()) == (304, b"")
    assert response.headers["ETag"] == f'"{DIGEST}"'


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", b""])
def test_a_document_under_another_digest_is_not_kept(site: Site, content: bytes) -> None:
    """Nobody can put another text behind what was voted on."""
    address = f"{site.api}/documents/{DIGEST}"
    problem(site.http.put(address, data=content), 422, "document-mismatch")
    problem(site.http.get(address), 404, "not-found")


def test_a_document_that_is_too_large_is_refused_by_its_announced_size(small: Site) -> None:
    """Before it is read."""
    address = f"{small.api}/documents/{DIGEST}"
    announced = {"CONTENT_LENGTH": str(LIMIT + 1)}
    problem(small.http.put(address, data=b"x", environ_overrides=announced), 413, "too-large")


def test_a_document_that_is_too_large_is_refused_without_an_announcement(small: Site) -> None:
    """While it is read: nothing of it stays."""
    content = bytes(LIMIT + 1)
    address = f"{small.api}/documents/{hashlib.sha256(content).hexdigest()}"
    stream = {"wsgi.input": io.BytesIO(content), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    problem(small.http.put(address, environ_overrides=stream), 413, "too-large")
    problem(small.http.get(address), 404, "not-found")


def test_a_document_without_an_announced_size_is_stored(small: Site) -> None:
    """As a client sends it that makes the file while it sends."""
    address = f"{small.api}/documents/{DIGEST}"
    stream = {"wsgi.input": io.BytesIO(CONTENT), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    assert small.http.put(address, environ_overrides=stream).status_code == 201


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", DIGEST.upper(), DIGEST[:-1], "x"])
def test_a_document_has_one_name(site: Site, name: str) -> None:
    """Nothing else leads to a file."""
    for method in ("GET", "PUT"):
        response = site.http.open(f"{site.api}/documents/{name}", method=method, data=CONTENT)
        assert response.status_code in {400, 404}


def test_a_disclosure_is_stored_under_its_digest(each_site: Site) -> None:
    """The text appears where its digest stood."""
    title = disclosure_of("title", "Ein neues Dach für die Schule")
    motion = each_site.town.open(title=title.digest)
    assert each_site.get(f"/procedures/{motion}").get_json()["title"] is None
    address = f"{each_site.api}/disclosures/{title.digest}"
    answers = [each_site.http.put(address, json={"disclosure": title.encoded}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].get_json() == {"digest": title.digest, "name": "title"}
    assert each_site.get(f"/procedures/{motion}").get_json()["title"] == "Ein neues Dach für die Schule"


def test_a_disclosure_under_another_digest_is_refused(site: Site) -> None:
    """Nobody can give a procedure another title."""
    title, other = disclosure_of("title", "a roof"), disclosure_of("title", "a pool")
    address = f"{site.api}/disclosures/{title.digest}"
    problem(site.http.put(address, json={"disclosure": other.encoded}), 422, "document-mismatch")


@pytest.mark.parametrize(
    ("disclosure", "status", "code"),
    [
        ("W10", 422, "bad-shape"),
        ("***", 422, "bad-shape"),
        ("WyJhIiwiYiIsImMiXR", 422, "bad-shape"),
        ("ä", 422, "bad-shape"),
        ("A" * (MAX_DISCLOSURE + 2048), 413, "too-large"),
    ],
)
def test_what_is_no_disclosure_is_refused(site: Site, disclosure: str, status: int, code: str) -> None:
    """Beside the log lies only what can be checked against it."""
    address = f"{site.api}/disclosures/{'A' * 43}"
    problem(site.http.put(address, json={"disclosure": disclosure}), status, code)


def test_a_disclosure_that_was_changed_in_the_store_is_not_shown(site: Site) -> None:
    """A text that is not the signed one is missing, and the others are still there."""
    title, wording = disclosure_of("title", "a roof"), disclosure_of("wording", "The roof is renewed.")
    items = [{"id": "1", "wording": wording.digest, "options": ["yes", "no"], "polarity": "for"}]
    motion = site.town.open(title=title.digest, items=items)
    site.service.ledger.disclose([wording.encoded])
    forged = disclosure_of("title", "a pool").encoded.encode()
    import base64

    key = base64.urlsafe_b64decode(title.digest + "=")
    site.service.store.disclosures.put(key, forged)
    shown = site.get(f"/procedures/{motion}").get_json()
    assert shown["title"] is None
    assert shown["items"][0]["wording"] == "The roof is renewed."
