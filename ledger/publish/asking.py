"""Many are asked the same at the same time, and who asks goes on as soon as enough have answered.

Each witness has a thread, which waits for the newest checkpoint. What was given to it while it was busy with
an older one is forgotten when something newer comes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ledger.proof.note import NoteSignature, VerificationKey
from ledger.publish import witness_sentences as words
from ledger.publish.witness_client import Growth, Reply, WitnessClient
from ledger.sentence import filled

GRACE = 0.5
"""Seconds for a reply that says that it is too late to get here."""

log = logging.getLogger(__name__)

Signed = dict[VerificationKey, NoteSignature]


class Round:
    """One checkpoint and the replies to it, as they come."""

    def __init__(self, growth: Growth) -> None:
        self.growth = growth
        self._changed = threading.Condition()
        self._replies: dict[WitnessClient, Reply] = {}

    def tell(self, client: WitnessClient, reply: Reply) -> None:
        """A witness has replied."""
        with self._changed:
            self._replies[client] = reply
            self._changed.notify()

    def wait(
        self, count: int, enough: Callable[[Signed], bool], timeout: float
    ) -> Mapping[WitnessClient, Reply]:
        """The replies: when they are enough, when there are `count`, or after `timeout` seconds."""
        until = time.monotonic() + timeout + GRACE
        with self._changed:
            while len(self._replies) < count and not enough(signed_in(self._replies)):
                if not self._changed.wait(until - time.monotonic()) and time.monotonic() >= until:
                    break
            return dict(self._replies)


def signed_in(replies: Mapping[WitnessClient, Reply]) -> Signed:
    """All cosignatures in the replies."""
    return {one.key: one.signature for reply in replies.values() for one in reply.signatures}


class _Rest(NamedTuple):
    """Until when a witness that failed is left alone, and how it failed."""

    until: float = 0.0
    reply: Reply = Reply()


class Asker:
    """The thread that asks one witness."""

    def __init__(self, client: WitnessClient, rest: float) -> None:
        """`rest`: for how many seconds a witness that failed is left alone. The thread starts when needed."""
        self.client = client
        self._pause = rest
        self._rest = _Rest()
        self._given = threading.Condition()
        self._next: Round | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def give(self, asked: Round) -> None:
        """Asks the witness as soon as it has answered what it was asked before."""
        if time.monotonic() < self._rest.until:
            asked.tell(self.client, self._rest.reply)
            return
        with self._given:
            self._next = asked
            if self._thread is None:
                name = f"witness {self.client.name}"
                self._thread = threading.Thread(target=self._run, name=name, daemon=True)
                self._thread.start()
            self._given.notify()

    def close(self) -> None:
        """Asks nothing any more. A request that is under way is cut off."""
        with self._given:
            self._closed = True
            self._given.notify()
        self.client.cut()
        if self._thread is not None:
            self._thread.join(GRACE)

    def _run(self) -> None:
        while (asked := self._take()) is not None:
            reply = self._reply(asked)
            if reply.reason:
                self._rest = _Rest(time.monotonic() + self._pause, reply)
            asked.tell(self.client, reply)
        self.client.close()

    def _take(self) -> Round | None:
        with self._given:
            while self._next is None and not self._closed:
                self._given.wait()
            taken, self._next = self._next, None
            return None if self._closed else taken

    def _reply(self, asked: Round) -> Reply:
        try:
            return self.client.ask(asked.growth)
        except Exception as error:
            log.exception("asking %s", self.client.url)  # a mistake of ours must not end the thread
            return Reply(reason=filled(words.NOT_ASKED, error=repr(error)))
