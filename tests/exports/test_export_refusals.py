"""Is an export refused where what it rests on does not agree, and completed where it broke off?"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import CannotWrite, OtherExport, ProofError, RolledBack
from ledger.export import place
from ledger.export.log import export_log
from ledger.export.source import Source
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.note import format_note, parse_note
from ledger.proof.signers import Ed25519Signer
from ledger.publish import durable
from ledger.publish.folder import checkpoint_path
from ledger.storage import Store, open_store
from tests.exports.test_export import with_texts
from tests.support.chained import ORIGIN, grow
from tests.support.dossiers import stored
from tests.support.exports import as_published, export, files_in, keys_of, only, published, source_of
from tests.support.publishing import ALog, assert_published
from tests.support.story import story


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ALog]:
    """A published log of 300 entries, and one checkpoint before."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        yield published(store, 100, 300)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where to."""
    return tmp_path / "export"


# ── the directory ──────────────────────────────────────────────────────────────────────────────


def test_a_directory_that_holds_something_else_is_refused(log: ALog, target: Path) -> None:
    """A typing mistake must not mix an export into somebody's files."""
    target.mkdir()
    (target / "letters.txt").write_text("mine")
    with pytest.raises(OtherExport, match="is not empty, and holds no export"):
        export(log, target)
    assert files_in(target) == {"letters.txt": b"mine"}
    with pytest.raises(OtherExport, match="is a file"):
        export(log, target / "letters.txt")
    with pytest.raises(OtherExport, match="holds no export"):
        export(log, log.folder.path)


def test_an_export_of_another_log_is_refused(log: ALog, target: Path) -> None:
    """Also one of the same name that was founded anew, under other keys."""
    export(log, target)
    before = files_in(target)
    for name in ("ledger.example.org/other", ORIGIN):
        other = Ed25519Signer.of(name, SigningKey(bytes([7]) * 32)).verification_key
        source = Source(log.store.recorder, log.folder, only(other))
        source.head = source_of(log).head  # type: ignore[method-assign]
        with pytest.raises(OtherExport, match=f"holds an export of {ORIGIN} under another log key"):
            export_log(log.store, source, target)
    assert files_in(target) == before


def test_an_export_of_another_history_of_this_log_is_an_alarm(
    log: ALog, target: Path, tmp_path: Path
) -> None:
    """Whoever kept an export notices a rewritten log: this is no matter of a wrong directory."""
    export(log, target)
    before = files_in(target)
    with open_store(str(tmp_path / "forged"), create=True) as store:
        grow(store, 400, branch="another")
        forged = ALog(store)
        forged.publisher().publish()
        with pytest.raises(ProofError, match="are not the first 300 of this log") as caught:
            export(forged, target)
    assert caught.value.check == "8.6"
    assert files_in(target) == before


def test_an_export_that_goes_further_is_not_cut(log: ALog, target: Path) -> None:
    """An older checkpoint in place of a newer one would be a roll-back."""
    export(log, target)
    before = files_in(target)
    with pytest.raises(OtherExport, match="goes up to 300 entries already; 100 are fewer"):
        export(log, target, size=100)
    assert files_in(target) == before


def test_what_is_to_be_left_out_must_not_be_there(log: ALog, target: Path) -> None:
    """Somebody hands the directory on and believes that there are no names in it."""
    with_texts(log.store)
    export(log, target)
    for name in ("documents", "disclosures"):
        with pytest.raises(OtherExport, match=f"holds {name}, which this export was to leave out"):
            export(log, target, **{name: False})


@pytest.mark.parametrize(
    ("name", "check"),
    [("tile/0/001.p/44", "8.7"), ("tile/1/000.p/1", "8.7"), ("checkpoint", "8.3"), ("log.vkey", "8.10")],
)
def test_a_damaged_export_is_not_continued(log: ALog, target: Path, name: str, check: str) -> None:
    """On top of a changed tile nothing true could be added."""
    export(log, target)
    kept = (target / name).read_bytes()
    grow(log.store, 310)
    log.publisher().publish()
    place_ = len(kept) - 3 if name != "checkpoint" else len(kept) - 40
    letter = b"A" if kept[place_ : place_ + 1] != b"A" else b"B"
    (target / name).write_bytes(kept[:place_] + letter + kept[place_ + 1 :])
    with pytest.raises(ProofError) as caught:
        export(log, target)
    assert caught.value.check == check
    if name.startswith("tile"):
        (target / name).unlink()
        with pytest.raises(ProofError, match="is damaged, the published log has no file"):
            export(log, target)


# ── the source ─────────────────────────────────────────────────────────────────────────────────


def test_an_entry_that_was_changed_in_the_database_is_not_exported(
    log: ALog, target: Path, tmp_path: Path
) -> None:
    """The published log alone would hide that the operator's own copy is another one."""
    with open_store(str(tmp_path / "changed"), create=True) as store:
        grow(store, 300, branch="another")
        source = Source(store.recorder, log.folder, keys_of(log))
        with pytest.raises(ProofError, match="entry 0 in the database is not the one that was published"):
            export_log(store, source, target)
    assert not (target / "checkpoint").exists()


def test_a_database_that_lacks_published_entries_is_named(log: ALog, target: Path, tmp_path: Path) -> None:
    """A restored backup; there is a way back."""
    with open_store(str(tmp_path / "old"), create=True) as store:
        grow(store, 120)
        source = Source(store.recorder, log.folder, keys_of(log))
        with pytest.raises(RolledBack, match="entry 120 is published, and not in the database"):
            export_log(store, source, target)


def changed(log: ALog, name: str, place: int = 40) -> None:
    """Changes a byte of a published file."""
    path = log.folder.path / name
    data = path.read_bytes()
    path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("tile/0/000", "tile/0/000 in the published log is not what the entries give"),
        ("tile/0/001.p/44", "tile/0/001.p/44 in the published log is not what the entries give"),
        ("tile/1/000.p/1", "tile/1/000.p/1 in the published log is not what the entries give"),
        ("tile/entries/000", "entry 255 in the database is not the one that was published"),
        (checkpoint_path(300), "the signature of"),
        (checkpoint_path(100), "the signature of"),
    ],
)
def test_a_published_file_that_was_changed_is_not_handed_on(
    log: ALog, target: Path, name: str, sentence: str
) -> None:
    """Every file is checked against another one before it is copied."""
    at = len((log.folder.path / name).read_bytes()) - 10
    changed(log, name, at)
    with pytest.raises(ProofError, match=sentence):
        export(log, target)
    assert not (target / "checkpoint").exists()


@pytest.mark.parametrize("name", ["tile/0/000", "tile/1/000.p/1", "tile/entries/000", checkpoint_path(100)])
def test_a_published_file_that_is_gone_is_named(log: ALog, target: Path, name: str) -> None:
    """Nothing incomplete gets the name of a checkpoint."""
    (log.folder.path / name).unlink()
    with pytest.raises(ProofError, match="the published log has no file"):
        export(log, target)
    assert not (target / "checkpoint").exists()


def test_a_checkpoint_whose_root_is_not_that_of_the_tiles_is_not_handed_on(log: ALog, target: Path) -> None:
    """Signed or not: only what fits together is exported."""
    for size, sentence in (
        (100, "the checkpoint of size 100 has another root"),
        (300, "have another root than was signed"),
    ):
        forged = sign_checkpoint(Checkpoint(ORIGIN, size, bytes(32)), log.key)
        (log.folder.path / checkpoint_path(size)).write_bytes(forged)
        with pytest.raises(ProofError, match=sentence):
            export(log, target)


def test_a_checkpoint_without_the_key_that_counts_is_not_handed_on(tmp_path: Path) -> None:
    """The log key was replaced, and somebody went on with the old one alone."""
    entries = story().ledger.entries
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = stored(store, entries)
        path = log.folder.path / checkpoint_path(len(entries))
        signed = parse_note(path.read_bytes())
        path.write_bytes(format_note(signed._replace(signatures=signed.signatures[:1])))
        with pytest.raises(ProofError, match="is not signed with the log key") as caught:
            export(log, tmp_path / "export")
        assert caught.value.check == "8.3"


def test_a_document_or_a_text_that_was_changed_in_the_store_is_named(log: ALog, tmp_path: Path) -> None:
    """Whoever can write to the store's directory cannot make us hand out something else."""
    sha256, digest = with_texts(log.store)
    path = log.store.home / "documents" / sha256[:2] / sha256
    path.chmod(0o600)
    path.write_bytes(b"another paper")
    with pytest.raises(ProofError, match=f"the document {sha256} was changed in the store") as caught:
        export(log, tmp_path / "documents")
    assert caught.value.check == "7.1"
    path.unlink()
    log.store.disclosures.erase([digest])
    log.store.disclosures.put(digest, b"something else")
    with pytest.raises(ProofError, match=f"the disclosure {digest.hex()} was changed in the store") as caught:
        export(log, tmp_path / "disclosures")
    assert caught.value.check == "7.3"


# ── what breaks off ────────────────────────────────────────────────────────────────────────────


class Faults:
    """Lets the writing of files fail at the n-th step of an export, each step once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
        self.steps, self.fails_at = 0, -1
        self._error = error
        for name in ("_write_draft", "_rename", "_sync_one"):
            monkeypatch.setattr(durable, name, self._counted(getattr(durable, name)))

    def _counted(self, real: Any) -> Any:
        def step(*arguments: Any) -> None:
            self.steps += 1
            if self.steps == self.fails_at:
                raise self._error
            real(*arguments)

        return step


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_an_export_that_breaks_off_at_any_step_is_completed_by_the_next_one(
    log: ALog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """A full disk, an interruption: no checkpoint before everything is there, and no trace afterwards."""
    with_texts(log.store)
    export(log, tmp_path / "whole")
    whole, faults = files_in(tmp_path / "whole"), Faults(monkeypatch, error)
    monkeypatch.setattr(durable, "AT_A_TIME", 1)
    step, finished = 1, False
    while not finished:
        target = tmp_path / str(step)
        faults.steps, faults.fails_at = 0, step
        try:
            export(log, target)
            finished = True
        except (CannotWrite, KeyboardInterrupt):
            there = files_in(target)
            if "checkpoint" in there:  # it has its name, and everything before it is on the disk
                assert there.keys() >= whole.keys()
            faults.fails_at = -1
            export(log, target)
        left = {name: data for name, data in files_in(target).items() if "/.new-" not in f"/{name}"}
        assert left == whole
        step += 1
    assert step > 50
    assert_published(as_published(log, target), 300)


def test_a_directory_that_cannot_be_written_is_named(log: ALog, tmp_path: Path) -> None:
    """With the path and the reason of the system."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="file"):
        export(log, tmp_path / "file" / "export")


def test_a_document_that_does_not_fit_says_so(
    log: ALog, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are the large part: the disk is full there first."""
    with_texts(log.store)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("ledger.storage.documents._copy", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        export(log, target)
    assert not (target / "checkpoint").exists()
    assert place.DRAFT not in "".join(files_in(target))


def test_what_an_export_is_of_is_said_before_anything_else_is_written(
    log: ALog, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next export, of another log, would mix its tiles with those that are there."""
    monkeypatch.setattr("ledger.export.log._copy_entries", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export(log, target)
    monkeypatch.undo()
    with open_store(str(tmp_path / "other"), create=True) as store:
        other = ALog(store, origin=ORIGIN)
        other.key = Ed25519Signer.of(ORIGIN, SigningKey(hashlib.sha256(b"other").digest()))
        grow(store, 2)
        source = source_of(other)
        with pytest.raises(OtherExport):
            export_into(store, source, target, log)


def interrupted(*_: Any) -> None:
    """As by Ctrl-C."""
    raise KeyboardInterrupt


def export_into(store: Store, source: Source, target: Path, log: ALog) -> None:
    """An export under other keys, as far as the directory's owner is asked."""
    source.head = source_of(log).head  # type: ignore[method-assign]
    export_log(store, source, target)
