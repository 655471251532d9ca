"""Does the browser module keep a key, vote, and refuse what is wrong, in a browser, from another origin?"""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import api.client
from api.client import verify_receipt
from api.context import Settings
from ledger.domain.profiles import complete
from ledger.proof.ballot import ballot_digest
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.dsse import pae
from ledger.proof.encoding import b64, canonical
from ledger.proof.merkle import hash_leaf, inclusion_proof
from ledger.proof.note import verification_key
from ledger.proof.signers import Ed25519Signer
from ledger.proof.tlog_proof import TlogProof
from tests.support.builders import document, item
from tests.support.places import Place
from tests.support.trees import MemoryTree, mth
from tests.web.site import Site, disclosure_of
from tests.web.test_client import payload
from tests.web.test_pages_in_a_browser import CHROMIUM, MISSING
from tests.web.wire import Wire, altered, answers, lost_answer, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"NOT TESTED IN A BROWSER: {', '.join(MISSING)} not installed"),
]

FILES = Path(api.client.__path__[0]) / "browser"
MEMBER = "eva"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the portal's files without a word."""

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """The portal's origin: another port is another origin."""
    handler = functools.partial(Quiet, directory=str(FILES))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def site(portal: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A town that lets the portal's pages in."""
    folder = tmp_path_factory.mktemp("browser") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    site = Site(place, Settings(origins=(portal,)))
    yield site
    site.close()


@pytest.fixture(scope="module")
def wire(site: Site) -> Iterator[Wire]:
    """The way to the service, which can fail."""
    with served(site) as url, Wire(url) as wire:
        yield wire


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Page:
    """A page of the portal, with the module in it as `s`."""

    def __init__(self, page: Any, portal: str, ledger: dict[str, Any]) -> None:
        self.page, self.ledger = page, ledger
        page.goto(portal + "/vote.html")
        page.evaluate("async () => { window.s = await import('./stimmbuch.js'); }")

    def run(self, body: str, **given: Any) -> Any:
        """What an async function of `given` and `ledger` returns."""
        names = ", ".join(["ledger", *given])
        return self.page.evaluate(f"async ({{{names}}}) => {{ {body} }}", {"ledger": self.ledger, **given})

    def fails(self, body: str, **given: Any) -> str:
        """The message of the error that it throws."""
        caught = "try { %s } catch (error) { return `${error.code ?? ''}: ${error.message}`; } return null;"
        said = self.run(caught % body.replace("return ", "await "), **given)
        assert said is not None
        return str(said)


@pytest.fixture(scope="module")
def page(browser: Any, portal: str, site: Site, wire: Wire) -> Iterator[Page]:
    """Eva's page: her key is made in it, registered and seated."""
    context = browser.new_context()
    ledger = {"url": wire.url + site.api, "vkey": site.log_key, "patience": 20}
    page = Page(context.new_page(), portal, ledger)
    public = page.run(f"return (await s.makeKey('{MEMBER}')).public")
    fields = {"subject": MEMBER, "roles": ["member"], "key": public}
    wanted = site.town.statement("key-registered", "registrar", keys=[site.town.key("registrar")], **fields)
    receipt = page.run(
        f"const key = await s.loadKey('{MEMBER}');"
        f"return s.submit(ledger, await s.countersign(key, envelope, '{MEMBER}'))",
        envelope=wanted.envelope.to_dict(),
    )
    assert receipt["seq"] == site.town.ledger.head()
    site.town.seat([MEMBER])
    yield page
    context.close()


@pytest.fixture
def motion(site: Site, request: pytest.FixtureRequest) -> str:
    """A procedure with two documents."""
    return site.town.open(request.node.name, documents=[document("the plan"), document("the map")])


VOTE = f"""
    const key = await s.loadKey('{MEMBER}');
    const shown = await s.ask(ledger, 'GET', `/procedures/${{motion}}?wait_for=${{head}}`);
    const ballot = await s.ballotOf(shown);
"""
CAST = f"s.vote(ledger, key, {{ member: '{MEMBER}', procedure: motion, choices: {{ 1: 'yes' }}, ballot }})"


def cast(page: Page, site: Site, motion: str) -> Any:
    """The receipt of Eva's vote."""
    return page.run(f"{VOTE} return {CAST}", motion=motion, head=site.town.ledger.head())


def test_a_key_of_the_browser_votes_and_its_receipt_verifies_elsewhere(
    page: Page, site: Site, motion: str
) -> None:
    """Browser and Python agree about every byte: ballot, payload, signature, leaf, tree, checkpoint."""
    receipt = cast(page, site, motion)
    found = verify_receipt(receipt["proof"].encode(), [site.log_key])
    assert (found.seq, found.leaf, found.size) == (receipt["seq"], receipt["leaf"], receipt["size"])
    assert site.get(f"/procedures/{motion}/tally").get_json()["items"][0]["counts"]["yes"] == 1
    again = cast(page, site, motion)
    assert again["seq"] == receipt["seq"] + 1  # it replaces the first, which the service has filled in


def test_a_document_attached_later_is_in_the_ballot_paper(page: Page, site: Site) -> None:
    """The digest is the one that the ledger computes."""
    motion = site.town.open("growing", profile={**complete("simple-majority"), "documents": "keep"})
    site.town.attach(motion, "an offer")
    assert cast(page, site, motion)["seq"] == site.town.ledger.head()


def test_the_key_stays_where_it_is(page: Page) -> None:
    """It cannot be exported, is there again later, and is never overwritten."""
    assert page.run(
        f"const key = await s.loadKey('{MEMBER}');"
        "return crypto.subtle.exportKey('pkcs8', key.pair.privateKey)"
        ".then(() => 'out', (error) => error.name)"
    ) in {"InvalidAccessError", "NotSupportedError"}
    assert page.run(f"return (await s.loadKey('{MEMBER}')).pair.privateKey.extractable") is False
    before = page.run(f"return (await s.loadKey('{MEMBER}')).public")
    assert "already exists" in page.fails(f"return s.makeKey('{MEMBER}')")
    assert page.run(f"return (await s.loadKey('{MEMBER}')).public") == before
    assert page.run("return s.loadKey('nobody')") is None


@pytest.mark.parametrize("other", [{"key": b64(bytes(32))}, {"subject": "m1"}])
def test_only_the_own_key_for_the_own_name_is_vouched_for(page: Page, other: dict[str, str]) -> None:
    """Proof of possession for somebody else would give them this key, or this name theirs."""
    public = page.run(f"return (await s.loadKey('{MEMBER}')).public")
    said = {"subject": MEMBER, "roles": ["member"], "key": public, **other}
    envelope = {
        "payload": b64(canonical(said)),
        "payloadType": "application/vnd.stimmbuch.key-registered.v1+json",
    }
    body = f"return s.countersign(await s.loadKey('{MEMBER}'), envelope, '{MEMBER}')"
    assert "does not register" in page.fails(body, envelope={**envelope, "signatures": []})
    assert "does not register" in page.fails(
        body.replace(
            "envelope,", "{ ...envelope, payloadType: 'application/vnd.stimmbuch.vote-cast.v1+json' },"
        ),
        envelope={
            **envelope,
            "payload": b64(canonical({**said, "key": public, "subject": MEMBER})),
            "signatures": [],
        },
    )


VALUES: list[Any] = [
    *({}, [], None, True, 0, -1, 2**53 - 1, "", 'ä€😀\u2028"\\\n\u0001'),
    {"b": 1, "a": [{"ü": None}], "\ufb33": 1, "😀": 2, "10": 3, "9": 4, "": {}},
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_canonical_json_is_the_same_here_and_there(page: Page, value: Any) -> None:
    """RFC 8785, sorted by UTF-16 code units."""
    assert page.run("return s.canonical(value)", value=value) == canonical(value).decode()


@pytest.mark.parametrize(
    "value", ["1.5", "2 ** 53", "-0", "NaN", "undefined", "{a: undefined}", "'\\ud800'", "1n"]
)
def test_what_has_no_canonical_form_is_not_signed(page: Page, value: str) -> None:
    """A float or half a character would be written in two ways."""
    assert "canonical" in page.fails(f"s.canonical({value})")


def test_the_signed_bytes_are_the_same_here_and_there(page: Page) -> None:
    """DSSE counts bytes, not characters."""
    found = page.run("return [...s.pae('a/bü', new TextEncoder().encode('{\"ö\":1}'))]")
    assert bytes(found) == pae("a/bü", '{"ö":1}'.encode())


@pytest.mark.parametrize("fault", [lost_answer, answers(b"{}", "503 Busy", "Retry-After: 1")])
def test_what_was_lost_is_sent_again_and_counted_once(
    page: Page, site: Site, wire: Wire, motion: str, fault: Callable[[bytes, Any], bytes]
) -> None:
    """The same envelope once more; a refused connection and a busy service look alike to the member."""
    head = site.town.ledger.head()
    body = f"""{VOTE}
        const by = {{ actor: '{MEMBER}', member: '{MEMBER}' }};
        const fields = {{ ...by, procedure: motion, choices: {{ 1: 'no' }}, ballot }};
        return s.sign(key, 'vote-cast', await s.prepare(ledger, 'vote-cast', fields, ['replaces']))"""
    envelope = page.run(body, motion=motion, head=head)
    wire.next(lambda request, forward: forward(request), fault)  # the first is the browser's question (CORS)
    receipt = page.run("return s.submit(ledger, envelope)", envelope=envelope)
    assert (receipt["seq"], site.town.ledger.head()) == (head + 1, head + 1)
    assert page.run("return s.submit(ledger, envelope)", envelope=envelope)["proof"] == receipt["proof"]


def test_a_refusal_has_the_code_of_the_problem(page: Page, site: Site, motion: str) -> None:
    """A program reads the code, a person the sentence."""
    site.town.close(motion)
    said = page.fails(f"{VOTE} return {CAST}", motion=motion, head=site.town.ledger.head())
    assert said.startswith("already-closed: ")


@pytest.mark.parametrize(
    "other",
    [
        {"choices": {"1": "no"}},
        {"member": "m2"},
        {"procedure": "11111111-1111-4111-8111-111111111111"},
        {"ballot": b64(bytes(32))},
        {"nonce": b64(bytes(16))},
        {"unknown": 1},
        {"provenance": {"assurance": "low", "kind": "portal-attested"}},
        {"replaces": "gone"},
    ],
    ids="-".join,
)
def test_what_the_service_prepared_otherwise_is_not_signed(
    page: Page, site: Site, wire: Wire, motion: str, other: dict[str, Any]
) -> None:
    """One byte more or less than what the member meant, and nothing is sent."""
    head = site.town.ledger.head()
    page.run(VOTE, motion=motion, head=head)
    # The browser remembers its question for this address, or asks it again: both ways the payload is altered.
    wire.next(*[altered(lambda body: payload(**other)(body) if b"payload" in body else body)] * 3)
    try:
        said = page.fails(
            f"const key = await s.loadKey('{MEMBER}'), ballot = digest; return {CAST}",
            motion=motion,
            digest=site.get(f"/procedures/{motion}").get_json()["ballot"],
        )
    finally:
        wire.calm()
    assert "nothing was signed" in said or "canonical" in said
    assert site.town.ledger.head() == head


def test_swapped_documents_make_another_ballot_paper(page: Page, site: Site, motion: str) -> None:
    """What the member was shown is what is signed: the ledger refuses it."""
    shown = site.get(f"/procedures/{motion}").get_json()
    swapped = {**shown, "opening": {**shown["opening"], "documents": [document("another plan")]}}
    digest = page.run("return s.ballotOf(shown)", shown=swapped)
    assert digest == ballot_digest(swapped["opening"], []) != shown["ballot"]
    body = f"const key = await s.loadKey('{MEMBER}'); return {CAST}"
    assert page.fails(body, motion=motion, ballot=digest).startswith("stale-ballot")


def test_a_text_that_is_not_the_one_voted_on_is_not_shown(page: Page, site: Site, wire: Wire) -> None:
    """Title, wording and option are checked against the digests that are signed."""
    said = {name: site.disclosed(name, f"the {name}") for name in ("title", "wording", "option")}
    one = {**item("1"), "wording": said["wording"], "labels": {"yes": said["option"]}}
    motion = site.town.open("worded", title=said["title"], items=[one])
    body = "return s.textsOf(ledger, motion)"
    site.get("/procedures")
    texts = page.run(body, motion=motion)
    assert texts == {digest: f"the {name}" for name, digest in said.items()}
    other = disclosure_of("wording", "another wording").encoded

    def swapped(body: bytes) -> bytes:
        found = json.loads(body)
        found["data"][1]["disclosure"] = other
        return json.dumps(found).encode()

    wire.next(altered(swapped))
    assert "not the one that is voted on" in page.fails(body, motion=motion)


def test_a_receipt_with_any_line_changed_missing_or_twice_proves_nothing(
    page: Page, site: Site, motion: str
) -> None:
    """Header, entry, index, every hash, origin, size, root, signature."""
    proof = cast(page, site, motion)["proof"]
    lines = proof.split("\n")
    wrong = []
    for number, line in enumerate(lines[:-1]):
        changed = [line[:-1] + ("B" if line[-1:] != "B" else "C")] if line else ["x"]
        twice = [] if line.startswith("— ") else [[line, line]]
        others = ([], changed, *twice)
        wrong += ["\n".join([*lines[:number], *other, *lines[number + 1 :]]) for other in others]
    passed = page.run(
        "const passed = []; for (const one of wrong)"
        " await s.verifyReceipt(one, ledger.vkey).then(() => passed.push(one), () => {}); return passed",
        wrong=wrong,
    )
    assert passed == []
    assert page.run("return s.verifyReceipt(proof, ledger.vkey)", proof=proof)["proof"] == proof


def test_every_flipped_bit_of_a_receipt_is_found(page: Page, site: Site, motion: str) -> None:
    """A third of all places, which is every line."""
    proof = cast(page, site, motion)["proof"]
    found = page.run(
        """const passed = [];
           for (let place = 0; place < proof.length; place += 3) {
             const other = String.fromCharCode(proof.charCodeAt(place) ^ 1);
             const bad = proof.slice(0, place) + other + proof.slice(place + 1);
             await s.verifyReceipt(bad, ledger.vkey).then(() => passed.push(place), () => {});
           }
           return passed""",
        proof=proof,
    )
    assert found == []


def test_a_receipt_under_another_key_or_of_another_vote_proves_nothing(
    page: Page, site: Site, motion: str
) -> None:
    """The key is the founders', the statement is the member's own."""
    first, second = cast(page, site, motion), cast(page, site, motion)
    forged = verification_key(site.town.ledger.origin, site.town.key("somebody").public)
    for vkey in (
        forged,
        forged.replace(site.town.ledger.origin, "ledger.example.org/x"),
        "x",
        site.log_key[:-1],
    ):
        assert page.fails("return s.verifyReceipt(proof, vkey)", proof=first["proof"], vkey=vkey)
    body = "return s.verifyReceipt(proof, ledger.vkey, envelope)"
    assert page.run(body, proof=first["proof"], envelope=first["entry"]["env"])["seq"] == first["seq"]
    assert "another statement" in page.fails(body, proof=first["proof"], envelope=second["entry"]["env"])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 21])
def test_the_tree_is_the_same_here_and_there(page: Page, site: Site, size: int) -> None:
    """Every entry of trees of many shapes, each proof right and with one hash too many or too few."""
    origin, key = site.town.ledger.origin, site.town.key("log")
    entries = [canonical({"log": origin, "seq": number}) for number in range(size)]
    leaves = [hash_leaf(one) for one in entries]
    note = sign_checkpoint(Checkpoint(origin, size, mth(leaves)), Ed25519Signer.of(origin, key))
    good, bad = [], []
    for number, entry in enumerate(entries):
        proof = tuple(inclusion_proof(number, size, MemoryTree(leaves)))
        good.append(TlogProof(number, proof, note, entry).format().decode())
        bad.append(TlogProof(number, (*proof, leaves[0]), note, entry).format().decode())
        bad += [TlogProof(number, proof[:-1], note, entry).format().decode()] if proof else []
    verified = "s.verifyReceipt(one, ledger.vkey).then(() => true, () => false)"
    body = f"return Promise.all(all.map((one) => {verified}))"
    assert page.run(body, all=good) == [True] * len(good)
    assert page.run(body, all=bad) == [False] * len(bad)


def test_a_page_of_an_origin_that_is_not_named_cannot_vote(
    browser: Any, portal: str, site: Site, wire: Wire
) -> None:
    """`localhost` is another origin than 127.0.0.1, and nobody has named it."""
    page = browser.new_page()
    page.goto(portal.replace("127.0.0.1", "localhost") + "/vote.html")
    said = page.evaluate(
        "url => fetch(url).then(() => 'read', () => 'refused')", f"{wire.url}{site.api}/procedures"
    )
    page.close()
    assert said == "refused"


def test_the_example_page_takes_a_member_from_a_key_to_a_receipt(
    browser: Any, portal: str, site: Site, wire: Wire, motion: str, tmp_path: Path
) -> None:
    """As a portal developer tries it: four forms, and a file that verifies offline."""
    page = browser.new_page()
    page.goto(portal + "/vote.html")
    for name, value in {"url": wire.url + site.api, "vkey": site.log_key, "member": "m5"}.items():
        page.fill(f"#ledger [name={name}]", value)
    page.click("#ledger button")
    page.wait_for_selector("#register:visible")
    fields = {"subject": "m5", "old": site.town.public("m5"), "key": page.text_content("#public")}
    wanted = site.town.statement("key-rotated", "m5", keys=[site.town.key("m5")], **fields)
    page.fill("#register textarea", json.dumps(wanted.envelope.to_dict()))
    page.click("#register button")
    page.wait_for_selector("text=The key is registered")
    page.fill("#choose input", motion)
    page.click("#choose button")
    page.check("#ballot input[value=yes]")
    page.click("#ballot button")
    page.wait_for_selector("text=Recorded as entry")
    with page.expect_download() as download:
        page.click("#receipt")
    kept = tmp_path / "receipt.tlog-proof"
    download.value.save_as(kept)
    page.close()
    assert verify_receipt(kept.read_bytes(), [site.log_key]).seq == site.town.ledger.head()
