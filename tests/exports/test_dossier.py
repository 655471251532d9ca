"""Does a dossier of one procedure verify by itself, hold what it should, and say what it cannot show?"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.errors import CannotWrite, NotFound, OtherExport, ProofError
from ledger.export.dossier import Dossier, export_dossier
from ledger.export.dossier_verify import verify_dossier
from ledger.export.names import disclosure_name, document_name, entry_name, entry_of
from ledger.export.reading import is_dossier
from ledger.proof.disclosure import disclose
from ledger.proof.entry import leaf_hash, parse_entry
from ledger.proof.policy import parse_policy
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.storage import Store, open_store
from tests.support.dossiers import LOG, REGISTER, findings, judged, stored, streams
from tests.support.every_statement import every_statement
from tests.support.exports import export, files_in, source_of
from tests.support.forged_log import relinked, reworded
from tests.support.memory_ledger import MemoryLedger, document
from tests.support.publishing import ALog
from tests.support.story import story


@cache
def everything() -> tuple[list[bytes], dict[str, str]]:
    """A ledger with every kind of statement, and its procedures by name."""
    ledger = MemoryLedger()
    ledger.found()
    procedures = every_statement(ledger)
    return list(ledger.entries), procedures


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ALog]:
    """That ledger in a store, published."""
    with open_store(str(tmp_path_factory.mktemp("log") / "ledger"), create=True) as store:
        yield stored(store, everything()[0])


def handed_out(log: ALog, procedure: str, target: Path, **options: Any) -> Dossier:
    """The dossier of a procedure."""
    return export_dossier(log.store, source_of(log), UUID(procedure), target, **options)


# ── what it is ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["sitting", "circular", "personal", "election"])
@pytest.mark.parametrize("form", ["dossier", "dossier.zip"])
def test_a_dossier_verifies_by_itself(log: ALog, tmp_path: Path, name: str, form: str) -> None:
    """With every kind of statement in it: proofs, chains, signatures, rules, seal and tally."""
    entries, procedures = everything()
    done = handed_out(log, procedures[name], tmp_path / form)
    verdict = judged(tmp_path / form)
    assert [failure.sentence for failure in verdict.wrong] == []
    assert (
        (verdict.origin, verdict.procedure) == (done.origin, done.procedure) == (LOG.name, procedures[name])
    )
    assert (verdict.size, verdict.root, verdict.entries) == (done.size, done.root, done.entries)
    assert (verdict.state, verdict.genesis) == (done.state, leaf_hash(entries[0]))
    assert verdict.tally
    assert verdict.outcome.keys() == verdict.tally.keys()


def test_a_dossier_holds_the_procedure_and_the_register_and_nothing_else(log: ALog, tmp_path: Path) -> None:
    """Nobody gets the votes of other procedures with it; the register up to the checkpoint."""
    entries, procedures = everything()
    done = handed_out(log, procedures["circular"], tmp_path / "dossier")
    numbers = [entry_of(name) for name in files_in(tmp_path / "dossier") if name.startswith("entries/")]
    assert numbers == streams(entries, REGISTER, procedures["circular"])
    assert done.register_entries == len(streams(entries, REGISTER))
    assert done.entries == len(numbers)
    for seq in numbers:
        assert seq is not None
        proof = parse_tlog_proof((tmp_path / "dossier" / entry_name(seq)).read_bytes())
        assert proof.extra == entries[seq]


def test_a_ballot_that_repeats_another_one_comes_with_it(log: ALog, tmp_path: Path) -> None:
    """The rules of the second ballot look at the first one."""
    entries, procedures = everything()
    handed_out(log, procedures["election"], tmp_path / "dossier")
    verdict = judged(tmp_path / "dossier")
    held = {parse_entry(entries[seq]).stream for seq in numbers_in(tmp_path / "dossier")}
    assert len(held - {REGISTER}) == 2
    assert verdict.procedure == procedures["election"]
    assert verdict.holds


def numbers_in(folder: Path) -> list[int]:
    """The entries of a dossier."""
    return [seq for name in files_in(folder) if (seq := entry_of(name)) is not None]


def test_the_same_dossier_has_the_same_bytes(log: ALog, tmp_path: Path) -> None:
    """As a directory and as a file: two who were given one can compare them."""
    procedure = everything()[1]["sitting"]
    for name in ("one", "two", "one.zip", "two.zip"):
        handed_out(log, procedure, tmp_path / name)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_what_a_dossier_cannot_show_is_said_in_it_and_by_the_verifier(log: ALog, tmp_path: Path) -> None:
    """With numbers: a proof must not be taken for more than it is."""
    entries, procedures = everything()
    handed_out(log, procedures["circular"], tmp_path / "dossier")
    said = judged(tmp_path / "dossier").cannot_show
    last = streams(entries, procedures["circular"])[-1]
    register_last = streams(entries, REGISTER)[-1]
    assert said[0].startswith(f"That the procedure ended with entry {last}. A later entry")
    assert f"the log has {len(entries)} entries" in said[0]
    assert said[1].startswith(f"That the register ended with entry {register_last}. A later entry")
    letter = " ".join((tmp_path / "dossier" / "README.txt").read_text().split())
    assert all(sentence in letter for sentence in said)


def test_a_dossier_as_of_an_earlier_checkpoint(store: Store, tmp_path: Path) -> None:
    """On both databases: a procedure as it stood then, against the checkpoint of then."""
    told = story()
    entries = told.ledger.entries
    stored(store, entries[: told.seq["timed closing"]])
    log = stored(store, entries)
    for size, state in ((told.seq["timed closing"], "opened"), (len(entries), "closed")):
        target = tmp_path / str(size)
        done = handed_out(log, told.timed, target, size=size)
        verdict = judged(target)
        assert (done.state, done.size) == (state, size) == (verdict.state, verdict.size)
        assert verdict.holds
    with pytest.raises(NotFound, match=f"no procedure {told.chaired} among the first"):
        handed_out(log, told.chaired, tmp_path / "early", size=told.seq["timed closing"])
    with pytest.raises(NotFound, match="no checkpoint of size 3 was published"):
        handed_out(log, told.timed, tmp_path / "unpublished", size=3)


# ── what lies beside ───────────────────────────────────────────────────────────────────────────

NAMES = {"anna": "Anke Tiedemann", "bert": "Bernd Osterloh", "zoe": "Zoe Sandvoß"}


def text(name: str, value: str) -> bytes:
    """An encoded disclosure."""
    return disclose(name, value, hashlib.sha256(value.encode()).digest()[:16]).encoded.encode()


def digest(name: str, value: str) -> str:
    """Its digest, as statements write it."""
    return disclose(name, value, hashlib.sha256(value.encode()).digest()[:16]).digest


PAPER = hashlib.sha256(b"paper").hexdigest()
TITLE = text("title", "Kauf eines Fahrzeugs")
OTHER = text("title", "Etwas ganz anderes")


@cache
def with_names() -> tuple[list[bytes], str]:
    """Anna and Bert decide on a paper, Zoe is in another body: everybody has a name beside the log."""
    ledger = MemoryLedger()
    ledger.found()
    for who, name in NAMES.items():
        fields: dict[str, Any] = {"subject": who, "roles": ["member"], "key": ledger.public(who)}
        ledger.put("key-registered", **fields, name=digest("person", name))
    for body, members in (("rat", ["anna", "bert"]), ("beirat", ["zoe"])):
        ledger.put("body-registered", body=body, name=digest("body", body))
        granted = [{"member": member, "weight": 1, "group": None} for member in members]
        ledger.put("seats-changed", body=body, granted=granted, ended=[])
    title = digest("title", "Kauf eines Fahrzeugs")
    procedure = ledger.open("paper", documents=[document("paper")], title=title)
    ledger.open(
        "other", body="beirat", documents=[document("other")], title=digest("title", "Etwas ganz anderes")
    )
    ledger.vote(procedure, "anna", "yes")
    ledger.close(procedure)
    return list(ledger.entries), procedure


@cache
def with_erasures() -> tuple[list[bytes], str, dict[str, int]]:
    """The same, and then title and paper of both procedures are erased, by a clerk and a chair."""
    ledger, procedure = MemoryLedger(), with_names()[1]
    for data in with_names()[0]:
        ledger.take(data)
    ledger._nonces = 100
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    marks = {}
    for name, stream, title, paper in (
        ("here", procedure, "Kauf eines Fahrzeugs", b"paper"),
        ("elsewhere", parse_entry(with_names()[0][OTHER_OPENING]).stream, "Etwas ganz anderes", b"other"),
    ):
        fields: dict[str, Any] = {"stream": stream, "legal_basis": "retention-ended", "authority": "vera"}
        digests, documents = [digest("title", title)], [hashlib.sha256(paper).hexdigest()]
        marks[name] = len(ledger.rows)
        ledger.put("redacted", "chris", digests=digests, documents=documents, **fields)
    return list(ledger.entries), procedure, marks


OTHER_OPENING = 9
"""Number of the entry that opens Zoe's procedure."""


@pytest.fixture
def named(tmp_path: Path) -> Iterator[ALog]:
    """That ledger with its documents and texts."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        for content in (b"paper", b"other"):
            store.documents.put(hashlib.sha256(content).hexdigest(), io.BytesIO(content), 100)
        bodies = [TITLE, OTHER, *(text("person", name) for name in NAMES.values())]
        bodies += [text("body", body) for body in ("rat", "beirat")]
        store.disclosures.put_all({hashlib.sha256(body).digest(): body for body in bodies})
        yield stored(store, with_names()[0])


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
    (named.folder.path / "anchors").mkdir()
    size = len(with_names()[0])
    for anchored in (size, size + 1):
        (named.folder.path / "anchors" / f"{anchored:03}.tsr").write_bytes(b"token")
    handed_out(named, with_names()[1], tmp_path / "dossier")
    assert {"policy", f"anchors/{size:03}.tsr", "log.vkey"} <= files_in(tmp_path / "dossier").keys()
    assert f"anchors/{size + 1:03}.tsr" not in files_in(tmp_path / "dossier")
    assert findings(tmp_path / "dossier") == []


# ── who trusts whom ────────────────────────────────────────────────────────────────────────────


def test_a_policy_may_be_asked_for_instead_of_a_key(log: ALog, tmp_path: Path) -> None:
    """With the witnesses that it demands: here one that did not cosign."""
    handed_out(log, everything()[1]["sitting"], tmp_path / "dossier")
    witness = LOG.verification_key._replace(kind=4, name="witness.example/w1").text
    alone = parse_policy(f"log {LOG.verification_key.text}\nquorum none\n".encode())
    asked = parse_policy(f"log {LOG.verification_key.text}\nwitness w1 {witness}\nquorum w1\n".encode())
    assert verify_dossier(tmp_path / "dossier", alone).holds
    assert [failure.check for failure in judged(tmp_path / "dossier", asked).wrong] == ["8.5"]


def test_it_is_told_apart_from_an_export_and_a_store(log: ALog, tmp_path: Path) -> None:
    """The command that verifies has to know what it was given."""
    procedure = everything()[1]["sitting"]
    for name in ("dossier", "dossier.zip"):
        handed_out(log, procedure, tmp_path / name)
        assert is_dossier(tmp_path / name)
    export(log, tmp_path / "export")
    (tmp_path / "text").write_text("text")
    for name in ("export", "text", "nowhere"):
        assert not is_dossier(tmp_path / name)
    assert not is_dossier(log.store.home)


# ── what is refused ────────────────────────────────────────────────────────────────────────────


def test_an_unknown_procedure_leaves_nothing_behind(log: ALog, tmp_path: Path) -> None:
    """The register is no procedure either."""
    for procedure in (str(uuid4()), REGISTER):
        for name in ("dossier", "dossier.zip"):
            with pytest.raises(NotFound, match="there is no procedure"):
                handed_out(log, procedure, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_dossier_is_never_written_over_something(log: ALog, tmp_path: Path) -> None:
    """An empty directory is nothing; what an interrupted attempt left is removed."""
    procedure = everything()[1]["sitting"]
    for name in ("dossier", "dossier.zip"):
        handed_out(log, procedure, tmp_path / name)
        with pytest.raises(OtherExport, match="there is something in"):
            handed_out(log, procedure, tmp_path / name)
    (tmp_path / "empty").mkdir()
    (tmp_path / ".new-empty").mkdir()
    (tmp_path / ".new-empty" / "left").write_text("over")
    handed_out(log, procedure, tmp_path / "empty")
    assert files_in(tmp_path / "empty") == files_in(tmp_path / "dossier")
    assert not (tmp_path / ".new-empty").exists()


def test_a_procedure_that_does_not_verify_is_not_handed_out(store: Store, tmp_path: Path) -> None:
    """What would only be found out by whoever receives it is found out before."""
    told = story()
    entries = list(told.ledger.entries)
    at = told.seq["bert's vote"]
    entries[at] = reworded(entries[at], choices={"1": "yes"})
    log = stored(store, relinked(entries))
    with pytest.raises(ProofError, match=f"does not verify: entry {at}: check 4.2") as caught:
        handed_out(log, told.timed, tmp_path / "dossier")
    assert caught.value.check == "4.2"
    assert not (tmp_path / "dossier").exists()


@pytest.mark.parametrize("name", ["tile/0/000.p/{}", "checkpoint"])
def test_a_published_log_that_was_changed_makes_no_dossier(store: Store, tmp_path: Path, name: str) -> None:
    """Every proof is verified before it is handed out."""
    told = story()
    log = stored(store, told.ledger.entries)
    size = len(told.ledger.entries)
    path = log.folder.path / (name.format(size) if "tile" in name else f"checkpoints/{size:03}")
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    with pytest.raises(ProofError):
        handed_out(log, told.timed, tmp_path / "dossier")
    path.unlink()
    with pytest.raises(ProofError, match="the published log has no file"):
        handed_out(log, told.timed, tmp_path / "dossier")
    assert not (tmp_path / "dossier").exists()


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
