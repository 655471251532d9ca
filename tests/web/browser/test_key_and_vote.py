"""Does the browser module keep a key, vote, and sign nothing that was not meant?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.client import verify_receipt
from ledger.domain.profiles import complete
from ledger.proof.ballot import ballot_digest
from ledger.proof.dsse import pae
from ledger.proof.encoding import b64, canonical, unb64
from tests.support.builders import document, item
from tests.web.browser.member import CAST, MEMBER, VOTE, Page, cast
from tests.web.portal import payload
from tests.web.site import Site, disclosure_of
from tests.web.wire import Wire, altered, answers, lost_answer


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


@pytest.mark.parametrize("pasted", [None, {}, {"x": 1}, {"payloadType": "x", "payload": "e30="}])
def test_what_is_no_registration_is_said_to_be_none(page: Page, pasted: Any) -> None:
    """A member may paste anything: the answer is a sentence, and no error of the browser's own."""
    body = f"return s.countersign(await s.loadKey('{MEMBER}'), pasted, '{MEMBER}')"
    assert page.fails(body, pasted=pasted).startswith(": this does not register the key of this browser")


@pytest.mark.parametrize("payload", ["?", "e30", "A===", "====", "e3 0=", "e31=", None, 7])
def test_base64_that_is_written_otherwise_is_said_to_be(page: Page, payload: Any) -> None:
    """Also where the browser's own decoder would throw: its error has a number where ours have a code."""
    envelope = {"payloadType": "application/vnd.stimmbuch.key-registered.v1+json", "payload": payload}
    body = f"return s.countersign(await s.loadKey('{MEMBER}'), envelope, '{MEMBER}')"
    assert page.fails(body, envelope=envelope).startswith(": this is not base64: ")


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
    ],
    ids="-".join,
)
def test_what_the_service_prepares_otherwise_is_not_what_is_signed(
    page: Page, site: Site, wire: Wire, motion: str, other: dict[str, Any]
) -> None:
    """Every byte is made in the browser: the service's word is taken for what the vote replaces alone."""
    head = site.town.ledger.head()
    page.run(VOTE, motion=motion, head=head)
    altering(wire, **other)
    try:
        receipt = cast(page, site, motion)
    finally:
        wire.calm()
    said = json.loads(unb64(receipt["entry"]["env"]["payload"]))
    ballot = site.get(f"/procedures/{motion}").get_json()["ballot"]
    meant = {"actor": MEMBER, "member": MEMBER, "procedure": motion, "choices": {"1": "yes"}}
    assert said.items() >= {**meant, "ballot": ballot}.items()
    assert said.get("nonce") != b64(bytes(16))
    assert not {"unknown", "provenance"} & said.keys()


@pytest.mark.parametrize(
    ("replaces", "refusal"),
    [
        ("gone", ": undefined has no canonical form"),
        (1, "bad-shape: vote-cast: replaces: "),
        (b64(bytes(32)), "stale-replaces: "),
    ],
    ids=["gone", "no digest", "another vote"],
)
def test_a_false_word_about_what_is_replaced_is_refused(
    page: Page, site: Site, wire: Wire, motion: str, replaces: Any, refusal: str
) -> None:
    """Where the service lies in the one member that is left to it, nothing is recorded."""
    head = site.town.ledger.head()
    page.run(VOTE, motion=motion, head=head)
    altering(wire, replaces=replaces)
    try:
        said = page.fails(f"{VOTE} return {CAST}", motion=motion, head=head)
    finally:
        wire.calm()
    assert said.startswith(refusal), said
    assert site.town.ledger.head() == head


def altering(wire: Wire, **other: Any) -> None:
    """The next answers with a payload in them say something else."""
    # Before it come the checkpoint and perhaps tiles, and the browser's question, if it is not remembered.
    wire.next(*[altered(lambda body: payload(**other)(body) if b"payload" in body else body)] * 6)


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
    motion, another = (site.town.open(name, title=said["title"], items=[one]) for name in ("one", "two"))
    body = "return s.ask(ledger, 'GET', `/procedures/${motion}/texts`).then(s.textsOf)"
    site.get("/procedures")
    texts = page.run(body, motion=motion)
    assert texts == {digest: f"the {name}" for name, digest in said.items()}
    other = disclosure_of("wording", "another wording").encoded

    def swapped(body: bytes) -> bytes:
        found = json.loads(body)
        found["data"][1]["disclosure"] = other
        return json.dumps(found).encode()

    wire.next(altered(swapped))  # of what the browser does not have yet: else it need not be sent again
    assert "not the one that is voted on" in page.fails(body, motion=another)


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
    site.service.follower.catch_up()  # what the page asks for next is read from the views
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
