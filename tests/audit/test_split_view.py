"""What remains of it when an operator shows two histories, and one of them gets a vote of the other?

Two ledgers with one key: a copy of the store that goes on by itself. Whoever votes on what is shown there
has signed its checkpoint, and that signature goes wherever the vote goes.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from api.cli.export import published_source
from ledger.errors import OtherHistory, ProofError, StoreUnavailable
from ledger.export.dossier import export_dossier
from ledger.export.examined import examine
from ledger.proof.dsse import sign
from ledger.proof.entry import NO_LINK
from ledger.proof.statement import Statement, parse_statement, payload_type
from ledger.publish.folder import CHECKPOINT, FOLDER, checkpoint_path
from ledger.storage import open_store
from tests.support.audited import (
    LAST,
    append,
    audit,
    exported,
    found,
    going_on,
    publish,
    rechained,
    republish,
)
from tests.support.builders import ORIGIN, LedgerBuilder

OPENED = "2026-03-03T08:00:00.500Z"
"""When the third procedure was not opened."""


class Fork(NamedTuple):
    """Two histories, and what m2 signed on the other one."""

    here: Path
    there: Path
    motion: str
    vote: Statement


def speaks(town: LedgerBuilder, motion: str, member: str) -> Statement:
    """A vote as a client of this ledger makes it: with what is shown here."""
    fields = {"actor": member, "member": member, "procedure": motion, "choices": {"1": "yes"}}
    payload = town.ledger.prepare("vote-cast", fields)
    return parse_statement(sign(payload_type("vote-cast"), payload, town.key(member)))


@pytest.fixture
def fork(folder: Path, tmp_path: Path) -> Fork:
    """One history up to the opening; then m1 votes here and m3 there, and m2 is shown what is there."""
    with going_on(folder) as town:
        motion = town.open("third")
        publish(town.ledger.store)
    there = Path(shutil.copytree(folder, tmp_path / "there"))
    with going_on(folder) as town:
        town.vote(motion, "m1", "no")
        publish(town.ledger.store)
    with going_on(there) as town:
        town.vote(motion, "m3", "yes")
        publish(town.ledger.store)
        return Fork(folder, there, motion, speaks(town, motion, "m2"))


def head(place: Path, size: int) -> str:
    """The root that was signed in one of the histories."""
    return (place / FOLDER / checkpoint_path(size)).read_text("utf-8").split("\n")[2]


def test_a_vote_signed_on_another_history_is_refused_and_nothing_is_stored(fork: Fork) -> None:
    """The member learns at once that somebody showed them another log."""
    size = LAST + 3
    with going_on(fork.here) as town, pytest.raises(OtherHistory) as refused:
        town.ledger.submit(fork.vote.envelope)
    assert refused.value.details["root"] == head(fork.here, size)
    assert refused.value.details["named"] == head(fork.there, size) == fork.vote.payload["seen"]["root"]
    assert audit(fork.here).entries == size


def test_so_it_is_among_many(fork: Fork) -> None:
    """Importers and scripts submit so."""
    with going_on(fork.here) as town, pytest.raises(OtherHistory):
        town.ledger.submit_many([fork.vote])


def test_where_it_was_signed_it_is_recorded(fork: Fork) -> None:
    """Each history is a good one by itself; the audit of either has nothing to say."""
    with going_on(fork.there) as town:
        assert town.ledger.submit(fork.vote.envelope).seq == LAST + 3
        publish(town.ledger.store)
    assert [audit(place).failures for place in (fork.here, fork.there)] == [[], []]
    assert audit(fork.there).made["3.4"] == 1


def test_a_vote_carried_over_into_another_history_is_evidence_in_its_audit(fork: Fork) -> None:
    """The operator writes it past the rules and publishes it: the entry says whom to ask, and both hashes."""
    seq = append(fork.here, fork.vote)
    with going_on(fork.here) as town:
        publish(town.ledger.store)
    for place in (fork.here, exported(fork.here, fork.here.parent / "public")):
        [failure] = audit(place).failures
        assert (failure.check, failure.seq) == ("3.4", seq)
        assert (failure.expected, failure.found) == (head(fork.here, seq), head(fork.there, seq))
        assert "split view" in failure.sentence


def test_so_is_one_that_comes_after_what_was_verified_last_time(fork: Fork, tmp_path: Path) -> None:
    """An auditor who looks only at what is new sees it as well, and what it names is older than that."""
    kept = tmp_path / "state"
    assert audit(fork.here, state=kept).holds
    seq = append(fork.here, fork.vote)
    new = audit(fork.here, state=kept, whole=False)
    assert (new.first, found(new.failures)) == (seq, [("3.4", seq)])


def test_no_dossier_is_made_of_it_and_every_report_says_it(fork: Fork, tmp_path: Path) -> None:
    """What does not verify is not handed out; a report tells what fails."""
    seq = append(fork.here, fork.vote)
    with going_on(fork.here) as town:
        publish(town.ledger.store)
    with closing(open_store(str(fork.here))) as store:
        source = published_source(store, settle=False)
        with pytest.raises(ProofError) as refused:
            export_dossier(store, source, UUID(fork.motion), tmp_path / "dossier")
        told = examine(store, ORIGIN, UUID(fork.motion))
    assert refused.value.check == "3.4"
    assert found(told.failures) == [("3.4", seq)]
    assert told.made["3.4"] == 1


def test_a_history_rewritten_before_a_vote_is_shown_by_the_vote(folder: Path) -> None:
    """A time changed, every link repaired, all published anew: only the vote has kept a checkpoint."""
    with going_on(folder) as town:
        motion = town.open("third")
        publish(town.ledger.store)
        town.ledger.submit(speaks(town, motion, "m2").envelope)
        publish(town.ledger.store)
    assert audit(folder).holds
    rechained(folder, lambda number, entry: entry._replace(at=OPENED) if number == LAST + 1 else entry)
    republish(folder)
    assert found(audit(folder).failures) == [("3.4", LAST + 2)]


def test_a_log_that_published_nothing_takes_no_vote_on_a_checkpoint(folder: Path) -> None:
    """There was nothing to see; whatever was shown is none of its own."""
    shutil.rmtree(folder / FOLDER)
    with going_on(folder) as town:
        motion = town.open("third")
        assert speaks(town, motion, "m1").payload["seen"] is None
        with pytest.raises(OtherHistory):
            town.vote(motion, "m1", "yes", seen={"size": 1, "root": NO_LINK})
        assert town.ledger.submit(speaks(town, motion, "m1").envelope)


def test_an_old_checkpoint_is_good_although_the_log_does_not_keep_it_any_more(folder: Path) -> None:
    """A log that lost its old checkpoints must not accuse those who kept them."""
    with going_on(folder) as town:
        newest = town.ledger.heads.newest()
        motion = town.open("third")
        publish(town.ledger.store)
        shutil.rmtree(folder / FOLDER / "checkpoints")
        town.vote(motion, "m1", "no", seen=newest)
        with pytest.raises(OtherHistory):
            town.vote(motion, "m2", "no", seen={"size": LAST, "root": NO_LINK})
    assert [one.check for one in audit(folder).failures if one.check == "3.4"] == []


def test_a_checkpoint_of_another_size_in_its_place_accuses_nobody(folder: Path) -> None:
    """It says nothing of the size under which it lies; the tiles do."""
    with going_on(folder) as town:
        seen = town.ledger.heads.newest()
        assert seen is not None
        motion = town.open("third")
        publish(town.ledger.store)
        newest = (folder / FOLDER / CHECKPOINT).read_bytes()
        (folder / FOLDER / checkpoint_path(seen["size"])).write_bytes(newest)
        assert town.vote(motion, "m1", "no", seen=seen)


def test_a_published_log_that_is_damaged_accuses_nobody(folder: Path) -> None:
    """Where it cannot be compared the answer is: later."""
    with going_on(folder) as town:
        newest = town.ledger.heads.newest()
        motion = town.open("third")
        for name in ("checkpoints", "tile/0"):
            shutil.rmtree(folder / FOLDER / name)
        with pytest.raises(StoreUnavailable):
            town.vote(motion, "m1", "no", seen=newest)
