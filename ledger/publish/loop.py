"""Publishing without end: one process has the lead and publishes what is committed; the others wait.

The lead is a lock that the system takes back when its holder dies; another process then goes on within
a quarter of a second. It saves work only: what keeps two publishers from signing two histories is the
signer's memory.
"""

from __future__ import annotations

import json
import logging
import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from ledger.errors import PolicyUnmet, StimmbuchError
from ledger.errors_german import in_german
from ledger.lock_file import LockFile
from ledger.outage import Outage
from ledger.publish.durable import disk_errors
from ledger.publish.publisher import Publisher
from ledger.sentence import Sentence, literally
from ledger.storage.recorder import LedgerRecorder

IDLE = 0.25
"""Seconds between two looks at whether to stop, and whether the lead is free."""

AFTER_FAILURE = 1.0
"""Seconds before it is tried again."""

SHIFT = 30.0
"""Seconds after which who stands in leaves the lead to somebody else, for two looks at it. Otherwise a worker
that was there first, because the publisher took long to start, would publish for as long as it lives."""

AT_FIRST = 5
"""Times its hesitation waits who stands in before it publishes first: a publisher takes its time to start.
Votes that come meanwhile must not wait so long: they would be answered with 503."""

log = logging.getLogger(__name__)


class Flag(Protocol):
    """A `threading.Event`, or the like between processes."""

    def is_set(self) -> bool:
        """Whether it was raised."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until it is raised."""
        ...


class Rhythm(NamedTuple):
    """When a publisher does what, in seconds."""

    pause: float = 0.001
    """From the end of one pass to the next at least.

    A pass takes 2 to 4 ms of a core whatever is in it. Who was answered often sends the next statement at
    once: as long as it takes until they all have done so, waiting for the rest saves a pass.
    """
    pause_each: float = 0.0003
    """As much longer for each entry that the last pass published: what answering and deciding it takes."""
    longest_pause: float = 0.03
    """But no longer than this."""
    interval: float = 0.0
    """From the beginning of one pass to that of the next at least: for fewer checkpoints."""
    hesitation: float = 0.0
    """For which nobody has to publish before this one stands in; 0: it does not stand in for another."""
    heartbeat: float = 0.0
    """For which nothing has to be published before the witnesses are asked for fresh times; 0: never."""

    def after(self, entries: int, took: float) -> float:
        """The pause after a pass that published so many and took so long."""
        pause = min(self.longest_pause, self.pause + entries * self.pause_each)
        return max(pause, self.interval - took)


class Loop:
    """The publisher of one process."""

    def __init__(
        self,
        recorder: LedgerRecorder,
        lead: LockFile,
        state: Path,
        publisher: Callable[[], Publisher],
        rhythm: Rhythm,
        waited_for: Callable[[], bool] = lambda: False,
    ) -> None:
        """`publisher` makes one that knows where to go on; `state` is where others read what keeps us.

        `waited_for` says whether somebody in this process waits for a checkpoint.
        """
        self._recorder = recorder
        self._lead = lead
        self._state = state
        self._publisher = publisher
        self._rhythm = rhythm
        self._waited_for = waited_for
        self._led = False
        self._seen = False  # whether anybody had the lead yet
        self._outage = Outage()

    def run(self, stop: Flag) -> None:
        """Publishes until it is told to stop. A failure is written down, and tried again."""
        while not stop.is_set():
            try:
                if self._take(stop):
                    self._lead_on(stop)
                    self._lead.give()
                stop.wait(2 * IDLE if self._led else IDLE)
            except StimmbuchError as error:
                self._led = False
                self._say(error)
                stop.wait(AFTER_FAILURE)
            finally:
                self._lead.give()

    def _take(self, stop: Flag) -> bool:
        """Whether we have the lead, and nobody who is better at it wanted it."""
        with disk_errors(self._state):
            if self._rhythm.hesitation and not self._led and self._lead.take():
                self._lead.give()
                self._hesitate(stop)
            self._led, self._seen = not stop.is_set() and self._lead.take(), True
            return self._led

    def _hesitate(self, stop: Flag) -> None:
        """Gives a publisher its time to start; at first more of it, as long as nobody waits for an answer."""
        stop.wait(self._rhythm.hesitation)
        until = time.monotonic() + self._rhythm.hesitation * (AT_FIRST - 1)
        while not (self._seen or self._waited_for() or stop.is_set()) and time.monotonic() < until:
            stop.wait(IDLE)

    def _lead_on(self, stop: Flag) -> None:
        publisher = self._publisher()
        publisher.sweep()
        self._say(None)
        last, more = time.monotonic(), False
        until = last + SHIFT if self._rhythm.hesitation else math.inf
        while not stop.is_set() and time.monotonic() < until:
            if more or self._recorder.wait(publisher.size - 1, IDLE):
                before, last = publisher.size, time.monotonic()
                added = publisher.publish() - before
                self._goes_on()
                _rest(self._rhythm.after(added, time.monotonic() - last), stop)
                more = added > 0  # then there may be the next ones already: it is not asked, but tried
                continue
            self._goes_on()
            publisher.tidy()
            if 0 < self._rhythm.heartbeat <= time.monotonic() - last:
                last = time.monotonic()
                self._refresh(publisher)

    def _refresh(self, publisher: Publisher) -> None:
        try:
            publisher.refresh()
        except PolicyUnmet as error:  # everything is published: that keeps nobody waiting
            log.warning("the newest checkpoint gets no fresh cosignatures: %s", error)

    def _goes_on(self) -> None:
        """Not said where a publisher was made: its first pass may fail as the one before it."""
        if self._outage.ends():
            log.info("publishing goes on")

    def _say(self, error: StimmbuchError | None) -> None:
        if error is not None and self._outage.fails(error.code):
            log.error("nothing is published: %s: %s", error.code, error)
        keep_state(self._state, error)


def _rest(seconds: float, stop: Flag) -> None:
    """A flag can be waited for in whole milliseconds: too coarse for the usual pause, which is short."""
    if seconds < IDLE:
        time.sleep(seconds)
    else:
        stop.wait(seconds)


def keep_state(path: Path, error: StimmbuchError | None) -> None:
    """Writes down what keeps the publisher, or that nothing does."""
    german = error and in_german(error)
    said = (
        {}
        if error is None
        else {"code": error.code, "message": error.message, "german": german, "hint": error.hint}
    )
    draft = path.with_suffix(".new")
    with suppress(OSError):
        draft.write_text(json.dumps(said), "utf-8")
        os.replace(draft, path)


def read_state(path: Path) -> Sentence | None:
    """What keeps the publisher; None if nothing does, or nothing is known."""
    said = _said(path)
    message, german = (literally(str(said.get(member, ""))) for member in ("message", "german"))
    return Sentence(message, german or message) if message else None


def read_code(path: Path) -> str:
    """The same, as the code of an error."""
    return str(_said(path).get("code", ""))


def _said(path: Path) -> dict[str, object]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
