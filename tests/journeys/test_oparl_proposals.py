"""Is what a council information system says only ever proposed, however odd or hostile it is?"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.proposals import fetching, loose
from api.proposals.confirming import read_confirmed
from api.proposals.fetching import Server
from api.proposals.proposal import FORMAT, propose
from api.proposals.sources import from_dump, from_server
from ledger.errors import BadAddress, BadShape, NotCanonical, TooLarge, Unreachable
from tests.support.transcript import Terminal

TYPE = "https://schema.oparl.org/1.1/"
TODAY = date(2026, 3, 2)


class Said(NamedTuple):
    """An answer."""

    body: Any
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Town:
    """An OParl server on loopback, which says at each path what it is told to."""

    def __init__(self) -> None:
        self.said: dict[str, Said] = {}
        self.asked: list[tuple[str, str | None]] = []
        town = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Answers from the table; the query is no part of it."""
                town.asked.append((self.path, self.headers.get("Authorization")))
                said = town.said.get(self.path.split("?")[0], Said(b"", 404))
                body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
                self.send_response(said.status)
                for name, value in (*said.headers, ("Content-Length", str(len(body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def has(self, kind: str, path: str, **members: Any) -> dict[str, Any]:
        """An object of the town."""
        return {"id": self.url + path, "type": TYPE + kind, **members}

    def lists(self, path: str, *objects: Any, following: str | None = None) -> None:
        """A list page."""
        links = {} if following is None else {"next": following}
        self.said[path] = Said({"data": list(objects), "pagination": {}, "links": links})

    def read(self, **options: Any) -> dict[str, Any]:
        """The proposal that is made of it."""
        server = Server(self.url + "/", private=True)
        found = from_server(server, told=lambda _pages: None, **options)
        return propose(self.url, found, TODAY).to_dict()


@pytest.fixture
def town() -> Iterator[Town]:
    """System, Body, one list of each kind: a council of two, of whom one may vote."""
    town = Town()
    url = town.url
    lists = {name: f"{url}/{name}" for name in ("organization", "person", "membership", "paper")}
    town.said["/"] = Said(town.has("System", "/", body=f"{url}/bodies"))
    town.lists("/bodies", town.has("Body", "/bodies/1", name="Musterstadt", **lists))
    council = town.has("Organization", "/organizations/gr/7", name="Rat", shortName="R")
    town.lists("/organization", council)
    membership = {"type": f"{TYPE}Membership", "organization": council["id"], "role": "Ratsmitglied"}
    voting = {**membership, "id": f"{url}/memberships/1", "votingRight": True}
    staff = {**membership, "id": f"{url}/memberships/2", "votingRight": False, "role": "Schriftführerin"}
    anna = town.has("Person", "/persons/1", name="Anna Muster", membership=[voting])
    town.lists("/person", anna, town.has("Person", "/persons/2", familyName="Beispiel", membership=[staff]))
    town.lists("/membership")
    town.lists("/paper", town.has("Paper", "/papers/9", name="Haushalt", reference="2026/9"))
    thread = threading.Thread(target=town.server.serve_forever)
    thread.start()
    yield town
    town.server.shutdown()
    thread.join()
    town.server.server_close()


def test_everything_is_proposed_and_nothing_confirmed(town: Town) -> None:
    """Bodies, people, seats, papers; a membership without a vote is no seat, and the file says so."""
    found = town.read()
    assert [(one["body"], one["name"]) for one in found["bodies"]] == [("gr-7", "Rat")]
    assert [one["name"] for one in found["people"]] == ["Anna Muster", "Beispiel"]
    (seat,) = found["seats"]
    assert (seat["member"], seat["body"], seat["said"]["votingRight"]) == ("persons-1", "gr-7", True)
    assert [one["title"] for one in found["papers"]] == ["Haushalt"]
    assert found["left_out"] == [{"oparl": f"{town.url}/memberships/2", "why": "a membership without a vote"}]
    lines = [line for name in ("bodies", "people", "seats", "papers") for line in found[name]]
    assert {line["confirm"] for line in lines} == {False}


def test_pages_are_followed_and_filters_sent(town: Town) -> None:
    """Relative links too; the server's own query is kept."""
    second = town.has("Paper", "/papers/10", name="Zweite")
    town.lists("/paper", town.has("Paper", "/papers/9", name="Erste"), following="/paper/2?page=2")
    town.lists("/paper/2", second)
    found = town.read(modified_since="2026-01-01T00:00:00+01:00")
    assert [one["title"] for one in found["papers"]] == ["Erste", "Zweite"]
    assert "/paper?modified_since=2026-01-01T00%3A00%3A00%2B01%3A00" in [path for path, _ in town.asked]


# ── a hostile server ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.2/paper",
        "https://127.0.0.1/paper",
        "http://127.0.0.1:9/paper",
        "//evil.example/paper",
        "file:///etc/passwd",
        "http://user@127.0.0.1/",
        "http://[::1",
        "gopher://x",
    ],
)
def test_a_link_to_somewhere_else_is_not_followed(town: Town, link: str) -> None:
    """Another host, port or scheme is another server; nothing is asked there."""
    town.lists("/paper", following=link)
    with pytest.raises(BadAddress):
        town.read()


def test_links_in_a_circle_end(town: Town) -> None:
    """A page that names itself, or two that name each other."""
    town.lists("/paper", following="/paper/2")
    town.lists("/paper/2", following="/paper")
    with pytest.raises(BadShape, match="circle"):
        town.read()


def test_pages_without_end_are_given_up(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list may go on for ever without a circle."""
    monkeypatch.setattr(fetching, "MAX_PAGES", 3)
    with pytest.raises(TooLarge, match="pages"):
        town.read()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(town: Town, status: int) -> None:
    """It could lead anywhere; the credentials would go with it."""
    town.said["/paper"] = Said(b"", status, (("Location", "http://127.0.0.1:9/"),))
    with pytest.raises(Unreachable, match=str(status)):
        town.read()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Said(b"<html>"), NotCanonical),
        (Said(b"\xff\xfe"), NotCanonical),
        (Said(b"[" * 200_000), NotCanonical),
        (Said(b"[1, 2]"), BadShape),
        (Said({"data": {"x": 1}}), BadShape),
        (Said(b"", 401), Unreachable),
        (Said(b"", 500), Unreachable),
        (Said(b"x" * (fetching.MAX_PAGE + 1)), TooLarge),
    ],
    ids=["html", "bytes", "deep", "no-list", "no-data", "401", "500", "huge"],
)
def test_what_is_no_page_of_a_list_ends_the_reading(town: Town, said: Said, error: type[Exception]) -> None:
    """Half a town must not look like a whole one."""
    town.said["/paper"] = said
    with pytest.raises(error):
        town.read()


def test_the_pages_together_have_a_limit(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand large pages fill a memory as one does."""
    monkeypatch.setattr(fetching, "MAX_TOTAL", 500)
    with pytest.raises(TooLarge, match="in all"):
        town.read()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0", "[fe80::1]"]
)
def test_a_server_in_our_own_network_is_not_asked_unless_allowed(host: str) -> None:
    """An address on a council's page must not make us read our own machines."""
    with pytest.raises(BadAddress, match="no public address"):
        Server(f"http://{host}:9/oparl")


def test_credentials_are_not_sent_in_the_clear(town: Town) -> None:
    """Over https only, or within our own network; and to this server alone."""
    with pytest.raises(BadAddress, match="https"):
        Server("http://oparl.example/", authorization="Basic c2VjcmV0")
    server = Server(town.url + "/", authorization="Basic c2VjcmV0", private=True)
    list(from_server(server, told=lambda _pages: None))
    assert {secret for _, secret in town.asked} == {"Basic c2VjcmV0"}


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, "an organization without a name"),
        ({"name": 7}, "an organization without a name"),
        ({"name": ["Rat"]}, "an organization without a name"),
        ({"name": "x" * 10_000_000}, "an organization without a name"),
        ({"name": "\ud800"}, "an organization without a name"),
        ({"name": " \n "}, "an organization without a name"),
        ({"name": "Alt", "endDate": "2026-03-01"}, "an organization that ended on 2026-03-01"),
        ({"name": "Alt", "endDate": "im März"}, "an organization that ended on im März"),
        ({"name": "Neu", "startDate": "2026-03-03"}, "an organization that begins on 2026-03-03"),
    ],
    ids=["missing", "number", "list", "huge", "half-a-character", "blank", "ended", "some-time", "later"],
)
def test_what_cannot_be_used_is_left_out_with_its_reason(members: dict[str, Any], why: str) -> None:
    """The rest is read all the same."""
    address = "https://oparl.example/organizations/1"
    found = propose("x", [{"id": address, "type": f"{TYPE}Organization", **members}], TODAY)
    assert (found.bodies, found.left_out) == ([], [{"oparl": address, "why": why}])


def test_deleted_objects_are_named_and_not_proposed(town: Town) -> None:
    """Also where an older, living form of the same object is in the same answers."""
    gone = town.has("Paper", "/papers/9", deleted=True, modified="2026-02-01T00:00:00+01:00")
    old = town.has("Paper", "/papers/9", name="Haushalt", modified="2026-01-01T00:00:00+01:00")
    town.lists("/paper", gone, old)
    found = town.read()
    assert (found["papers"], found["deleted"]) == ([], [f"{town.url}/papers/9"])


def test_what_vendors_add_stays_out(town: Town) -> None:
    """Neither their members nor objects within them."""
    secret = town.has("Person", "/persons/3", name="Geheim")
    town.lists(
        "/paper", town.has("Paper", "/papers/9", name="Haushalt", **{"hersteller:akte": [secret], "x": 1})
    )
    assert "Geheim" not in json.dumps(town.read(), ensure_ascii=False)
    assert "hersteller" not in json.dumps(town.read())


def test_a_membership_whose_vote_nobody_states_is_proposed_with_what_is_said(town: Town) -> None:
    """Most servers say nothing: the clerk decides, and sees the role."""
    town.lists(
        "/membership",
        town.has(
            "Membership",
            "/memberships/3",
            person=f"{town.url}/persons/2",
            organization=f"{town.url}/organizations/gr/7",
            role="papierarme Gremienarbeit",
        ),
    )
    assert town.read()["seats"][-1]["said"] == {"role": "papierarme Gremienarbeit"}


def test_two_addresses_never_become_one_id() -> None:
    """`gr/1` of one body and `gr/1` of another are two councils."""
    ids = loose.Ids()
    found = [ids.of(f"https://x.example/{body}/gr/1") for body in "abc"] + [
        ids.of("https://x.example/a/gr/1")
    ]
    assert found[0] == found[3] == "gr-1"
    assert len(set(found)) == 3
    assert all(
        len(one) <= 64
        for one in [*found, ids.of("https://x.example/" + "a" * 5000), *map(ids.of, ("", "http://[::1"))]
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
names = st.sampled_from(
    ["id", "type", "name", "person", "organization", "membership", "mainFile", "auxiliaryFile"]
)
types = st.sampled_from([TYPE + kind for kind in ("Organization", "Person", "Membership", "Paper")])
strange = st.dictionaries(names, json_values | types, max_size=8)


@given(st.lists(strange, max_size=4))
def test_no_object_whatever_it_holds_breaks_the_reading(found: list[dict[str, Any]]) -> None:
    """And what is proposed of it can be written as JSON and read again."""
    proposal = propose("x", loose.objects(found), TODAY).to_dict()
    read_confirmed(json.dumps(proposal).encode())


# ── confirming ─────────────────────────────────────────────────────────────────────────────────


def spoilt(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A proposal that was edited badly."""
    body = {"confirm": True, "body": "rat", "name": "Rat", "oparl": "x"}
    proposal: dict[str, Any] = {"format": FORMAT, "bodies": [body], "people": [], "seats": []}
    change(proposal)
    return json.dumps(proposal).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda proposal: proposal.update(format="else"),
        lambda proposal: proposal.update(bodies={}),
        lambda proposal: proposal.pop("seats"),
        lambda proposal: proposal["bodies"].append("rat"),
        lambda proposal: proposal["bodies"][0].update(confirm="yes"),
        lambda proposal: proposal["bodies"][0].update(confirm=1),
        lambda proposal: proposal["bodies"][0].pop("confirm"),
        lambda proposal: proposal["bodies"][0].pop("name"),
        lambda proposal: proposal["bodies"][0].update(name=None),
        lambda proposal: proposal["bodies"][0].update(body="der Rat"),
        lambda proposal: proposal["bodies"][0].update(body=""),
        lambda proposal: proposal["seats"].append(
            {"confirm": True, "body": "rat", "member": "a", "weight": True, "group": None}
        ),
        lambda proposal: proposal["seats"].append(
            {"confirm": True, "body": "rat", "member": "a", "weight": 1}
        ),
    ],
)
def test_a_slip_of_the_pen_is_not_signed(change: Callable[[dict[str, Any]], object]) -> None:
    """The clerk edits the file by hand: all that is confirmed is looked at before a signature."""
    assert len(read_confirmed(spoilt(lambda _proposal: None)).bodies) == 1
    with pytest.raises(BadShape):
        read_confirmed(spoilt(change))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"format":1.5}', b"[" * 100_000])
def test_what_is_no_proposal_is_refused(data: bytes) -> None:
    """Typed, and before a key is used."""
    with pytest.raises(BadShape):
        read_confirmed(data)


def test_a_clerk_confirms_what_is_right_and_nothing_else_is_signed(terminal: Terminal, town: Town) -> None:
    """From a server to a seat, in several steps, none of them done twice."""

    def run(command: str) -> str:
        done = terminal.run(command)
        assert (done.returncode, done.stderr) == (0, ""), command
        return done.stdout

    run("stimmbuch init --store rat --origin ledger.example.org/rat")
    told = run(f"stimmbuch oparl propose {town.url}/ --private-address --to proposal.json")
    assert told.startswith("proposal.json: 1 bodies, 2 people, 1 seats, 1 papers, 0 deleted, 1 left out")
    assert run("stat -c %a proposal.json") == "600\n"
    confirm = "stimmbuch oparl confirm proposal.json --store rat --key rat/keys/registrar.key"
    assert run(confirm) == ""  # nothing is confirmed yet
    run("""sed -i 's/"confirm": false/"confirm": true/' proposal.json""")
    told = run(confirm)
    assert told.startswith("registered the body gr-7\npersons-1 has no key yet: prepare key-registered")
    name = told.split("subject=persons-1 name=")[1].split()[0]
    run("stimmbuch keygen anna.key --json > anna.json")
    fields = f"""actor=registrar subject=persons-1 roles='["member"]' name={name}"""
    fields += ' key="$(field anna.json public)"'
    signed = "stimmbuch sign --key rat/keys/registrar.key --key anna.key | stimmbuch submit --store rat"
    run(f"stimmbuch prepare key-registered --store rat {fields} | {signed}")
    assert json.loads(run(f"{confirm} --json"))["seats"] == {"gr-7": ["persons-1"]}
    again = run(confirm)
    assert "registered" not in again.split("has no key")[0]
    assert "seats" not in again
    assert "OK" in run("stimmbuch verify rat")


@pytest.mark.needs_shared
def test_a_real_town_is_read_without_a_fault(shared: Path) -> None:
    """Karlsruhe: 97 organizations, 49 papers, no people; nobody gets a seat."""
    folder = shared / "votes" / "de-karlsruhe-procedures"
    found = propose("Karlsruhe", from_dump(folder), TODAY).to_dict()
    ended = [one for one in found["left_out"] if "ended" in one["why"]]
    assert len(found["bodies"]) + len(ended) == 97
    assert len(found["papers"]) == 49
    assert (found["people"], found["seats"], found["deleted"]) == ([], [], [])
    assert [one for one in found["papers"] if not one["documents"]] == []
    assert len({one["body"] for one in found["bodies"]}) == len(found["bodies"])
    assert {name for paper in found["papers"] for one in paper["documents"] for name in one} <= {
        *("name", "accessUrl", "mimeType"),
    }
