"""Does a dossier of one procedure verify by itself, hold what it should, and say what it cannot show?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.errors import NotFound, OtherExport, ProofError
from ledger.export.dossier_verify import verify_dossier
from ledger.export.names import entry_name, entry_of
from ledger.export.reading import is_dossier
from ledger.proof.entry import leaf_hash, parse_entry
from ledger.proof.policy import parse_policy
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.storage import Store, open_store
from tests.support.dossiers import LOG, REGISTER, judged, stored, streams
from tests.support.every_statement import every_statement
from tests.support.exports import export, files_in, handed_out
from tests.support.forged_log import relinked, reworded
from tests.support.memory_ledger import MemoryLedger
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
    said = judged(tmp_path / "dossier").limits("en")
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


# ── who trusts whom ────────────────────────────────────────────────────────────────────────────


def test_a_policy_may_be_asked_for_instead_of_a_key(log: ALog, tmp_path: Path) -> None:
    """With the witnesses that it demands: here one that did not cosign."""
    handed_out(log, everything()[1]["sitting"], tmp_path / "dossier")
    witness = LOG.verification_key._replace(kind=4, name="witness.example/w1").text
    alone = parse_policy(f"log {LOG.verification_key.text}\nquorum none\n".encode())
    unlisted = parse_policy(b"quorum none\n")
    known = [LOG.verification_key]
    assert verify_dossier(tmp_path / "dossier", unlisted, log_keys=known).holds
    assert not verify_dossier(tmp_path / "dossier", unlisted).holds
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
