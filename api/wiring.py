"""The composition root: from a store's address to a running service. Tests replace its arguments."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.access.gate import Gate
from api.clock import utc_now
from api.observation.about import LEDGER
from ledger.anchor_schedule import AnchorSchedule, Plan
from ledger.anchoring import Anchoring
from ledger.application import VotingLedger, origin_of
from ledger.audit import result_path
from ledger.founding import SERVICE, keys_of
from ledger.keyfile import read_key
from ledger.log_key.keyring import Keyring
from ledger.log_key.signers import LogSigners
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.proof.policy import Policy
from ledger.publish.loop import Rhythm
from ledger.publish.policy_file import read_policy
from ledger.publish.publication import Publication
from ledger.publish.witnesses import Witnesses
from ledger.rotation import log_signers
from ledger.scheduler import Scheduler
from ledger.storage.store import Store, open_store
from ledger.storage.uploads import Upload, Uploads
from ledger.sweeping import settle
from ledger.writer import Writer
from projections.follower import Follower
from projections.open import open_views
from projections.views import Views

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds for which a stop waits for a time stamp: what is cut off there is done again later."""

Clock = Callable[[], str]


@dataclass
class Service:
    """One ledger with its views, as a process uses it."""

    store: Store
    ledger: VotingLedger
    publication: Publication
    views: Views
    follower: Follower
    gate: Gate
    """Who may do what here, over HTTP."""
    uploads: Uploads
    """What was sent, and may be named by no statement."""
    policy: Policy | None = None
    """Whose cosignatures a checkpoint needs, where the ledger says so."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _published: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _publisher: threading.Thread | None = None
    scheduler: Scheduler | None = None
    """Closes procedures at their deadline; None without the service's key."""
    _anchorer: threading.Thread | None = None
    anchoring: Anchoring | None = None
    """Has checkpoints time-stamped; None without the service's key."""

    @property
    def name(self) -> str:
        """The ledger's name in addresses: the last part of its origin."""
        return self.ledger.origin.rsplit("/", 1)[-1]

    def follow(self) -> None:
        """Keeps the views up to date in a thread of this process, until `close`."""
        self._threads.append(_start("follower", self.follower.run, self._stop, self.name))

    def publish(self, rhythm: Rhythm = Rhythm()) -> None:  # noqa: B008 it is immutable
        """Publishes in a thread of this process where no other process does, until `close`."""
        self._publisher = _start("publisher", self.publication.loop(rhythm).run, self._published, self.name)

    def keep_time(self) -> None:
        """Compares the clocks; where the service's key is at hand, closes on time."""
        if self.scheduler is None:
            log.warning("no service key in %s: nothing is closed at its deadline", self.store.home)
            self._threads.append(_start("clocks", self.ledger.clocks.run, self._stop, self.name))
            return
        self._threads.append(_start("scheduler", self.scheduler.run, self._stop, self.name))

    def keep_anchored(self, plan: Plan) -> None:
        """Anchors as planned, in one process of the service, where the service's key is at hand."""
        if self.anchoring is None:
            log.warning("no service key in %s: nothing is anchored", self.store.home)
            return
        schedule = AnchorSchedule(self.anchoring, plan, self.store.home)
        self._anchorer = _start("anchoring", schedule.run, self._stop, self.name)

    def note_upload(self, digest: str, client: str, size: int, **most: tuple[int, int]) -> bool:
        """See `Uploads.note`."""
        return self.uploads.note(Upload(digest, client, size, self.ledger.clock()), **most)

    def settle_uploads(self) -> None:
        """Forgets of the uploads what an entry names by now. Raises a `StorageError`."""
        settle(self.ledger, self.uploads)

    def last_verification(self) -> dict[str, Any] | None:
        """What the last `stimmbuch verify` of this store found, if there was one."""
        path = result_path(self.store)
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def close(self) -> None:
        """Answers what was accepted, stops following and publishing, and releases the databases."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._anchorer is not None:
            self._anchorer.join(PATIENCE)
        self.ledger.committer.close()
        self.publication.close()
        self._published.set()
        self.store.recorder.stop_waiting()  # nothing more comes, so the publisher need not wait for it
        if self._publisher is not None:
            self._publisher.join()
        self.ledger.close()
        self.views.close()


def _start(
    name: str, run: Callable[[threading.Event], None], stop: threading.Event, ledger: str
) -> threading.Thread:
    def begin() -> None:
        LEDGER.set(ledger)
        run(stop)

    thread = threading.Thread(target=begin, name=name, daemon=True)
    thread.start()
    return thread


def open_service(where: str, *, home: Path | None = None, clock: Clock = utc_now) -> Service:
    """Opens a ledger and its views. Raises a `StorageError`."""
    store = open_store(where, home=home)
    origin = origin_of(store.recorder)
    publication = open_publication(store, origin, clock=clock)
    ledger = VotingLedger(store, clock=clock, origin=origin, publication=publication)
    views = open_views(store)
    gate = Gate(store.home, origin, clock)
    uploads = Uploads(store.home)
    policy = read_policy(store.home, origin)
    service = Service(store, ledger, publication, views, Follower(ledger, views), gate, uploads, policy)
    path = keys_of(store.home) / f"{SERVICE}.key"
    if path.exists():
        key = read_key(path)
        service.scheduler = Scheduler(ledger, SERVICE, key, views.overdue, views.expiring)
        service.anchoring = Anchoring(ledger, publication.folder, SERVICE, key)
        ledger.note_attempts(SERVICE, key)
    return service


def open_publication(
    store: Store, origin: str, *, clock: Clock = utc_now, ask: Passphrase = ENVIRONMENT
) -> Publication:
    """The published side of a store. Its private keys are read where something is signed.

    Raises `BadPolicy` for a policy of witnesses that cannot be used.
    """

    def keys() -> LogSigners:
        with Writer(store.recorder, origin, clock).current() as state:
            return log_signers(state, Keyring(keys_of(store.home), ask), clock)

    return Publication(store.home, store.recorder, origin, keys, open_witnesses(store.home, origin))


def open_witnesses(home: Path, origin: str) -> Witnesses | None:
    """Who has to cosign before anything is published, None if there is no policy. Raises `BadPolicy`."""
    policy = read_policy(home, origin)
    return None if policy is None else Witnesses(policy)


def prepare_for_views(where: str, store: Store) -> None:
    """On PostgreSQL: lets the service make its views. Run as the owner, once. Raises a `StorageError`."""
    conninfo = store.env.get("POSTGRES_CONNINFO")
    if conninfo is None:
        return
    # psycopg takes a tenth of a second to import, which an embedded ledger need not pay.
    from ledger.storage.migrate import SERVICE  # noqa: PLC0415
    from ledger.storage.store import split_url  # noqa: PLC0415
    from projections.postgres_schema import prepare_views  # noqa: PLC0415

    _, schema, service = split_url(where)
    prepare_views(conninfo, schema, service or SERVICE)
