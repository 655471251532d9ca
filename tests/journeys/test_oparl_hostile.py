"""Does a hostile council information system neither hold a clerk up nor hand over what runs in a browser?"""

from __future__ import annotations

import json
import socket
from datetime import date

import pytest

from api.proposals.confirming import read_confirmed
from api.proposals.fetching import Server
from api.proposals.proposal import FORMAT, propose
from ledger.errors import BadArgument, Unreachable
from tests.support.odd_server import Drip, OddServer, Silence

DRIPS = {
    "head": Drip(b"HTTP/1.1 200 OK\r\nX-More: "),
    "body": Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"),
    "chunks": Drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "no end": Drip(b"HTTP/1.1 200 OK\r\n\r\n"),
    "nothing": Silence(),
}


@pytest.mark.parametrize("said", DRIPS.values(), ids=DRIPS)
def test_a_server_that_drips_is_not_waited_for_without_end(said: Drip | Silence) -> None:
    """A byte now and then is no silence: only a limit for all of it ends that."""
    with OddServer(said) as odd:
        server = Server(odd.url, private=True, seconds=0.5)
        with pytest.raises(Unreachable, match="within"):
            server.page(odd.url)
        with pytest.raises(Unreachable, match="within"):
            server.page(odd.url + "2")  # nor is it asked again


def test_a_handshake_that_drips_is_not_waited_for_without_end() -> None:
    """It comes before every time limit of HTTP."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(f"https://127.0.0.1:{listening.getsockname()[1]}/", private=True, seconds=0.5)
    with listening, pytest.raises(Unreachable, match="within"):
        server.page("/")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://oparl.example/files/1.pdf", True),
        ("HTTP://oparl.example/f?id=1", True),
        ("https://oparl.example/Übersicht.pdf", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//oparl.example/f", False),
        ("https:", False),
        ("https://[", False),
        (7, False),
    ],
)
def test_only_an_address_that_a_browser_fetches_is_proposed(url: object, kept: bool) -> None:
    """A clerk clicks on it; the document stays, with its name, and the reason is told."""
    file = {"id": "https://oparl.example/files/1", "name": "Plan", "accessUrl": url}
    paper = {
        "id": "https://oparl.example/papers/1",
        "type": "https://schema.oparl.org/1.1/Paper",
        "name": "P",
        "mainFile": file,
    }
    found = propose("x", [paper], date(2026, 3, 2))
    why = "an accessUrl that is no http or https address"
    assert found.papers[0]["documents"] == [{"name": "Plan"} | ({"accessUrl": url} if kept else {})]
    assert found.left_out == ([] if kept else [{"oparl": file["id"], "why": why}])


def test_of_two_memberships_in_one_body_one_is_the_seat() -> None:
    """A chair is often a member as well; the ledger would refuse the list without saying whose line it is."""
    both = [
        {"confirm": True, "oparl": f"m/{number}", "body": "gr", "member": "pe-1", "weight": 1, "group": None}
        for number in (1, 2)
    ]
    proposal = {"format": FORMAT, "bodies": [], "people": [], "seats": both}
    with pytest.raises(BadArgument, match="m/2: pe-1 gets one seat in gr, and m/1 is confirmed already"):
        read_confirmed(json.dumps(proposal).encode())
    both[0]["confirm"] = False
    assert [seat["oparl"] for seat in read_confirmed(json.dumps(proposal).encode()).seats] == ["m/2"]
