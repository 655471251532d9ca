"""The published side of one ledger, as a process uses it: where it is, who waits, who publishes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ledger.lock_file import LockFile
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.note import parse_note
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.loop import Loop, Rhythm, read_code, read_state
from ledger.publish.published import Done, Published, not_published
from ledger.publish.publisher import Publisher, Witnesses
from ledger.publish.receipts import Receipts
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Keys, Signer
from ledger.storage.recorder import LedgerRecorder

STATE = "publisher.json"
"""What keeps the publisher, in a store's home directory."""

PATIENCE = 10.0
"""Seconds for which an answer waits for its checkpoint."""


class Publication:
    """Everything that a process needs to wait for checkpoints, and to publish them if it has the lead."""

    def __init__(
        self,
        home: Path,
        recorder: LedgerRecorder,
        origin: str,
        keys: Callable[[], Keys],
        witnesses: Witnesses | None = None,
        *,
        memory: Path | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """`keys` gives the log's keys, asked for only where something is signed.

        `memory` is the signer's directory, if it is not in the home directory.
        """
        self._recorder = recorder
        self._origin = origin
        self._keys = keys
        self._witnesses = witnesses
        self._memory = memory or home / SIGNER
        self._state = home / STATE
        self._patience = patience
        self._lead = LockFile(self._memory / "lead")
        # Another hand at the same lock: only looks whether it is free.
        self._look = LockFile(self._memory / "lead")
        self.folder = LogFolder(home / FOLDER)
        self.published = Published(self.folder, lambda: read_state(self._state), patience=patience)
        self.receipts = Receipts(self.published)

    def signer(self) -> Signer:
        """The signer, with the private keys. Raises what reading them raises."""
        return Signer(self._memory, self._origin, self._keys)

    def publisher(self) -> Publisher:
        """A publisher that knows where to go on. Raises what `Publisher` raises."""
        return Publisher(self._recorder, self.folder, self.signer(), self._witnesses)

    def loop(self, rhythm: Rhythm = Rhythm()) -> Loop:  # noqa: B008 it is immutable
        """The publisher of a service: runs until it is told to stop."""
        return Loop(
            *(self._recorder, self._lead, self._state, self.publisher, rhythm),
            waited_for=lambda: self.published.waiting() > 0,
        )

    def settle(self) -> None:
        """Publishes what is committed now, or waits until the process that has the lead has done so.

        For programs that run for a moment. Raises `NotPublished` if it takes too long, and what
        publishing raises.
        """
        goal = self._recorder.head()
        give_up = time.monotonic() + self._patience
        while self.published.size() <= goal:
            if self._lead.take():
                try:
                    publisher = self.publisher()
                    while publisher.publish() <= goal:
                        pass
                    publisher.tidy()
                finally:
                    self._lead.give()
            elif time.monotonic() > give_up:
                raise not_published(goal, read_state(self._state))
            else:
                time.sleep(0.01)

    def when(self, seq: int, done: Done) -> None:
        """Calls `done` in another thread once the entry is published, or with what is in the way."""
        self.published.when(seq, done)

    def receipt(self, seq: int, entry: bytes, *, size: int | None = None) -> bytes:
        """The receipt of an entry (see `Receipts`). Raises `NotFound` while it is not published."""
        return self.receipts.receipt(seq, entry, size=size)

    def is_led(self) -> bool:
        """Whether some process has the lead, and so publishes. Raises `OSError`."""
        if self._look.take():
            self._look.give()
            return False
        return True

    def signed_size(self) -> int:
        """How far the signer remembers to have signed. Raises `SignerRefuses`, `ProofError`."""
        return parse_checkpoint(parse_note(Signer.remembered(self._memory)).text).size

    def problem(self) -> str:
        """Code of what keeps the publisher; "" if nothing does, or nothing is known."""
        return read_code(self._state)

    def close(self) -> None:
        """Answers who still waits. Called before the loop is stopped: they wait for it."""
        self.published.close()
