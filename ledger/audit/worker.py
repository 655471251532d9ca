"""A process that examines pages for an audit: it reads them itself, and sends back what it found.

Tasks and results go through a pipe as `marshal` writes them: it is the quickest, and both ends run one
program. What examining entries needs is all that may be imported here: every process takes it once more.
"""

from __future__ import annotations

import gc
import marshal
import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from ledger.audit.bundles import Published, equal_bundles
from ledger.audit.carry import Carried
from ledger.audit.examiner import Examiner
from ledger.audit.source import EntrySource
from ledger.errors import StimmbuchError

FORMAT = 2
"""Of `marshal`: without references, which cost more than they save."""

FAILED = b"\x00"
"""Before an error; no result begins so."""


class Range(NamedTuple):
    """Numbers from `first` up to, but not including, `end`."""

    first: int
    end: int


class Job(NamedTuple):
    """What a worker has to know; can be pickled."""

    reopen: Callable[[], EntrySource]
    origin: str
    published: Published | None


class Result(NamedTuple):
    """A page as it was found."""

    numbers: list[int] | None
    """Those of its entries; None for all numbers that were asked for."""
    leaves: bytes
    """The leaf hashes, one after the other."""
    entries: list[Carried | None]
    """What is carried of each; None for one that has to be looked at again."""
    keys: list[bytes]
    """Public keys that were found."""
    bundles: list[int]
    """Published bundles that hold exactly these entries."""
    broken: tuple[int, str, str] | None
    """See `Page`."""


class PageReader:
    """Reads and examines pages of one source."""

    def __init__(self, source: EntrySource, origin: str, published: Published | None) -> None:
        self._source = source
        self._published = published
        self.examiner = Examiner(origin)

    def read(self, first: int, end: int) -> Result:
        """The page of these numbers. Raises a `StorageError`."""
        page = self._source.page(first, end)
        numbers = None if page.numbers == range(first, end) else list(page.numbers)
        bundles = equal_bundles(page, self._published)
        return Result(numbers, *self.examiner.page(page), bundles, page.broken)


def start() -> None:
    """What a process runs that was started for this: the command line names its end of a pipe."""
    work(Connection(int(sys.argv[1])))


def work(connection: Connection) -> None:
    """Takes a `Job`, then answers tasks `(first, end, keys)` until the other end is closed.

    A failure is the last answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us decides when it ends
    gc.disable()  # nothing here refers to itself, and searching for it takes a tenth of the time
    # A pipe holds less than an answer, and the process above is busy: another thread waits for it.
    with suppress(EOFError, BrokenPipeError), closing(connection), ThreadPoolExecutor(1) as sending:
        job: Job = pickle.loads(connection.recv_bytes())  # noqa: S301 (from the process above)
        try:
            with closing(job.reopen()) as source:
                _answer(PageReader(source, job.origin, job.published), connection, sending)
        except StimmbuchError as error:
            sending.submit(connection.send_bytes, FAILED + pickle.dumps(error))


def _answer(reader: PageReader, connection: Connection, sending: Executor) -> None:
    while True:
        first, end, keys = marshal.loads(connection.recv_bytes())  # noqa: S302 (from the process above)
        reader.examiner.learn(keys)
        answer = marshal.dumps(tuple(reader.read(first, end)), FORMAT)
        sending.submit(connection.send_bytes, answer)


def read_answer(data: bytes) -> Result:
    """A result as it was sent. Raises what the worker raised."""
    if data.startswith(FAILED):
        error: StimmbuchError = pickle.loads(data[len(FAILED) :])  # noqa: S301 (from our own process)
        raise error
    return Result(*marshal.loads(data))  # noqa: S302 (the same)
