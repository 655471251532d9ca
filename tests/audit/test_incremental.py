"""Does an audit of what is new say what a whole one says, look at no more than it must, forget nothing?"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit import Audit, Auditor, KeptState, Trust, export_target, store_target
from ledger.audit.kept import FILE, pack_numbers, unpack_numbers
from ledger.audit.source import EntrySource, Page
from ledger.audit.trust import NOTHING, Kept
from ledger.errors import BadState
from ledger.proof.entry import parse_entry
from ledger.proof.statement import parse_statement
from ledger.publish.folder import FOLDER, LogFolder, checkpoint_path
from ledger.storage import open_store
from tests.support.audited import (
    CLOSED,
    LAST,
    OPENED,
    SEATS,
    SIZES,
    VOTE,
    append,
    audit,
    do,
    get,
    going_on,
    log_signer,
    publish,
    put,
    rechained,
    republish,
    tell,
)
from tests.support.builders import LedgerBuilder
from tests.support.flips import flipped


@pytest.fixture
def state(folder: Path, tmp_path: Path) -> Path:
    """Where it is kept that the whole ledger was verified."""
    place = tmp_path / "state"
    assert audit(folder, state=place).holds
    return place


def again(folder: Path, state: Path, trust: Trust = NOTHING) -> Audit:
    """Verifies what is new."""
    return audit(folder, trust, state=state, whole=False)


def more(town: LedgerBuilder, name: str = "third") -> str:
    """A third procedure, with three votes, published."""
    motion = town.open(name)
    for member in ("m1", "m2", "m3"):
        town.vote(motion, member, "yes")
    publish(town.ledger.store)
    return motion


class Counting:
    """A source that counts which entries are read."""

    def __init__(self, source: EntrySource) -> None:
        self._source = source
        self.read: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def page(self, first: int, end: int) -> Page:
        """The page, noted."""
        page = self._source.page(first, end)
        self.read += page.numbers
        return page


def test_only_what_is_new_is_verified(folder: Path, state: Path) -> None:
    """And the next time only what is new since then."""
    with going_on(folder) as town:
        motion = more(town)
    first = again(folder, state)
    assert (first.failures, first.first, first.entries, first.by_kind["vote-cast"]) == (
        [],
        LAST + 1,
        LAST + 5,
        3,
    )
    with going_on(folder) as town:
        town.close(motion)
        publish(town.ledger.store)
    second = again(folder, state)
    assert (second.failures, second.first, second.by_kind) == ([], LAST + 5, {"procedure-closed": 1})
    assert second.since == [LAST + 5]
    whole = audit(folder)
    assert (second.head, second.published) == (whole.head, whole.published)


def test_of_the_old_entries_only_those_are_read_that_new_ones_refer_to(folder: Path, state: Path) -> None:
    """The register, the last entry, and the procedures that go on: not the ones that are over."""
    with going_on(folder) as town:
        more(town)
    with open_store(str(folder)) as store:
        target = store_target(store)
        target.source = source = Counting(target.source)
        with closing(KeptState(state)) as kept:
            assert Auditor(target, processes=1).run(kept, whole=False).holds
    old = {number for number in source.read if number <= LAST}
    assert old == {*range(SEATS + 1), LAST, 0}


def test_an_old_procedure_that_goes_on_is_read_again_and_judged_by_its_history(
    folder: Path, state: Path
) -> None:
    """A vote in a procedure that was closed before is refused by the rules, as in a whole audit."""
    with going_on(folder) as town:
        stream = parse_entry(get(folder, "state", OPENED)).stream
        late = town.statement(
            "vote-cast",
            "m3",
            procedure=stream,
            member="m3",
            choices={"1": "yes"},
            ballot="A" * 43 + "=",
            replaces=None,
        )
    seq = append(folder, late)
    republish_more(folder)
    new, whole = again(folder, state), audit(folder)
    assert new.failures == whole.failures
    assert [(one.check, one.seq) for one in new.failures] == [("5.1", seq)]


def republish_more(folder: Path) -> None:
    """Publishes what was appended."""
    with open_store(str(folder)) as store:
        publish(store)


def test_a_statement_from_the_old_part_is_not_recorded_again(folder: Path, state: Path) -> None:
    """The digests of all verified statements are kept."""
    vote = parse_statement(parse_entry(get(folder, "state", LAST - 1)).envelope)
    do(folder, "CREATE TABLE other AS SELECT * FROM ledger_events")
    do(folder, "DROP TABLE ledger_events")
    do(folder, "ALTER TABLE other RENAME TO ledger_events")
    seq = append(folder, vote)
    republish_more(folder)
    new = again(folder, state)
    assert ("3.3", seq) in [(one.check, one.seq) for one in new.failures]
    assert new.failures == audit(folder).failures


def test_what_does_not_hold_is_not_kept(folder: Path, state: Path) -> None:
    """Otherwise a failure would be told once, and never again."""
    with going_on(folder) as town:
        more(town)
    data = get(folder, "state", LAST + 3)
    put(folder, "state", LAST + 3, data.replace(b'"v":1}', b'"v":2}'))
    assert not again(folder, state).holds
    assert not again(folder, state).holds
    put(folder, "state", LAST + 3, data)
    assert again(folder, state).holds


def test_what_is_not_published_yet_is_verified_and_not_kept(folder: Path, state: Path) -> None:
    """Only a checkpoint fixes what was there."""
    with going_on(folder) as town:
        motion = more(town)
        town.close(motion)
    for _ in range(2):
        found = again(folder, state)
        assert (found.failures, found.unpublished, found.entries) == ([], 1, LAST + 6)
    do(folder, "DELETE FROM ledger_events WHERE notification_id = ?", LAST + 6)
    found = again(folder, state)
    assert (found.failures, found.unpublished, found.first) == ([], 0, LAST + 5)


# ── what must not pass ─────────────────────────────────────────────────────────────────────────


def test_a_log_older_than_what_was_kept_is_older(folder: Path, state: Path) -> None:
    """A backup of everything was restored: nothing is wrong with it but its age."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", CLOSED + 1)
    republish(folder)
    for whole in (False, True):
        found = audit(folder, state=state, whole=whole)
        assert (found.older, found.holds) == (True, True)
    shutil.rmtree(folder / FOLDER)
    assert again(folder, state).older


def test_another_history_is_seen_at_once(folder: Path, state: Path) -> None:
    """From an old entry on, everything was written and signed anew; also by a whole audit."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", CLOSED + 1)
    with going_on(folder) as town:
        for name in "uvwxyz":
            town.open(name)
    republish(folder)
    new = again(folder, state)
    assert [(one.check, one.seq) for one in new.failures] == [("8.6", LAST)]
    assert "8.6" in audit(folder, state=state).counts
    assert audit(folder).holds


def test_an_old_entry_that_was_changed_is_seen_where_it_matters(folder: Path, state: Path) -> None:
    """The register is read again each time: what was verified is named by its last link."""
    state_of_seats = get(folder, "state", SEATS)
    put(folder, "state", SEATS, state_of_seats.replace(b'"v":1}', b'"v":2}'))
    [failure] = again(folder, state).failures
    assert (failure.check, failure.message) == ("8.6", "entry 7 is not the one that was verified last time")


def test_an_old_vote_that_was_changed_is_seen_when_its_procedure_goes_on(folder: Path, state: Path) -> None:
    """Not before: who wants to know that as well verifies everything again."""
    data = get(folder, "state", VOTE)
    put(folder, "state", VOTE, data.replace(b'"v":1}', b'"v":2}'))
    assert again(folder, state).holds
    assert not audit(folder, state=state).holds
    stream = parse_entry(data).stream
    with going_on(folder) as town:
        put(folder, "state", VOTE, data)
        town.annul(stream)
        publish(town.ledger.store)
    put(folder, "state", VOTE, data.replace(b'"v":1}', b'"v":2}'))
    found = again(folder, state)
    assert {(one.check, one.seq) for one in found.failures} == {("8.6", LAST + 1)}


def test_another_log_is_not_verified_against_this_state(original: Path, state: Path) -> None:
    """The state names its log; of a log of the same name with another genesis, nothing fits."""
    key = log_signer(original, "ledger.example.org/other").verification_key
    auditor = Auditor(export_target(original / FOLDER), Trust(keys=(key,)))
    with (
        closing(KeptState(state)) as kept,
        pytest.raises(BadState, match="is of the log"),
    ):
        auditor.run(kept, whole=False)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_state_that_cannot_be_read_is_an_error_that_says_what_to_do(
    folder: Path, tmp_path: Path, content: bytes
) -> None:
    """It is never taken for the state of an empty log."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).write_bytes(content)
    with pytest.raises(BadState) as caught:
        again(folder, tmp_path / "state")
    assert "verify the whole log again" in caught.value.hint


def test_a_state_of_another_format_is_refused(folder: Path, state: Path) -> None:
    """A later program may keep more, or mean something else."""
    with closing(sqlite3.connect(state / FILE)) as database, database:
        database.execute("UPDATE verified SET format = 2")
    with pytest.raises(BadState, match="not written by this program"):
        again(folder, state)


# ── old checkpoints, other targets ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_the_log_still_continues_a_checkpoint_from_before(folder: Path, state: Path, size: int) -> None:
    """A consistency proof from the published tiles leads to the newest one."""
    note = LogFolder(folder / FOLDER).read(checkpoint_path(size))
    with going_on(folder) as town:
        more(town)
    found = again(folder, state, Trust(since=(Kept("old", note),)))
    assert (found.failures, found.since) == ([], sorted({size, LAST + 1}))


def test_false_tiles_do_not_prove_an_old_checkpoint(folder: Path, state: Path) -> None:
    """They need not be trusted: the proof from them fails."""
    log = LogFolder(folder / FOLDER)
    note = log.read(checkpoint_path(CLOSED + 1))
    with going_on(folder) as town:
        more(town)
    path = log.path / f"tile/0/000.p/{LAST + 5}"
    path.write_bytes(flipped(path.read_bytes(), 40))
    found = again(folder, state, Trust(since=(Kept("old", note),)))
    assert "8.6" in found.counts


def test_an_export_and_its_store_have_one_state(folder: Path, state: Path) -> None:
    """It is the same log, wherever it is read."""
    with going_on(folder) as town:
        more(town)
    with closing(KeptState(state)) as kept:
        found = Auditor(export_target(folder / FOLDER), processes=1).run(kept, whole=False)
    assert (found.first, found.entries, set(found.counts)) == (LAST + 1, LAST + 5, set())
    assert again(folder, state).first == LAST + 5


def test_any_number_of_steps_comes_to_the_same(tmp_path: Path) -> None:
    """At each published size, from an empty state on; the edge of the tree is kept in between."""
    folder, state = tell(tmp_path / "ledger"), tmp_path / "state"
    with going_on(folder) as town:
        for number in range(90):
            motion = town.open(f"motion {number}")
            town.vote(motion, "m1", "yes")
            town.close(motion)
            if number % 13 == 0:
                publish(town.ledger.store)
                with closing(KeptState(state)) as kept, open_store(str(folder)) as store:
                    assert Auditor(store_target(store), processes=1).run(kept, whole=False).failures == []
        publish(town.ledger.store)
    last = again(folder, state)
    assert (last.failures, last.head, last.entries) == ([], audit(folder).head, LAST + 271)
    assert last.entries > 256


@given(st.sets(st.integers(0, 2**40)), st.integers(0, 100))
def test_numbers_are_kept_in_few_bytes_and_come_back(numbers: set[int], cut: int) -> None:
    """Also when more are added later."""
    rising = sorted(numbers)
    first, second = rising[:cut], rising[cut:]
    packed = pack_numbers(first, -1) + pack_numbers(second, first[-1] if first else -1)
    assert list(unpack_numbers(packed)) == rising


def test_neighbours_take_a_byte_each() -> None:
    """The index of a million entries has a megabyte."""
    assert len(pack_numbers(range(1000), -1)) == 1000


def entries(folder: Path) -> Iterator[bytes]:
    """The stored entries."""
    for [state] in do(folder, "SELECT state FROM ledger_events ORDER BY notification_id"):
        yield state


def test_a_rechained_log_is_another_history(folder: Path, state: Path) -> None:
    """The forger repaired every link and signed anew; one byte of one old entry is another."""
    rechained(
        folder,
        lambda number, entry: (
            entry._replace(at=entry.at[:-4] + "9" + entry.at[-3:]) if number == VOTE else entry
        ),
    )
    republish(folder)
    assert [(one.check, one.seq) for one in again(folder, state).failures] == [("8.6", LAST)]
    assert len(list(entries(folder))) == LAST + 1
