"""Does the browser module sign only what it has verified of the log, and notice that it is shown two?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.encoding import b64, unb64
from ledger.proof.merkle import hash_leaf
from ledger.proof.signers import Ed25519Signer
from ledger.proof.static_log import TileWriter
from tests.support.trees import mth
from tests.web.browser.member import CAST, VOTE, Page, cast
from tests.web.site import Site
from tests.web.wire import Wire, altered


def seen_in(receipt: Any) -> dict[str, Any]:
    """What the signer of a recorded statement had seen."""
    found: dict[str, Any] = json.loads(unb64(receipt["entry"]["env"]["payload"]))["seen"]
    return found


def test_a_vote_names_the_newest_checkpoint_which_continues_the_last_one(
    page: Page, site: Site, motion: str
) -> None:
    """Both are recorded: the ledger holds them against its own."""
    first, second = cast(page, site, motion), cast(page, site, motion)
    assert 0 < seen_in(first)["size"] <= first["seq"]
    assert first["size"] <= seen_in(second)["size"] <= second["seq"]


def test_a_page_that_comes_back_remembers_what_it_was_shown(page: Page, site: Site, motion: str) -> None:
    """Who votes twice a year has the longest look at a log: it is kept with the key."""
    cast(page, site, motion)
    kept = page.run("return JSON.parse(localStorage.getItem(`seen ${ledger.vkey}`))")
    assert kept["note"].startswith(f"{site.town.ledger.origin}\n{kept['size']}\n{kept['root']}\n")


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_a_log_that_shows_two_histories_gets_nothing_signed(
    page: Page, site: Site, wire: Wire, motion: str, size: int
) -> None:
    """Signed with the log's own key; the error says what was shown before and now."""
    cast(page, site, motion)
    head, origin = site.town.ledger.head(), site.town.ledger.origin
    key = Ed25519Signer.of(origin, site.town.key("log"))
    other = sign_checkpoint(Checkpoint(origin, size, bytes(32)), key)
    page.run(VOTE, motion=motion, head=head)
    showing(wire, other)
    try:
        said = page.fails(f"{VOTE} return {CAST}", motion=motion, head=head)
    finally:
        wire.calm()
    assert "two histories" in said
    assert other.decode().split("\n")[2] in said
    assert site.town.ledger.head() == head
    seen = seen_in(cast(page, site, motion))  # the other history was not taken for the one that was seen
    true = site.service.store.recorder.read(-1, seen["size"])
    assert (len(true), b64(mth([hash_leaf(row.state) for row in true]))) == (seen["size"], seen["root"])


def test_two_windows_that_are_shown_two_histories_at_once_do_not_both_sign(page: Page, site: Site) -> None:
    """Both histories continue what was shown before: whoever comes second must see what came between."""
    origin, leaves = site.town.ledger.origin, [hash_leaf(b"%d" % number) for number in range(3)]
    key = Ed25519Signer.of(origin, site.town.key("log"))
    logs = []
    for one in (leaves, [*leaves[:2], hash_leaf(b"other")]):
        note = sign_checkpoint(Checkpoint(origin, 3, mth(one)), key)
        logs.append({"checkpoint": b64(note), "tile/0/000.p/3": b64(b"".join(one))})
    body = """
        const { seenIn } = await import('./seen.js');
        const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
        localStorage.setItem(`seen ${vkey}`, JSON.stringify({ size: 2, root }));
        const files = logs.map((log) => async (name) => bytes(log[name]));
        const done = await Promise.allSettled(files.map((file) => seenIn({ vkey }, file)));
        localStorage.removeItem(`seen ${vkey}`);
        return done.map((one) => one.reason?.message ?? one.status)"""
    first, second = page.run(body, vkey=site.log_key, root=b64(mth(leaves[:2])), logs=logs)
    assert first == "fulfilled"
    assert "two histories" in second


def test_a_checkpoint_of_somebody_else_is_not_named(page: Page, site: Site, wire: Wire, motion: str) -> None:
    """The key is the founders'."""
    head, origin = site.town.ledger.head(), site.town.ledger.origin
    other = sign_checkpoint(
        Checkpoint(origin, 3, bytes(32)), Ed25519Signer.of(origin, site.town.key("somebody"))
    )
    page.run(VOTE, motion=motion, head=head)
    showing(wire, other)
    try:
        assert "did not sign" in page.fails(f"{VOTE} return {CAST}", motion=motion, head=head)
    finally:
        wire.calm()


def test_before_anything_is_published_nothing_was_seen(page: Page, site: Site, motion: str) -> None:
    """A log on its first day; but one that showed something cannot take it away."""
    cast(page, site, motion)
    body = """const { seenIn } = await import('./seen.js');
        const file = async () => { throw Object.assign(new Error('none'), { status: 404 }); };
        return seenIn({ vkey }, file)"""
    assert page.run(body, vkey="ledger.example.org/new+01234567+AA") is None
    assert "none" in page.fails(body, vkey=site.log_key)


def showing(wire: Wire, note: bytes) -> None:
    """The next answers that are a checkpoint are this one."""
    wire.next(*[altered(lambda body: note if "\n— ".encode() in body else body)] * 2)


CONTINUES = """
    const { mustContinue } = await import('./seen.js');
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const file = async (name) => bytes(files[name] ?? (() => { throw new Error(`no ${name}`); })());
    return Promise.all(pairs.map((pair) => mustContinue(...pair, file).then(() => true, () => false)));
"""


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 255, 256, 257, 700])
def test_trees_are_the_same_here_and_there(page: Page, size: int) -> None:
    """Every shape at the edges of tiles: the true older heads pass, and no other."""
    entries = [b"entry %d" % number for number in range(size)]
    leaves = [hash_leaf(entry) for entry in entries]
    writer = TileWriter()
    files = {name: b64(data) for name, data in [*writer.extend(entries), *writer.edge()]}
    sizes = sorted({one for one in (1, 2, 3, 5, 128, 254, 255, 256, 257, 511, 512, 513, size) if one <= size})
    new = {"size": size, "root": b64(mth(leaves))}
    good = [[{"size": old, "root": b64(mth(leaves[:old]))}, new] for old in sizes]
    bad = [[{"size": old, "root": b64(mth([bytes(32), *leaves[1:old]]))}, new] for old in sizes]
    bad += [[old, {**new, "root": b64(bytes(32))}] for old, _ in good]
    assert page.run(CONTINUES, files=files, pairs=[*good, *[[new, old] for old, _ in good]]) == [
        True
    ] * 2 * len(good)
    assert page.run(CONTINUES, files=files, pairs=bad) == [False] * len(bad)


def test_a_false_hash_above_a_tile_proves_nothing(page: Page) -> None:
    """A head over other entries, and a tile of level 1 that fits it: its old entries are not those below."""
    entries = [b"entry %d" % number for number in range(600)]
    leaves = [hash_leaf(entry) for entry in entries]
    other = [hash_leaf(b"other"), *leaves[1:]]
    writer = TileWriter()
    files = dict([*writer.extend(entries), *writer.edge()])
    false = TileWriter()
    files["tile/1/000.p/2"] = dict([*false.extend([b"other", *entries[1:]]), *false.edge()])["tile/1/000.p/2"]
    new = {"size": 600, "root": b64(mth(other))}
    pairs = [[{"size": old, "root": b64(mth(leaves[:old]))}, new] for old in (1, 255, 256, 257, 512, 599)]
    said = page.run(CONTINUES, files={name: b64(data) for name, data in files.items()}, pairs=pairs)
    assert said == [False] * len(pairs)
