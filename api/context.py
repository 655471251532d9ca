"""What every request needs: the service, the settings, and what is kept between requests."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from flask import current_app, g

from api import sentences
from api.errors import Busy, ViewBehind
from api.limits.allowances import Allowances
from api.limits.places import Places
from api.observation.probe import Probe
from api.observation.standing import look
from api.oparl.index import Index
from api.shown.audience import Audience
from api.shown.directory import Directory
from api.shown.papers import Papers
from api.wiring import Service
from ledger.errors import UnknownLedger
from ledger.proof.dsse import MAX_ENVELOPE

if TYPE_CHECKING:
    from api.service.ledgers import Ledgers

EXTENSION = "stimmbuch"
"""Under this name the ledgers stand in `Flask.extensions`, and the chosen one's context in `flask.g`."""


class Flag(Protocol):
    """A `threading.Event`, or the like between processes."""

    def is_set(self) -> bool:
        """Whether it was raised."""
        ...


@dataclass(frozen=True)
class Settings:
    """Limits of the service. Sizes in bytes, times in seconds."""

    max_envelope: int = MAX_ENVELOPE
    max_document: int = 64 * 2**20
    patience: float = 3.0
    """How long a read with `wait_for` waits for the views before it gives up with 503."""
    long_polls: int = 8
    """Requests of one process that may wait for events, or get a stream of them, at a time: each of them
    holds a thread. Several ledgers share them. Beyond that, a poll is answered at once, a stream with 503."""
    stream_seconds: float = 60.0
    """After so long a stream of events ends; its client connects again."""
    keep_alive: float = 15.0
    """After so long without an event a stream sends a comment, so that nobody on the way closes it."""
    bodies: int = 8
    """Requests of one process whose bodies may be on their way at a time; two thirds for one caller."""
    replays: int = 2
    """Requests of one process that may replay the past at a time: each costs as much as there are votes."""
    unnamed_count: int = 10_000
    """Documents and texts of one ledger that no statement names; of one client half of that."""
    unnamed_size: int = 4 * 2**30
    """Their bytes; of one client half of that."""
    public_url: str = ""
    """Where the service is known to be, ending in a slash: ids of OParl objects begin with it, and an id
    never changes. Empty: as the request says."""
    origins: tuple[str, ...] = ()
    """Origins whose pages may call the service from a browser (`api.cors`)."""
    rate: float = 0.0
    """Requests of one address in a second; 0: no limit."""
    burst: int = 50
    """Requests of one address at once."""
    procedure_rate: float = 0.0
    """Requests of one client about one procedure in a second; 0: no limit."""
    procedure_burst: int = 200
    """Of these at once."""
    proxies: int = 0
    """Proxies of ours in front, each of which adds an address to `X-Forwarded-For`."""
    together: Path | None = None
    """Folder in which the processes of the service count together; None: there is one."""
    stopping: Flag = field(default_factory=threading.Event)
    """Raised when the server is about to stop: waiting requests answer then."""


class Room:
    """What the ledgers of one process share: its threads, its time for the past, what clients may ask."""

    def __init__(self, settings: Settings) -> None:
        self.polls = Places(settings.long_polls)
        self.replays = Places(settings.replays)
        self.allowances = Allowances(
            settings.procedure_rate, settings.procedure_burst, settings.proxies, settings.together
        )


class Context:
    """One per ledger and application."""

    def __init__(self, service: Service, settings: Settings, room: Room) -> None:
        self.service = service
        self.settings = settings
        self.directory = Directory(service)
        self.audience = Audience(service)
        self.oparl = Index(service)
        self.papers = Papers(service)
        self.polls = room.polls.share()
        self._replays = room.replays.share()
        self.allowances = room.allowances
        self.probe = Probe(partial(look, service))
        self._settled = -math.inf

    def may_settle(self) -> bool:
        """Whether the log may be asked again what it names: once a minute, because that reads all of it."""
        now = time.monotonic()
        if now - self._settled < 60:
            return False
        self._settled = now
        return True

    def wait_for(self, seq: int | None) -> None:
        """Returns once the views contain entry `seq`.

        Raises `ViewBehind` when that takes too long; at once for an entry that is not in the log.
        """
        if seq is None or (position := self.service.views.position()) >= seq:
            return
        if self.service.ledger.head() < seq:
            raise ViewBehind(seq, position)
        give_up = time.monotonic() + self.settings.patience
        while (position := self.service.views.position()) < seq:
            if time.monotonic() >= give_up or self.settings.stopping.is_set():
                raise ViewBehind(seq, position)
            time.sleep(0.01)

    @contextmanager
    def replay(self) -> Iterator[None]:
        """The time in which the past is replayed. Raises `Busy` when there is no place for too long."""
        if not self._replays.acquire(timeout=self.settings.patience):
            raise Busy
        try:
            yield
        finally:
            self._replays.release()


def ledgers() -> Ledgers:
    """The ledgers of the application that serves this request."""
    found: Ledgers = current_app.extensions[EXTENSION]
    return found


def choose(name: str) -> None:
    """From now on this request is about the ledger of this name. Raises what `Ledgers.find` raises."""
    setattr(g, EXTENSION, ledgers().find(name))


def chosen() -> Context | None:
    """The ledger that this request is about; None if its address names none, and there are several."""
    context: Context | None = g.get(EXTENSION)
    return context or ledgers().only()


def current() -> Context:
    """The same, where there must be one. Raises `UnknownLedger`."""
    if (context := chosen()) is None:
        raise UnknownLedger(sentences.SEVERAL_LEDGERS)
    return context
