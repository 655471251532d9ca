"""Does an audit find what is wrong with an anchor, and the entries that claim another time than it proves?"""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from api.clock import utc_now
from api.wiring import open_publication
from ledger.anchoring import Anchoring
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.founding import SERVICE, found, keys_of
from ledger.keyfile import read_key
from ledger.proof.encoding import b64
from ledger.proof.tree_head import Checkpoint
from ledger.publish.anchor_files import anchor_path
from ledger.publish.anchors import Authority
from ledger.storage import open_store
from tests.support.anchoring import ORIGIN, Anchored, ask, moved
from tests.support.tsa import Tsa, openssl

pytestmark = openssl


def failures(anchored: Anchored) -> list[tuple[str, int | None]]:
    """What an audit of the store finds: checks and entries."""
    return [(failure.check, failure.seq) for failure in audit_store(anchored.ledger.store).failures]


def test_an_audit_looks_at_every_anchor(anchored: Anchored, tsa: Tsa) -> None:
    """Several, over trees of several sizes; all hold, and nothing is left out."""
    for _ in range(3):
        assert ask(anchored, tsa)
        anchored.grow(3)
    assert failures(anchored) == []
    (anchored.publication.folder.path / anchor_path(9, "tsa.example")).unlink()
    audit = audit_store(anchored.ledger.store)
    assert (audit.holds, audit.complete) == (True, False)
    assert [(failure.check, failure.seq) for failure in audit.failures] == [("9.1", 9)]


def test_an_audit_finds_what_was_done_to_an_anchor(anchored: Anchored, tsa: Tsa, tmp_path: Path) -> None:
    """Another time stamp, another authority's certificate, none at all."""
    assert ask(anchored, tsa)
    anchored.grow(1)
    path = anchored.publication.folder.path / anchor_path(5, "tsa.example")
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert failures(anchored) == [("9.2", 5)]
    path.write_bytes(kept)
    certificates = anchored.ledger.store.home / "tsa" / "tsa.example.pem"
    certificates.write_bytes(Tsa(tmp_path / "other").chain)
    assert failures(anchored) == [("9.5", 5)]
    certificates.unlink()
    audit = audit_store(anchored.ledger.store)
    assert (audit.holds, audit.complete) == (True, False)


def test_an_anchor_over_a_tree_that_the_log_never_had_is_found(anchored: Anchored, tsa: Tsa) -> None:
    """The service, or who has its key, says that another tree was stamped; the time stamp is real."""
    said: dict[str, Any] = {"size": 4, "root": b64(bytes(32)), "tsa": "tsa.example"}
    assert ask(anchored, tsa)
    text = Checkpoint(ORIGIN, 4, bytes(32)).text.encode()
    response = tsa.stamp(text)
    anchored.publication.folder.put({anchor_path(4, "tsa.example"): response})
    said["token_sha256"] = hashlib.sha256(response).hexdigest()
    key = read_key(anchored.keys / f"{SERVICE}.key")
    anchored.ledger.speak("anchored", {"actor": SERVICE, **said}, key)
    assert failures(anchored) == [("9.7", 6)]


@pytest.mark.parametrize("hours", [2, -2])
def test_backdated_and_postdated_entries_are_found_at_the_next_anchor(
    tmp_path: Path, tsa: Tsa, hours: int
) -> None:
    """The operator's clock was moved while entries were made, and anchored without looking."""
    store = open_store(str(tmp_path / "moved"), create=True)
    ledger = VotingLedger(store, clock=lambda: moved(utc_now(), hours=hours), origin=ORIGIN)
    with closing(ledger):
        found(ledger, time_zone="Europe/Berlin")
        publication = open_publication(store, ORIGIN)
        publication.settle()
        key = read_key(keys_of(store.home) / f"{SERVICE}.key")
        anchoring = Anchoring(ledger, publication.folder, SERVICE, key)
        anchoring._check_clocks = Mock()  # type: ignore[method-assign]
        assert anchoring.anchor(Authority("tsa.example", tsa.url), tsa.chain)
        audit = audit_store(store)
    expected = [("9.8", 0)] if hours > 0 else [("9.9", 1)]
    assert [(failure.check, failure.seq) for failure in audit.failures] == expected
