"""Given Tessera's entries and its test key, do we publish and export Tessera's bytes?

Its entries are words. Recorder, publisher, signer, folder and export are those of every ledger. One question
of the publisher is answered for the words, because none can: its number, and the entry before it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import ProofError
from ledger.export.log import export_log
from ledger.export.source import Source
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import hash_leaf
from ledger.publish import publisher as publishing
from ledger.publish.folder import checkpoint_path
from ledger.publish.signer import Signer
from ledger.storage import Row, Store, open_store
from tests.support.chained import STREAM
from tests.support.exports import files_in, only
from tests.support.publishing import ALog
from tests.support.vectors import VECTORS

TESSERA = VECTORS / "tessera-testlog"
LOG = TESSERA / "testdata" / "log"
NOTE = dict(line.split(": ", 1) for line in (TESSERA / "NOTE").read_text("utf-8").split("\n") if ": " in line)
SECRET = base64.b64decode(NOTE["skey (a published test key)"].split("+", 4)[4])[1:]
WORDS = [word.encode() for word in NOTE["Entries"].split(" ")]
LINKS = [NO_LINK, *(b64(hash_leaf(word)) for word in WORDS)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        yield store


@pytest.fixture
def log(store: Store) -> ALog:
    """Its log, with Tessera's name and key."""
    return ALog(store, origin=NOTE["vkey"].split("+", 1)[0], key=SigningKey(SECRET))


@pytest.fixture
def words_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the words would say if they were entries."""
    said = {word: (seq, LINKS[seq]) for seq, word in enumerate(WORDS)}
    monkeypatch.setattr(publishing, "link_of", lambda state: said[state])


def record(store: Store, seq: int) -> None:
    """Stores the word as an entry."""
    with store.recorder.batch() as batch:
        batch.append([Row(seq, STREAM, seq + 1, "stimmbuch.word.v1", WORDS[seq], hash_leaf(WORDS[seq]))])


def theirs() -> dict[str, bytes]:
    """Tessera's files under the names that they have here; the checkpoint of the empty log stays apart."""
    names = {f"checkpoint.{size}": checkpoint_path(size) for size in range(1, 16)}
    return {names.get(name, name): data for name, data in files_in(LOG).items() if name != "checkpoint.0"}


@pytest.mark.usefixtures("words_are_linked")
def test_published_and_exported_bytes_are_those_of_tessera(store: Store, log: ALog, tmp_path: Path) -> None:
    """Every partial tile and bundle, all checkpoints with signatures: the signer keeps that of size 0."""
    assert Signer.remembered(store.home / "signer") == (LOG / "checkpoint.0").read_bytes()
    publisher = log.publisher()
    for seq in range(15):
        record(store, seq)
        assert publisher.publish() == seq + 1
    published = files_in(log.folder.path)
    assert {name: published.get(name) for name in theirs()} == theirs()
    assert published.keys() - theirs().keys() == {"checkpoints/sizes"}
    source = Source(store.recorder, log.folder, only(log.key.verification_key))
    assert export_log(store, source, tmp_path / "export").entries == 15
    exported = files_in(tmp_path / "export")
    assert {name: exported.get(name) for name in theirs()} == theirs()
    assert exported.keys() - theirs().keys() == {"checkpoints/sizes", "log.vkey", "README.txt"}
    assert exported["log.vkey"].decode() == NOTE["vkey"] + "\n"


def test_without_that_answer_a_publisher_refuses_words(store: Store, log: ALog) -> None:
    """Nothing that is no entry gets a signature."""
    record(store, 0)
    with pytest.raises(ProofError):
        log.publisher().publish()
    assert not log.folder.path.exists()
