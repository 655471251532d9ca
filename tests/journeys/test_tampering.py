"""Does `stimmbuch verify` find whatever somebody with the store's files in hand changes in them?

Every test works on a copy of one small ledger: 22 entries, all kinds of statements that a vote needs, one
document, one disclosure. What is changed is changed as an intruder would: in the file, past the program.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.proof.dsse import Envelope
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from tests.support.audited import (
    ATTACHED,
    CLOSED,
    LAST,
    OFFER,
    OPENED,
    SEATS,
    SECRET,
    VOTE,
    do,
    get,
    put,
    rechained,
    tell,
)
from tests.support.audited import FIRST_ENTRY as FIRST


class Verified(NamedTuple):
    """What `stimmbuch verify --json` said."""

    code: int
    failures: list[tuple[int | None, str]]
    """Entry and number of the check of each failure."""

    @property
    def first(self) -> tuple[int | None, str]:
        """The first failure."""
        return self.failures[0]


def verify(folder: Path) -> Verified:
    """Runs the command on a store."""
    done = CliRunner().invoke(main, ["verify", str(folder), "--json"])
    assert isinstance(done.exception, SystemExit | None), done.exception
    found = json.loads(done.stdout)
    return Verified(done.exit_code, [(one["seq"], one["check"]) for one in found.get("failures", [])])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that is copied; without what was published of it, so that it stands for itself."""
    folder = tell(tmp_path_factory.mktemp("original") / "ledger")
    for part in ("log", "signer"):
        shutil.rmtree(folder / part)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(original, tmp_path / "ledger"))


def flipped(value: Any, place: int = 0) -> Any:
    """The value with one bit changed: in a byte of a text or of bytes, in an integer as a whole."""
    if isinstance(value, int):
        return value ^ 1024
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[place] ^= 1
    return data.decode() if isinstance(value, str) else bytes(data)


def test_the_untouched_copy_holds(folder: Path) -> None:
    """Otherwise everything below would prove nothing."""
    assert verify(folder) == Verified(0, [])


@pytest.mark.parametrize("seq", [FIRST, SEATS, OPENED, VOTE, ATTACHED, CLOSED, LAST])
@pytest.mark.parametrize("column", ["originator_id", "originator_version", "topic", "statement"])
def test_a_changed_column_beside_an_entry_is_named_with_its_entry(
    folder: Path, column: str, seq: int
) -> None:
    """The database's own copy of what an entry says is compared with the entry: check 6.1, no other."""
    value = get(folder, column, seq)
    for place in range(1 if isinstance(value, int) else len(value)):
        put(folder, column, seq, flipped(value, place))
        assert verify(folder) == Verified(1, [(seq, "6.1")])


@pytest.mark.parametrize("seq", [FIRST, SEATS, OPENED, VOTE, ATTACHED, CLOSED])
def test_a_changed_number_leaves_a_gap_where_the_entry_was(folder: Path, seq: int) -> None:
    """The row is read at another place: what follows it does not continue the chain there."""
    put(folder, "notification_id", seq, seq + 1 + 1024)
    found = verify(folder)
    assert found.code == 1
    assert {(seq, "2.1"), (seq, "2.2"), (LAST, "6.1")} <= set(found.failures)
    assert found.first[0] == seq


@pytest.mark.parametrize(
    ("seq", "step"), [(FIRST, 23), (SEATS, 23), (OPENED, 43), (VOTE, 3), (ATTACHED, 23), (CLOSED, 23)]
)
def test_a_changed_byte_of_an_entry_is_found_at_the_entry_or_at_the_link_to_it(
    folder: Path, seq: int, step: int
) -> None:
    """Every third byte of a vote, fewer of others: nothing in an entry is left unprotected."""
    state = get(folder, "state", seq)
    for place in range(0, len(state), step):
        put(folder, "state", seq, flipped(state, place))
        found = verify(folder)
        assert found.code == 1, place
        assert found.first[0] in {seq, seq + 1}, place
        # Whatever else it breaks, the next entry was chained to other bytes.
        assert (seq + 1, "2.2") in found.failures, place


@pytest.mark.parametrize("seq", [FIRST, SEATS, OPENED, VOTE, ATTACHED, CLOSED])
def test_a_deleted_entry_is_missed(folder: Path, seq: int) -> None:
    """The entry after it has the wrong number and the wrong link."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id = ?", seq + 1)
    found = verify(folder)
    assert found.code == 1
    assert {(seq, "2.1"), (seq, "2.2")} <= set(found.failures)
    assert found.first[0] == seq


@pytest.mark.parametrize("seq", [SEATS, OPENED, VOTE, CLOSED])
def test_two_exchanged_entries_are_both_named(folder: Path, seq: int) -> None:
    """Exchanged as whole rows, so that number and entry still go together nowhere."""
    for old, new in ((seq + 1, 9999), (seq + 2, seq + 1), (9999, seq + 2)):
        do(folder, "UPDATE ledger_events SET notification_id = ? WHERE notification_id = ?", new, old)
    found = verify(folder)
    assert found.code == 1
    assert {(seq, "2.1"), (seq, "2.2"), (seq + 1, "2.1"), (seq + 1, "2.2")} <= set(found.failures)
    assert found.first[0] == seq


def test_an_entry_that_is_inserted_again_is_found(folder: Path) -> None:
    """A good vote, copied to the end with a digest of its own making in the database."""
    copy = "SELECT 99, originator_id, 99, topic, state, ? FROM ledger_events WHERE notification_id = ?"
    do(folder, f"INSERT INTO ledger_events {copy}", bytes(32), VOTE + 1)
    found = verify(folder)
    assert found.code == 1
    assert {(LAST + 1, "2.1"), (LAST + 1, "2.2"), (LAST + 1, "3.3"), (LAST + 1, "6.1")} <= set(found.failures)
    assert found.first[0] == LAST + 1


def test_a_forger_who_leaves_the_log_as_it_is_leaves_no_trace_because_there_is_none(folder: Path) -> None:
    """The tool of the next tests writes true logs, so what they find is the forgery and not the tool."""
    before = do(folder, "SELECT * FROM ledger_events ORDER BY notification_id")
    rechained(folder, lambda number, entry: entry)
    assert do(folder, "SELECT * FROM ledger_events ORDER BY notification_id") == before


def test_a_vote_left_out_of_a_chain_made_anew_breaks_the_seal(folder: Path) -> None:
    """Anybody can compute links; the clerk's signed seal names how many entries there were, and which."""
    rechained(folder, lambda number, entry: None if number == LAST - 1 else entry)
    assert verify(folder) == Verified(1, [(LAST - 1, "5.3")])


def test_a_vote_left_out_that_was_replaced_later_is_missed_by_its_successor(folder: Path) -> None:
    """A changed vote names the one that it replaces: `stale-replaces`, and every link after it."""
    rechained(folder, lambda number, entry: None if number == VOTE + 1 else entry)
    found = verify(folder)
    assert found.code == 1
    assert found.first == (VOTE + 1, "5.1")


def test_a_vote_with_another_choice_has_no_good_signature(folder: Path) -> None:
    """Nobody but the member can say yes for the member."""

    def forge(number: int, entry: Entry) -> Entry:
        if number != LAST - 1:
            return entry
        payload = entry.envelope.payload.replace(b'{"1":"no"}', b'{"1":"yes"}')
        envelope = Envelope(entry.envelope.payload_type, payload, entry.envelope.signatures)
        return entry._replace(envelope=envelope)

    rechained(folder, forge)
    found = verify(folder)
    assert found.code == 1
    # The database's copy of the digest was not forged along; the seal does not fit either.
    assert found.failures == [(LAST - 1, "4.2"), (LAST - 1, "6.1"), (LAST, "5.3")]


def test_a_vote_that_is_dated_back_is_found_by_those_who_hold_its_receipt_only(folder: Path) -> None:
    """An entry's time is the operator's claim. A receipt names the leaf, and the leaf contains the time."""
    before = leaf_hash(get(folder, "state", LAST - 1))
    earlier = parse_entry(get(folder, "state", LAST - 2)).at
    rechained(folder, lambda number, entry: entry._replace(at=earlier) if number == LAST - 1 else entry)
    # This vote is followed by a closing whose seal names it: the seal breaks.
    assert verify(folder) == Verified(1, [(LAST, "5.3")])
    assert leaf_hash(get(folder, "state", LAST - 1)) != before


def test_a_replaced_document_is_named_with_the_entry_that_attached_it(folder: Path) -> None:
    """Other bytes under the old name."""
    [path] = (folder / "documents").glob("*/*")
    path.chmod(0o600)
    path.write_bytes(OFFER.replace("an", "no").encode())
    assert verify(folder) == Verified(1, [(ATTACHED, "7.1")])


def test_a_document_that_is_not_there_makes_the_verification_incomplete(folder: Path) -> None:
    """Nothing is wrong, but not everything could be looked at: exit code 3."""
    [path] = (folder / "documents").glob("*/*")
    path.unlink()
    assert verify(folder) == Verified(3, [(ATTACHED, "7.2")])


def test_a_document_that_nobody_attached_is_checked_as_well(folder: Path) -> None:
    """A file under a name that is not its digest."""
    [path] = (folder / "documents").glob("*/*")
    path.rename(path.parent / ("0" * 64 if path.name[:2] == "00" else path.name[:2] + "0" * 62))
    assert verify(folder) == Verified(1, [(ATTACHED, "7.2"), (None, "7.1")])


@pytest.mark.parametrize(
    "body", [b"", b"x", SECRET.encoded.encode()[:-1], flipped(SECRET.encoded.encode(), 30)]
)
def test_an_altered_disclosure_is_found(folder: Path, body: bytes) -> None:
    """Another title than the one that was signed; the digest in the entry tells."""
    do(folder, "UPDATE ledger_disclosures SET body = ?", body)
    assert verify(folder) == Verified(1, [(None, "7.3")])


def test_an_erased_disclosure_is_no_failure(folder: Path) -> None:
    """Names may be erased: undisclosed is not tampered."""
    do(folder, "DELETE FROM ledger_disclosures")
    assert verify(folder) == Verified(0, [])


@pytest.mark.parametrize("kept", [1, VOTE + 1, CLOSED, LAST])
def test_a_log_that_was_cut_off_at_its_end_holds_by_itself(folder: Path, kept: int) -> None:
    """What a chain cannot show: what is left is true. A head that somebody kept shows it, and every receipt.

    (The document is attached by an entry that may be gone; it is checked all the same.)
    """
    lost = leaf_hash(get(folder, "state", LAST))
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", kept)
    assert verify(folder) == Verified(0, [])
    leaves = [leaf_hash(state) for [state] in do(folder, "SELECT state FROM ledger_events")]
    assert lost not in leaves
    assert len(leaves) == kept


def test_a_later_time_of_the_very_last_entry_is_not_seen_either(folder: Path) -> None:
    """The same limit: nothing stands after it, and nobody signs an entry's time but the operator."""
    rechained(
        folder, lambda number, entry: entry._replace(at="2030" + entry.at[4:]) if number == LAST else entry
    )
    assert verify(folder) == Verified(0, [])


def test_the_last_entry_is_protected_too_but_for_its_time(folder: Path) -> None:
    """So the limit is this: the time of the last entry, and whether it is the last. Every fifth byte."""
    state = get(folder, "state", LAST)
    unseen = []
    for place in range(0, len(state), 5):
        put(folder, "state", LAST, flipped(state, place))
        found = verify(folder)
        if found.code == 0:
            unseen.append(place)
        else:
            assert found.first[0] == LAST, place
    begin = state.index(b'"at":"') + len(b'"at":"')
    assert unseen
    assert set(unseen) <= set(range(begin, begin + len("2026-03-02T08:00:00.000")))
