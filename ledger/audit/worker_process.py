"""A process that examines pages, as the one above it sees it: started, given pages, asked, ended."""

from __future__ import annotations

import marshal
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from ledger.audit import sentences
from ledger.audit.worker import FORMAT, Job, Range, Result, read_answer
from ledger.errors import StoreUnavailable

KEYS = 500
"""Keys told at once: what is on its way to a process must fit into its pipe, or both would wait."""

_START = "from ledger.audit.worker import start; start()"


class Worker:
    """One of several processes, and what it was given."""

    def __init__(self, job: Job) -> None:
        self.connection, theirs = Pipe()
        with theirs:
            self._process = _started(theirs)
        self._send(pickle.dumps(job))
        self._given: deque[Range] = deque()
        self._told = 0

    @property
    def waiting(self) -> int:
        """Pages that it has not answered."""
        return len(self._given)

    def give(self, page: Range, keys: Sequence[bytes]) -> None:
        """Lets it examine a page. `keys` are all that are known; it is told the next ones of them."""
        new = list(keys[self._told : self._told + KEYS])
        self._told += len(new)
        self._given.append(page)
        self._send(marshal.dumps((*page, new), FORMAT))

    def answer(self) -> tuple[Range, Result]:
        """Its next answer. Raises what it raised, or `StoreUnavailable` if it died."""
        try:
            return self._given.popleft(), read_answer(self.connection.recv_bytes())
        except (EOFError, OSError):
            raise StoreUnavailable(sentences.PROCESS_DIED) from None

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        self.connection.close()
        self._process.terminate()
        self._process.wait()

    def _send(self, message: bytes) -> None:
        with suppress(OSError):  # it has ended: its last answer says why, or that there is none
            self.connection.send_bytes(message)


def _started(connection: Connection) -> subprocess.Popen[bytes]:
    """A Python that has nothing in it but what examining pages needs.

    `multiprocessing` would load in it the whole command that is running, and start one more process, which
    watches over shared memory, of which there is none: 28 MiB. A fork would copy open databases and threads.
    """
    end = connection.fileno()
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}  # both run one program
    command = [sys.executable, "-P", "-c", _START, str(end)]  # -P: and nothing that lies where they start
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=env, pass_fds=[end])  # noqa: S603
