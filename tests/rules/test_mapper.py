"""Does an entry become the event that was decided, read wholly or at a glance?"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.errors import Invalid, ProofError
from ledger.mapper import EntryMapper, glance_entry, read_entry
from tests.support.memory_ledger import Row
from tests.support.snapshot import snapshot
from tests.support.story import story

ROWS = story().ledger.rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.topic)
def test_a_glance_sees_what_a_reading_reads(row: Row) -> None:
    """Followers take the short way; it must lead to the same payload, place and parts."""
    reading, glance = read_entry(row.data), glance_entry(row.data)
    assert (glance.payload, glance.place) == (reading.payload, reading.place)
    assert (glance.entry, glance.statement) == (reading.entry, reading.statement)
    assert glance.text.encode() == reading.entry.envelope.payload


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.topic)
def test_an_event_carries_the_statement_and_its_place(row: Row) -> None:
    """The event library asks for an event, and gets the signed statement."""
    mapper = EntryMapper(story().ledger.reloaded().electorate)
    stored = StoredEvent(row.stream, row.pos, row.topic, row.data)
    event, reading = mapper.to_domain_event(stored), read_entry(row.data)
    assert (event.originator_id, event.originator_version) == (row.stream, row.pos)
    assert (event.payload, event.place, event.TOPIC) == (reading.payload, reading.place, row.topic)
    assert event.timestamp == datetime.fromisoformat(reading.place.at).astimezone(UTC)


def test_the_events_alone_are_the_procedure_again() -> None:
    """The library's way of loading an aggregate leads to the same as ours."""
    mapper = EntryMapper(story().ledger.reloaded().electorate)
    stream, procedure = UUID(story().chaired), None
    for row in ROWS:
        if row.stream == stream:
            stored = StoredEvent(row.stream, row.pos, row.topic, row.data)
            procedure = mapper.to_domain_event(stored).mutate(procedure)
    assert snapshot(procedure) == snapshot(story().ledger.procedure(story().chaired))


def test_an_event_is_not_stored_by_itself() -> None:
    """What is stored is the entry that was made from a signed statement, under the ledger's lock."""
    with pytest.raises(TypeError, match="submit the signed statement"):
        EntryMapper(story().ledger.state.electorate).to_stored_event(None)


@pytest.mark.parametrize("stream", ["not a uuid", uuid4()])
def test_bytes_that_are_no_entry_become_no_event(stream: UUID | str) -> None:
    """An event out of garbage would be applied as if somebody had decided it."""
    stored = StoredEvent(stream, 1, ROWS[0].topic, b"garbage")
    with pytest.raises(ProofError):
        EntryMapper(story().ledger.state.electorate).to_domain_event(stored)


@pytest.mark.parametrize("data", [b"", b"garbage", b"\x00" * 200, b'"' * 200, b"{}" * 100])
def test_a_glance_at_garbage_says_so(data: bytes) -> None:
    """Nothing is checked there, but nothing else than our errors is raised either."""
    with pytest.raises((ProofError, Invalid)):
        glance_entry(data)
