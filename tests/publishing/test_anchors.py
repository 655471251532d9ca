"""Does an anchor come about exactly when a trusted authority stamped the newest checkpoint?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest

from api.clock import utc_now
from ledger.anchoring import Anchoring
from ledger.application import VotingLedger
from ledger.errors import (
    BadCertificate,
    BadShape,
    NotFound,
    ProofError,
    StimmbuchError,
    StoreUnavailable,
    Unreachable,
)
from ledger.founding import REGISTRAR, SERVICE
from ledger.keyfile import read_key
from ledger.publish.anchor_files import anchor_path, parse_anchor_path
from ledger.publish.anchors import Authority, kept_certificates, parse_authority
from ledger.publish.folder import CHECKPOINT, is_published_name
from ledger.storage import open_store
from tests.support.anchoring import ORIGIN, Anchored, ask, moved
from tests.support.tsa import Tsa, openssl

pytestmark = openssl


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


# ── names ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("size", "name"),
    [(5, "anchors/005/t.tsr"), (1234067, "anchors/x001/x234/067/t.tsr"), (16651, "anchors/x016/651/t.tsr")],
)
def test_time_stamps_have_names_as_tiles_have(size: int, name: str) -> None:
    """One way to write each, so that a stranger finds them."""
    assert anchor_path(size, "t") == name
    assert parse_anchor_path(name) == (size, "t")


@pytest.mark.parametrize(
    "name",
    [
        "anchors/5/t.tsr",
        "anchors/x000/005/t.tsr",
        "anchors/005/.t.tsr",
        "anchors/005/t",
        "anchors/005/../../secret.tsr",
        "anchors/../keys/log.tsr",
        "anchors/005.p/3/t.tsr",
        "anchors//005/t.tsr",
        "anchors/005/t.tsr\n",
    ],
)
def test_no_other_name_is_published(name: str) -> None:
    """What lies beside them is nobody's business."""
    assert not is_published_name(name)
    with pytest.raises(ProofError):
        parse_anchor_path(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://tsa.example.org/tsr", Authority("tsa.example.org", "https://tsa.example.org/tsr")),
        ("dfn=https://tsa.example.org:8443/x", Authority("dfn", "https://tsa.example.org:8443/x")),
        ("http://127.0.0.1:318/", Authority("127.0.0.1", "http://127.0.0.1:318/")),
    ],
)
def test_an_authority_is_called_as_told_or_after_its_host(text: str, expected: Authority) -> None:
    """Its id stands in entries for ever."""
    assert parse_authority(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tsa",
        "dfn=",
        "dfn=tsa.example",
        "a b=https://tsa.example/",
        "=https://tsa.example/",
        "http://[::1]/",
    ],
)
def test_what_is_no_authority_is_refused(text: str) -> None:
    """Before anything is asked."""
    with pytest.raises(BadShape):
        parse_authority(text)
