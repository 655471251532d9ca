"""Is a store opened, found missing, and used through eventsourcing in the same way on each backend?"""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import InfrastructureFactory, NotSupportedError, StoredEvent

from ledger.errors import StoreExists, StoreNotFound
from ledger.storage import Conflict, LedgerRecorder, Store
from tests.support.places import Place


class Counter(Aggregate):
    """A small aggregate of another application."""

    def __init__(self) -> None:
        self.count = 0

    @event("Counted")
    def add(self) -> None:
        """Counts."""
        self.count += 1


class StoreContract:
    """Opening, and eventsourcing's own way in."""

    def test_a_second_ledger_is_not_made_over_the_first(self, place: Place, store: Store) -> None:
        """A ledger is never overwritten."""
        with pytest.raises(StoreExists):
            place.create()
        store.recorder.check()

    def test_where_there_is_no_ledger_none_is_opened(self, empty_place: Place) -> None:
        """Opening makes nothing: a slip of the pen must not look like an empty ledger."""
        with pytest.raises(StoreNotFound):
            empty_place.open()
        with pytest.raises(StoreNotFound):
            empty_place.open()
        empty_place.create().close()
        empty_place.open().close()

    def test_an_application_of_the_library_runs_on_the_store(self, store: Store) -> None:
        """`env` is all that eventsourcing needs; saving an aggregate appends to the log."""
        with Application[UUID](env=dict(store.env)) as application:
            counter = Counter()
            counter.add()
            application.save(counter)
            copy: Counter = application.repository.get(counter.id)
            assert copy.count == 1
        assert [row.pos for row in store.recorder.stream(counter.id)] == [1, 2]

    def test_nothing_but_entries_is_kept_beside_entries(self, store: Store) -> None:
        """Snapshots and views of others belong into databases of their own."""
        with InfrastructureFactory.construct(dict(store.env)) as factory:
            for refused in (factory.aggregate_recorder, factory.tracking_recorder, factory.process_recorder):
                with pytest.raises(NotSupportedError):
                    refused()
            factory.close()

    def test_an_event_of_the_library_is_unique_by_its_place(self, store: Store) -> None:
        """The digest of an event without a statement covers stream, version and state."""
        given = StoredEvent(UUID(int=7), 1, "test.v1", b"state")
        assert store.recorder.insert_events([given]) == [1]
        digest = hashlib.sha256(b"00000000-0000-0000-0000-000000000007:1:state").digest()
        assert list(store.recorder.find([digest])) == [digest]
        with pytest.raises(Conflict):
            store.recorder.insert_events([given])

    def test_an_application_may_say_what_its_statements_are(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`statement_digest` is the hook for that."""
        digest = hashlib.sha256(b"the signed bytes").digest()
        monkeypatch.setattr(LedgerRecorder, "statement_digest", lambda _self, _event: digest)
        store.recorder.insert_events([StoredEvent(UUID(int=7), 1, "test.v1", b"state")])
        assert store.recorder.find([digest])[digest].state == b"state"


class DisclosureContract:
    """Texts beside the log."""

    KEY, OTHER = b"k" * 32, b"o" * 32

    def test_a_text_is_kept_until_it_is_erased(self, store: Store) -> None:
        """Erasing is allowed here, and only here; it may be repeated."""
        disclosures = store.disclosures
        disclosures.put(self.KEY, b"a name")
        disclosures.put_all({self.OTHER: b"", b"x" * 32: b"third"})
        disclosures.put_all({})
        assert disclosures.get([self.KEY, self.OTHER, b"?" * 32]) == {self.KEY: b"a name", self.OTHER: b""}
        disclosures.erase([self.KEY, b"?" * 32])
        disclosures.erase([self.KEY])
        assert disclosures.get([self.KEY, self.OTHER]) == {self.OTHER: b""}

    def test_the_same_text_may_be_stored_again(self, store: Store, place: Place) -> None:
        """A retry is harmless."""
        store.disclosures.put(self.KEY, b"a name")
        with place.open() as other:
            other.disclosures.put(self.KEY, b"a name")
        assert store.disclosures.get([self.KEY]) == {self.KEY: b"a name"}

    def test_another_text_under_the_same_digest_is_refused(self, store: Store) -> None:
        """What a digest stands for does not change; the other texts of that call are not stored either."""
        store.disclosures.put(self.KEY, b"a name")
        with pytest.raises(Conflict):
            store.disclosures.put_all({self.OTHER: b"new", self.KEY: b"another name"})
        assert store.disclosures.get([self.KEY, self.OTHER]) == {self.KEY: b"a name"}

    def test_a_digest_of_a_disclosure_has_32_bytes(self, store: Store) -> None:
        """Something else is refused by the table."""
        with pytest.raises(Conflict):
            store.disclosures.put(b"short", b"a name")
