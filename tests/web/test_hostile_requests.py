"""Does the real server answer what no honest client sends: typed, never with 500, and storing nothing?"""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.support.builders import LedgerBuilder, a_town
from tests.support.places import Place
from tests.support.running import RunningService

LEDGER = "/v1/ledgers/town"
ENVELOPE = json.dumps(
    {
        "payload": "e30=",
        "payloadType": "application/vnd.stimmbuch.vote-cast.v1+json",
        "signatures": [{"keyid": "x", "sig": "AAAA"}],
    }
).encode()
JSON = "Content-Type: application/json"
BY_THE_SERVER = {"400", "408", "413", "431", "505"}
"""What is no HTTP is answered before there is a request, and without a body."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBuilder]:
    """A town in the store that the service opens too."""
    folder = tmp_path_factory.mktemp("hostile") / "town"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    town = a_town(place.open())
    yield town
    town.ledger.close()


@pytest.fixture(scope="module")
def service(town: LedgerBuilder) -> Iterator[RunningService]:
    """The service of that town, with two workers."""
    home = town.ledger.store.home
    with RunningService(Place(str(home), str(home), home), home.parent / "log") as service:
        yield service


def request(method: str, path: str, *headers: str, body: bytes = b"", length: str | None = "") -> bytes:
    """A request, byte by byte; `length`: "" for the true one, None for none."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    if length is not None and (body or length):
        lines.append(f"Content-Length: {length or len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def post(*headers: str, body: bytes = ENVELOPE, length: str | None = "") -> bytes:
    """A statement that is none."""
    return request("POST", f"{LEDGER}/statements", *headers, body=body, length=length)


def get(path: str, *headers: str) -> bytes:
    """A read of the ledger."""
    return request("GET", LEDGER + path, *headers)


BAD = {
    "a length beside chunks": post(JSON, "Transfer-Encoding: chunked"),
    "two lengths": post(JSON, "Content-Length: 3"),
    "an unknown coding": post(JSON, "Transfer-Encoding: xchunked", body=b"0\r\n\r\n", length=None),
    "a space before the colon": post(JSON, "Transfer-Encoding : chunked", body=b"0\r\n\r\n", length=None),
    "a negative length": post(JSON, length="-1"),
    "a length with a sign": post(JSON, length=f"+{len(ENVELOPE)}"),
    "a length beyond numbers": post(JSON, length="9" * 20),
    "a chunk of no size": post(JSON, "Transfer-Encoding: chunked", body=b"zz\r\nx\r\n0\r\n\r\n", length=None),
    "a folded header": get("/procedures", "X-A: b\r\n c"),
    "a zero byte in a header": get("/procedures", "X-A: \0"),
    "a huge header": get("/procedures", "X-A: " + "a" * 100_000),
    "many headers": get("/procedures", *(f"X-{number}: 1" for number in range(500))),
    "a version to come": get("/procedures").replace(b"HTTP/1.1", b"HTTP/9.9"),
    "a handshake of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a huge query": get("/procedures?" + "a" * 14_000),
    "no content": post(JSON, body=b"", length="0"),
    "UTF-7": post("Content-Type: application/json; charset=utf-7", body=b"+AHs-"),
    "UTF-16": post(JSON, body="{}".encode("utf-16")),
    "a byte order mark": post(JSON, body=b"\xef\xbb\xbf" + ENVELOPE),
    "gzip": post(JSON, "Content-Encoding: gzip", body=gzip.compress(ENVELOPE)),
    "gzip that is not said": post(JSON, body=gzip.compress(ENVELOPE)),
    "a form": post("Content-Type: multipart/form-data; boundary=x", body=b"--x\r\n\r\n--x--"),
    "half a character": post(JSON, body=b'{"payload":"\\ud800"}'),
    "a number without end": post(JSON, body=b'{"payload":1' + b"0" * 5000 + b"}"),
    "a wish of no kind": request(
        "POST", f"{LEDGER}/statements/prepare", JSON, body=b'{"kind":[],"fields":{}}'
    ),
    "a slash behind": get("/procedures/"),
    "dots": get("/x/../procedures"),
    "dots in code": get("/log/%2e%2e/keys/log.key"),
    "slashes in code": get("/log/..%2fkeys%2flog.key"),
    "dots in a tile": get("/log/tile/0/../../../keys/log.key"),
    "a file of ours": get("/log/checkpoints/sizes"),
    "a bundle of nothing": get("/log/tile/entries/000.p/0"),
    "a level below": get("/log/tile/-1/000"),
    "a zero byte in code": get("/procedures%00"),
    "bytes of no character": get("/procedures/%ff"),
    "a long zero": get("/procedures/%c0%ae"),
    "a mark that turns text": get("/members/%E2%80%AE/open"),
    "another ledger behind a slash": request("GET", "/v1/ledgers/..%2fvillage/procedures"),
    "an entry beyond numbers": get("/procedures?wait_for=99999999999999999999"),
    "an entry that is far": get("/procedures?wait_for=999999"),
    "the end of time": get("/register?at=9999-12-31T23:59:59Z"),
    "the year 10000": get("/register?at=10000-01-01T00:00:00Z"),
    "twice the same": get("/procedures?limit=1&limit=2"),
    "an event before the first": get("/events", "Accept: text/event-stream", "Last-Event-ID: -5"),
    "a document elsewhere": request("PUT", f"{LEDGER}/documents/..%2f..%2fkeys", body=b"x"),
    "a part of a document": request(
        "PUT", f"{LEDGER}/documents/{'0' * 64}", "Content-Range: bytes 0-0/5", body=b"y"
    ),
    "a document of the size of a disk": request(
        "PUT", f"{LEDGER}/documents/{'0' * 64}", body=b"x", length="999999999999"
    ),
    "a method in a header": request("DELETE", f"{LEDGER}/procedures", "X-HTTP-Method-Override: GET"),
    "a method that nobody knows": request("A" * 300, f"{LEDGER}/procedures"),
    "the way back": request("TRACE", f"{LEDGER}/procedures"),
    "a proxy's name": get("/procedures", "X-Forwarded-Host: evil.example"),
    "another host": get("/procedures").replace(b"Host: localhost", b"Host: evil.example"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_honest_client_sends_is_answered_with_a_problem(
    service: RunningService, town: LedgerBuilder, name: str
) -> None:
    """4xx in the one shape, or 503 where waiting helps; what is no HTTP is refused by the server itself."""
    before = town.ledger.head()
    head, _, body = answer(service, BAD[name]).partition(b"\r\n\r\n")
    status = head.split(b" ")[1].decode()
    if body:
        assert b"application/problem+json" in head.lower()
        problem = json.loads(body)
        assert str(problem["status"]) == status
        assert status[0] == "4" or problem["code"] == "view-behind"
    else:
        assert status in BY_THE_SERVER
    assert town.ledger.head() == before


def answer(service: RunningService, data: bytes) -> bytes:
    """Everything that comes, until the length that is announced."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        with suppress(ConnectionError):  # who has read enough answers and hangs up, before all of it is sent
            connection.sendall(data)
        got = b""
        while chunk := connection.recv(65536):
            got += chunk
            head, end, body = got.partition(b"\r\n\r\n")
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            if end and lengths and len(body) >= int(lengths[0].partition(b":")[2]):
                break
    return got


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override: DELETE", "X-Original-URL: /metrics", "X-Rewrite-URL: /metrics"]
)
def test_headers_of_other_frameworks_mean_nothing(service: RunningService, header: str) -> None:
    """Neither another method nor another address than those that access was asked for."""
    got = answer(service, get("/procedures", header))
    assert got.startswith(b"HTTP/1.1 200")
    assert b'{"data":[]' in got
