"""Does an anchor come about exactly when a trusted authority stamped the newest checkpoint?"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from api.clock import utc_now
from api.wiring import open_publication
from ledger.anchor_schedule import AnchorSchedule, Plan
from ledger.anchoring import Anchoring, NewAnchor
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.domain.anchors import Anchor
from ledger.errors import (
    BadCertificate,
    NotFound,
    ProofError,
    StimmbuchError,
    StoreUnavailable,
    Unreachable,
)
from ledger.founding import REGISTRAR, SERVICE, found, keys_of
from ledger.keyfile import read_key
from ledger.mapper import read_entry
from ledger.proof.anchor import check_root, check_time_stamp, read_anchored
from ledger.proof.encoding import b64
from ledger.proof.merkle import hash_leaf, root_of
from ledger.proof.timestamp import parse_certificates
from ledger.proof.tree_head import Checkpoint
from ledger.publish.anchor_files import anchor_path, kept_anchors
from ledger.publish.anchors import Authority, kept_certificates
from ledger.publish.folder import CHECKPOINT, is_published_name
from ledger.publish.publication import Publication
from ledger.storage import Store, open_store
from tests.support.followers import until
from tests.support.tsa import Tsa, openssl

pytestmark = openssl

ORIGIN = "ledger.example.org/anchored"


class Anchored:
    """A ledger with a published log, and its service."""

    def __init__(self, store: Store) -> None:
        self.ledger = VotingLedger(store, clock=utc_now, origin=ORIGIN)
        found(self.ledger, time_zone="Europe/Berlin")
        self.keys = keys_of(store.home)
        self.publication: Publication = open_publication(store, ORIGIN)
        key = read_key(self.keys / f"{SERVICE}.key")
        self.anchoring = Anchoring(self.ledger, self.publication.folder, SERVICE, key)
        self.publication.settle()

    def grow(self, count: int) -> None:
        """So many entries more, published."""
        key = read_key(self.keys / f"{REGISTRAR}.key")
        head = self.ledger.head()
        for number in range(count):
            self.ledger.speak("body-registered", {"actor": REGISTRAR, "body": f"b{head}-{number}"}, key)
        self.publication.settle()

    @property
    def anchors(self) -> list[Anchor]:
        """What is recorded."""
        with self.ledger.current() as state:
            assert state.register is not None
            return list(state.register.anchors)

    @property
    def kept(self) -> list[tuple[int, str]]:
        """What is kept."""
        return list(kept_anchors(self.publication.folder.path))

    def assert_anchored(self, tsa: Tsa, name: str, size: int) -> None:
        """The last anchor is of this authority and size, and everything about it holds."""
        anchor = next(one for one in reversed(self.anchors) if one.tsa == name)
        rows = self.ledger.entries(-1, anchor.seq + 1)
        reading = read_entry(rows[anchor.seq].state)
        anchored = read_anchored(reading.entry, reading.statement)
        assert anchored.size == size
        response = self.publication.folder.read(anchor_path(size, name))
        assert tsa.openssl_verifies(response, anchored.text(ORIGIN).encode())
        trusted = parse_certificates(kept_certificates(self.ledger.store.home, name))
        last = read_entry(rows[size - 1].state).place.at
        assert list(check_time_stamp(anchored, ORIGIN, response, trusted, last)) == []
        root = root_of(hash_leaf(row.state) for row in rows[:size])
        assert list(check_root(anchored, b64(root))) == []


@pytest.fixture
def anchored(tmp_path: Path) -> Iterator[Anchored]:
    """A ledger of five entries, published, without an anchor."""
    one = Anchored(open_store(str(tmp_path / "ledger"), create=True))
    with closing(one.ledger):
        one.grow(4)
        yield one


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[Tsa]:
    """An authority at work."""
    with Tsa(tmp_path / "tsa") as tsa:
        yield tsa


def ask(
    anchored: Anchored, tsa: Tsa, name: str = "tsa.example", certificates: bytes | None = None
) -> NewAnchor | None:
    """One attempt to anchor."""
    pem = tsa.chain if certificates is None else certificates
    return anchored.anchoring.anchor(Authority(name, tsa.url), pem)


# ── anchors ────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_checkpoint_is_anchored(anchored: Anchored, tsa: Tsa) -> None:
    """The time stamp lies in the published log, and the entry names it; both verify, and OpenSSL agrees."""
    made = ask(anchored, tsa)
    assert made is not None
    assert (made.size, made.receipt.seq) == (5, 5)
    anchored.assert_anchored(tsa, "tsa.example", 5)
    assert anchored.kept == [(5, "tsa.example")]
    assert is_published_name("anchors/005/tsa.example.tsr")


def test_where_nothing_happened_nothing_is_anchored(anchored: Anchored, tsa: Tsa) -> None:
    """An anchor is an entry itself: a quiet ledger would grow by nothing else."""
    assert ask(anchored, tsa)
    anchored.publication.settle()
    assert ask(anchored, tsa) is None
    anchored.publication.settle()
    assert ask(anchored, tsa) is None
    anchored.grow(1)
    assert ask(anchored, tsa, certificates=b"")  # they were kept
    anchored.assert_anchored(tsa, "tsa.example", 7)
    assert len(tsa.requests) == 2


def test_two_authorities_stamp_the_same_checkpoint(anchored: Anchored, tsa: Tsa, tmp_path: Path) -> None:
    """Neither has to be trusted alone; each is trusted under its own certificates."""
    with Tsa(tmp_path / "second", name="Second") as second:
        assert ask(anchored, tsa, "one.example")
        assert ask(anchored, second, "two.example")
        anchored.assert_anchored(tsa, "one.example", 5)
        anchored.assert_anchored(second, "two.example", 5)
        assert anchored.kept == [(5, "one.example"), (5, "two.example")]
        anchored.publication.settle()
        assert ask(anchored, tsa, "one.example") is None
        anchored.grow(1)
        with pytest.raises(ProofError, match="no trusted authority"):
            anchored.anchoring.anchor(Authority("one.example", second.url))


def test_an_authority_may_change_its_certificates(anchored: Anchored, tsa: Tsa, tmp_path: Path) -> None:
    """The new ones are given once, and the old ones stay for the old anchors."""
    assert ask(anchored, tsa)
    anchored.grow(1)
    with Tsa(tmp_path / "later", name="Later") as later:
        assert ask(anchored, later)
        anchored.assert_anchored(later, "tsa.example", 7)
    pem = kept_certificates(anchored.ledger.store.home, "tsa.example")
    assert pem == tsa.chain + later.chain


# ── what must not become one ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("alter", "error", "reason"),
    [
        (lambda tsa, _: tsa.stamp(b"something else"), ProofError, "over something else"),
        (lambda tsa, _: tsa.stamp(text_of_five(tsa)), ProofError, "answers another request"),
        (lambda _, answer: answer[:-1] + bytes([answer[-1] ^ 1]), ProofError, "no trusted authority"),
        (lambda tsa, _: tsa.stamp(b"x", "-tspolicy", "1.2.3.4.9"), ProofError, "grants no time stamp"),
        (lambda *_: b"<html>Welcome</html>", ProofError, "no RFC 3161 response"),
        (lambda *_: b"", ProofError, "no RFC 3161 response"),
        (lambda *_: bytes(100_000), Unreachable, "more than 65536 bytes"),
    ],
    ids=["other data", "other request", "altered", "refused", "a page", "nothing", "too much"],
)
def test_an_answer_that_proves_nothing_leaves_nothing(
    anchored: Anchored,
    tsa: Tsa,
    alter: Callable[[Tsa, bytes], bytes],
    error: type[StimmbuchError],
    reason: str,
) -> None:
    """No entry, no file, no certificate."""
    text = b"\n".join(anchored.publication.folder.read(CHECKPOINT).split(b"\n")[:3]) + b"\n"
    (tsa.folder / "five").write_bytes(text)
    tsa.alter = lambda answer: alter(tsa, answer)
    with pytest.raises(error, match=reason):
        ask(anchored, tsa)
    assert (anchored.anchors, anchored.kept) == ([], [])
    assert kept_certificates(anchored.ledger.store.home, "tsa.example") == b""


def text_of_five(tsa: Tsa) -> bytes:
    """The text of the checkpoint that the test wants to have stamped."""
    return (tsa.folder / "five").read_bytes()


def test_an_authority_that_is_away_or_in_trouble(anchored: Anchored, tsa: Tsa) -> None:
    """Nothing is lost: the next attempt anchors more."""
    tsa.trouble = 503
    with pytest.raises(Unreachable, match=r"tsa\.example \(http.*\): it answers with status 503"):
        ask(anchored, tsa)
    with pytest.raises(Unreachable, match="Connection refused"):
        anchored.anchoring.anchor(Authority("tsa.example", "http://127.0.0.1:1/"), tsa.chain)
    tsa.trouble = None
    assert ask(anchored, tsa)


def test_without_certificates_nobody_is_asked(anchored: Anchored, tsa: Tsa) -> None:
    """Whoever answered would be believed."""
    with pytest.raises(BadCertificate):
        ask(anchored, tsa, certificates=b"")
    with pytest.raises(BadCertificate):
        ask(anchored, tsa, certificates=tsa.leaf)
    assert tsa.requests == []


def test_a_checkpoint_that_the_log_did_not_sign_is_not_stamped(anchored: Anchored, tsa: Tsa) -> None:
    """Who can write to the published folder cannot have a false tree anchored."""
    path = anchored.publication.folder.path / CHECKPOINT
    kept = path.read_bytes()
    for altered in (
        kept.replace(b"\n5\n", b"\n4\n"),
        kept.replace(ORIGIN.encode(), b"ledger.example.org/other"),
    ):
        path.write_bytes(altered)
        with pytest.raises(ProofError):
            ask(anchored, tsa)
    path.unlink()
    with pytest.raises(NotFound):
        ask(anchored, tsa)
    assert (anchored.anchors, tsa.requests) == ([], [])


@pytest.mark.parametrize(("hours", "check"), [(2, "9.8"), (-2, "9.9")])
def test_a_service_whose_clock_is_wrong_is_told_and_anchors_nothing(
    tmp_path: Path, tsa: Tsa, hours: int, check: str
) -> None:
    """What it would record could not be verified, by anybody, for ever."""
    store = open_store(str(tmp_path / "wrong"), create=True)
    one = Anchored(store)
    with closing(one.ledger):
        wrong = VotingLedger(store, clock=lambda: moved(utc_now(), hours=hours))
        key = read_key(one.keys / f"{REGISTRAR}.key")
        if hours > 0:
            wrong.speak("body-registered", {"actor": REGISTRAR, "body": "late"}, key)
            one.publication.settle()
        service = read_key(one.keys / f"{SERVICE}.key")
        with pytest.raises(ProofError, match="the clocks differ") as refused:
            Anchoring(wrong, one.publication.folder, SERVICE, service).anchor(
                Authority("tsa.example", tsa.url), tsa.chain
            )
        assert refused.value.check == check
        assert one.anchors == []


def moved(at: str, **by: float) -> str:
    """A time so much later."""
    moment = datetime.fromisoformat(at) + timedelta(**by)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ── crashes ────────────────────────────────────────────────────────────────────────────────────


def test_a_time_stamp_that_no_entry_names_yet_is_used(
    anchored: Anchored, tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process died after it was kept: the next attempt asks nobody again."""
    with monkeypatch.context() as patched:
        patched.setattr(anchored.ledger, "speak", Mock(side_effect=StoreUnavailable("gone")))
        with pytest.raises(StoreUnavailable):
            ask(anchored, tsa)
    assert (anchored.anchors, anchored.kept, len(tsa.requests)) == ([], [(5, "tsa.example")], 1)
    assert ask(anchored, tsa)
    assert len(tsa.requests) == 1
    anchored.assert_anchored(tsa, "tsa.example", 5)


@pytest.mark.parametrize("left", [b"", b"\x30\x82", None])
def test_half_a_time_stamp_is_asked_for_again(anchored: Anchored, tsa: Tsa, left: bytes | None) -> None:
    """A crash may leave the name of an unfinished file; so may one of another checkpoint."""
    anchored.publication.folder.put(
        {anchor_path(5, "tsa.example"): tsa.stamp(b"other") if left is None else left}
    )
    assert ask(anchored, tsa)
    anchored.assert_anchored(tsa, "tsa.example", 5)


# ── again and again ────────────────────────────────────────────────────────────────────────────


def test_a_schedule_anchors_when_it_is_time(
    anchored: Anchored, tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once in a period, counted from what the log says, so that a restart changes nothing."""
    ask(anchored, tsa)
    authority = Authority("tsa.example", tsa.url)
    home = anchored.ledger.store.home

    def look(**later: float) -> int:
        """A service that has just started, so much later; how many anchors there are then."""
        with monkeypatch.context() as patched:
            patched.setattr(anchored.ledger, "clock", lambda: moved(utc_now(), **later))
            AnchorSchedule(anchored.anchoring, Plan(3600.0, (authority,)), home)._look(authority)
        return len(anchored.anchors)

    anchored.grow(1)
    assert look() == 1
    assert look(minutes=55) == 1
    assert look(minutes=61) == 2
    assert look(minutes=61) == 2
    anchored.publication.settle()
    assert look(minutes=300) == 2  # nothing but the anchor is new


def test_a_failed_attempt_is_repeated_later_and_not_at_once(
    anchored: Anchored, tsa: Tsa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An authority that is in trouble is left alone for a minute; the service goes on."""
    ask(anchored, tsa)
    anchored.grow(1)
    authority = Authority("tsa.example", tsa.url)
    schedule = AnchorSchedule(anchored.anchoring, Plan(0.001, (authority,)), anchored.ledger.store.home)
    tsa.trouble = 500
    for _ in range(3):
        schedule._look(authority)
    assert len(tsa.requests) == 2
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["not anchored by tsa.example"]
    tsa.trouble = None
    monkeypatch.setattr(anchored.ledger, "clock", lambda: moved(utc_now(), minutes=2))
    schedule._look(authority)
    assert len(anchored.anchors) == 2


def test_of_several_processes_one_anchors(anchored: Anchored, tsa: Tsa) -> None:
    """Two schedules over one home: the second has nothing to do as long as the first lives."""
    ask(anchored, tsa)
    anchored.grow(1)
    authority = Authority("tsa.example", tsa.url)
    plan, home, stop = Plan(0.001, (authority,)), anchored.ledger.store.home, threading.Event()
    schedules = [AnchorSchedule(anchored.anchoring, plan, home) for _ in range(2)]
    threads = [threading.Thread(target=schedule.run, args=(stop,)) for schedule in schedules]
    for thread in threads:
        thread.start()
    until(lambda: len(anchored.anchors) == 2)
    assert sum(schedule._lead._descriptor is not None for schedule in schedules) == 1
    stop.set()
    for thread in threads:
        thread.join()
    assert len(tsa.requests) == 2


# ── the audit ──────────────────────────────────────────────────────────────────────────────────────


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
