"""May bringing back what was published be interrupted anywhere, and repeated?

`stimmbuch recover` is interrupted at each step at which it writes, before it is done or after it. The same
command again must finish it: everything verifies then, and publishing goes on.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.errors import OutcomeUnknown, StoreUnavailable
from ledger.proof.statement import Statement
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder, checkpoint_path
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import open_store
from ledger.storage.recorder import Batch, LedgerRecorder
from tests.faults.test_publisher_dies import a_vote
from tests.support.audited import LAST, SIZES, do, tell
from tests.support.builders import ORIGIN, Clock, a_town
from tests.support.failing import EITHER_WAY, failing
from tests.support.places import Place

KEPT = 250
"""The last entry of an old backup: what is missing lies in two bundles, and comes back in two batches."""

BUNDLE = 255
"""The last entry in the first bundle."""

WRITES = ("_rename", "_write_draft", "_sync", "append")
"""What changes the disk: of the signer's memory, and of the log that is published anew."""


class FailingBatches:
    """Batches of a recorder, one of which is not committed, or committed without anybody hearing of it."""

    def __init__(self, recorder: type[LedgerRecorder], number: int, *, stored: bool) -> None:
        self._batch, self._left, self._stored = recorder.batch, number, stored
        self.failed = False

    @contextmanager
    def __call__(self, recorder: LedgerRecorder, after: int | None = None) -> Iterator[Batch]:
        """As `batch`."""
        self._left -= 1
        hit = self._left == -1
        self.failed |= hit
        with self._batch(recorder, after) as batch:
            yield batch
            if hit and not self._stored:
                raise StoreUnavailable("the database went away")
        if hit:
            raise OutcomeUnknown("the answer was lost")


def recover(where: str, home: Path, *arguments: object) -> tuple[int, Any]:
    """Exit code and JSON of the command."""
    order = ["recover", "--store", where, "--home", home, *arguments, "--json"]
    done = CliRunner().invoke(main, [*map(str, order)])
    assert not done.exception or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, json.loads(done.stdout)


def test_missing_entries_come_back_although_it_was_interrupted(
    place: Place, cut: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On both databases, at each batch: what was brought back stays, the rest follows, and people vote on."""
    votes, kind = told(place), type_of_recorder(place)
    for stored, number in itertools.product((False, True), range(3)):
        last = head(place)
        cut(KEPT)
        batches = FailingBatches(kind, number, stored=stored)
        with monkeypatch.context() as patched:
            patched.setattr(kind, "batch", lambda self, after=None, now=batches: now(self, after))
            code, _ = recover(place.where, place.home)
        assert (code != 0) == batches.failed == (number < 2)
        back = head(place)
        assert back == (last if number == 2 else (KEPT, BUNDLE, last)[number + stored])
        found = recover(place.where, place.home)[1]
        assert (found["first"], found["last"]) == ((back + 1, last) if back < last else (None, None))
        go_on(place, next(votes), last + 1)
    with place.open() as store:
        audit = audit_store(store)
    assert audit.holds, audit.failures[:3]


def told(place: Place) -> Iterator[Statement]:
    """A town whose entries fill more than a bundle, published; votes that are signed and not sent."""
    with place.open() as store:
        town = a_town(store, members=260)
        motion = town.open()
        assert KEPT < BUNDLE < store.recorder.head()
        open_publication(store, ORIGIN).settle()
        votes = [a_vote(town, motion, number) for number in range(1, 7)]
    return iter(votes)


def head(place: Place) -> int:
    """The last entry in the database."""
    with place.open() as store:
        return store.recorder.head()


def type_of_recorder(place: Place) -> type[LedgerRecorder]:
    """What a process that opens this place writes with."""
    with place.open() as store:
        return type(store.recorder)


def go_on(place: Place, vote: Statement, seq: int) -> None:
    """A vote becomes the next entry, and is published."""
    with closing(VotingLedger(place.open(), clock=Clock())) as ledger:
        assert ledger.submit(vote.envelope).seq == seq
        open_publication(ledger.store, ORIGIN).settle()
    assert LogFolder(place.home / FOLDER).newest().size == seq + 1


@EITHER_WAY
@pytest.mark.parametrize("step", WRITES)
def test_a_lost_machine_is_recovered_although_it_was_interrupted(
    tmp_path: Path, step: str, stored: bool
) -> None:
    """Of a backup, of a copy of the published log and of the newest checkpoint: the same command again."""
    original = tell(tmp_path / "town")
    copy = (original / FOLDER).rename(tmp_path / "copy")
    shutil.rmtree(original / SIGNER)
    do(original, "DELETE FROM ledger_events WHERE notification_id > ?", LAST - 3)
    for number in itertools.count():
        place = shutil.copytree(original, tmp_path / f"{number}")
        command = (str(place), place, "--from", copy, "--signed", copy / CHECKPOINT)
        with failing(step, number, stored=stored) as write:
            code, _ = recover(*command)
        assert (code != 0) == write.failed
        if write.failed:
            code, found = recover(*command)
            assert (code, found.get("size")) == (0, LAST + 1), found
        with open_store(str(place)) as store:
            assert store.recorder.head() == LAST
            assert audit_store(store).holds
            assert open_publication(store, ORIGIN).publisher().publish() == LAST + 1
        if not write.failed:
            break
    assert number > 0


def test_another_memory_is_not_replaced(tmp_path: Path) -> None:
    """It may have signed what the checkpoint at hand does not know: only the same one is made again."""
    town = tell(tmp_path / "town")
    log, memory = town / FOLDER, town / SIGNER / "checkpoint"
    memory.write_bytes((log / checkpoint_path(SIZES[-2])).read_bytes())
    before = memory.read_bytes()
    code, found = recover(str(town), town, "--signed", log / CHECKPOINT)
    assert (code != 0, found["error"]) == (True, "signer-refuses")
    assert "there is a signer's memory in" in found["message"]
    assert memory.read_bytes() == before
