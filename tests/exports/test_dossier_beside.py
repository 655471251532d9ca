"""Does a dossier hold the papers and names that belong to it, and nothing that was erased?"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import CannotWrite, ProofError
from ledger.export.names import disclosure_name, document_name
from ledger.publish.anchor_files import anchor_path
from ledger.storage import open_store
from tests.support.dossiers import findings, judged, stored, streams
from tests.support.exports import export, files_in, handed_out
from tests.support.named_ledger import (
    NAMES,
    OTHER,
    PAPER,
    TITLE,
    store_with_names,
    text,
    with_erasures,
    with_names,
)
from tests.support.publishing import ALog


@pytest.fixture
def named(tmp_path: Path) -> Iterator[ALog]:
    """The ledger with its documents and texts."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        yield store_with_names(store)


@pytest.mark.parametrize("form", ["dossier", "dossier.zip"])
def test_a_dossier_holds_the_papers_and_the_names_of_this_procedure_only(
    named: ALog, tmp_path: Path, form: str
) -> None:
    """What Zoe is called, and what her body decides on, is nobody's business here."""
    done = handed_out(named, with_names()[1], tmp_path / form)
    assert (done.documents, done.disclosures, done.missing) == (1, 4, [])
    verdict = judged(tmp_path / form)
    assert (verdict.holds, verdict.complete, verdict.documents, verdict.disclosures) == (True, True, 1, 4)
    if form == "dossier":
        files = files_in(tmp_path / form)
        assert files[document_name(PAPER)] == b"paper"
        shown = {data for name, data in files.items() if name.startswith("disclosures/")}
        assert shown == {
            TITLE,
            text("body", "rat"),
            *(text("person", NAMES[who]) for who in ("anna", "bert")),
        }
        assert stat.S_IMODE((tmp_path / form / "disclosures").stat().st_mode) == 0o700


def test_documents_and_names_can_be_left_out(named: ALog, tmp_path: Path) -> None:
    """It still verifies; a verifier says that a document could not be looked at, and misses no text."""
    target = tmp_path / "dossier"
    done = handed_out(named, with_names()[1], target, documents=False, disclosures=False)
    assert (done.documents, done.disclosures, done.missing) == (0, 0, [])
    assert not any(name.startswith(("documents", "disclosures")) for name in files_in(target))
    verdict = judged(target)
    assert (verdict.holds, verdict.complete) == (True, False)
    assert [failure.check for failure in verdict.failures] == ["7.2"]


def test_a_document_that_nobody_brought_is_said_to_be_missing(named: ALog, tmp_path: Path) -> None:
    """And an erased text is not: that it is undisclosed is all that can be known."""
    (named.store.home / document_name(PAPER)).unlink()
    named.store.disclosures.erase([hashlib.sha256(TITLE).digest()])
    done = handed_out(named, with_names()[1], tmp_path / "dossier")
    assert (done.documents, done.missing, done.disclosures) == (0, [PAPER], 3)
    assert findings(tmp_path / "dossier") == [("7.2", with_names()[0].index(opening()))]


def opening() -> bytes:
    """The entry that names the document."""
    entries, procedure = with_names()
    return entries[streams(entries, procedure)[0]]


@pytest.mark.parametrize("form", ["dossier", "dossier.zip"])
def test_what_was_erased_is_not_handed_out_and_nobody_misses_it(
    named: ALog, tmp_path: Path, form: str
) -> None:
    """The entry that says so is in the dossier; and nothing is, though the store still has it."""
    entries, procedure, marks = with_erasures()
    log = stored(named.store, entries)
    done = handed_out(log, procedure, tmp_path / form)
    assert (done.documents, done.missing, done.disclosures) == (0, [], 3)
    verdict = judged(tmp_path / form)
    assert (verdict.failures, verdict.documents, verdict.disclosures) == ([], 0, 3)
    assert verdict.unjudged == [marks["elsewhere"]]


def test_an_export_made_later_does_not_hold_what_was_erased(named: ALog, tmp_path: Path) -> None:
    """Nor does the directory of an earlier one, after the next export into it; drafts of it go as well."""
    target = tmp_path / "export"
    title = disclosure_name(hashlib.sha256(TITLE).digest())
    export(named, target)
    assert {title, document_name(PAPER)} <= files_in(target).keys()
    (target / title).with_name(".new-draft").write_bytes(TITLE)
    log = stored(named.store, with_erasures()[0])
    done = export(log, target)
    assert (done.documents, done.disclosures, done.removed) == (0, 0, 4)
    fresh = export(log, tmp_path / "fresh")
    assert (fresh.documents, fresh.disclosures, fresh.removed) == (0, 5, 0)
    for folder in (target, tmp_path / "fresh"):
        content = b"".join(files_in(folder).values())
        assert TITLE not in content
        assert not any(b"Kauf" in data or data == b"paper" for data in files_in(folder).values())
        assert text("person", NAMES["anna"]) in files_in(folder).values()


def test_keys_policy_and_anchor_come_along(named: ALog, tmp_path: Path) -> None:
    """Of the anchors only the one of this checkpoint."""
    (named.store.home / "policy").write_text("quorum none\n")
    size = len(with_names()[0])
    for anchored in (size, size + 1):
        stamp = named.folder.path / anchor_path(anchored, "tsa1")
        stamp.parent.mkdir(parents=True)
        stamp.write_bytes(b"token")
    handed_out(named, with_names()[1], tmp_path / "dossier")
    assert {"policy", anchor_path(size, "tsa1"), "log.vkey"} <= files_in(tmp_path / "dossier").keys()
    assert anchor_path(size + 1, "tsa1") not in files_in(tmp_path / "dossier")
    assert findings(tmp_path / "dossier") == [("9.4", None)]


@pytest.mark.parametrize("form", ["dossier", "dossier.zip"])
def test_a_document_that_was_changed_in_the_store_is_named(named: ALog, tmp_path: Path, form: str) -> None:
    """And nothing is left under the dossier's name."""
    path = named.store.home / document_name(PAPER)
    path.chmod(0o600)
    path.write_bytes(b"p@per")
    with pytest.raises(ProofError, match=f"the document {PAPER} was changed in the store"):
        handed_out(named, with_names()[1], tmp_path / form)
    assert [one.name for one in tmp_path.iterdir()] == ["ledger"]


def test_a_text_that_was_changed_in_the_store_is_named(named: ALog, tmp_path: Path) -> None:
    """The same for what is erasable."""
    key = hashlib.sha256(TITLE).digest()
    named.store.disclosures.erase([key])
    named.store.disclosures.put(key, OTHER)
    with pytest.raises(ProofError, match=r"the disclosure [0-9a-f]{64} was changed in the store"):
        handed_out(named, with_names()[1], tmp_path / "dossier")
    assert disclosure_name(key) not in files_in(tmp_path)


@pytest.mark.parametrize(
    ("form", "where"),
    [("dossier", "ledger.publish.durable._sync_one"), ("dossier.zip", "zipfile.ZipFile.writestr")],
)
def test_a_full_disk_leaves_nothing_and_the_next_attempt_succeeds(
    named: ALog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, where: str
) -> None:
    """A dossier has its name only when it is complete."""

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(where, full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        handed_out(named, with_names()[1], tmp_path / form)
    assert [one.name for one in tmp_path.iterdir()] == ["ledger"]
    monkeypatch.undo()
    handed_out(named, with_names()[1], tmp_path / form)
    assert judged(tmp_path / form).failures == []
