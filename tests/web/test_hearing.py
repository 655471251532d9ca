"""Does a worker hear the word to stop that comes before it is ready, and keep it for itself?"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection

from api.service.hearing import hear
from api.service.stop import Stop
from tests.support.followers import PATIENCE


def starting(stopping: Stop, answer: Connection) -> None:
    """A worker of granian: it inherits a handler, loads the application, and sets its own ones."""
    heard = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    hear(stopping)
    os.kill(os.getpid(), signal.SIGTERM)
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: heard.set())
    answer.send(heard.wait(PATIENCE))


def told_thrice(stopping: Stop, answer: Connection) -> None:
    """A worker that is told to stop as soon as granian's handlers are set."""
    heard: list[int] = []
    hear(stopping)
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _: heard.append(number))
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        signal.raise_signal(one)
    answer.send(heard)


def test_a_worker_that_is_told_three_times_as_soon_as_it_is_ready_hears_it_once() -> None:
    """The third call of granian's handler blocks: there is no moment in which it can be reached so often."""
    ear, mouth = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=told_thrice, args=(Stop(), mouth))
    process.start()
    try:
        assert ear.poll(PATIENCE)
        assert ear.recv() == [signal.SIGTERM]
    finally:
        process.join(PATIENCE)
        process.kill()
        process.close()


def test_a_worker_that_is_told_to_stop_while_it_starts_stops_alone() -> None:
    """Somebody ended one process; the parent replaces it, and the others go on answering."""
    stopping, (ear, mouth) = Stop(), multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=starting, args=(stopping, mouth))
    process.start()
    try:
        assert ear.poll(PATIENCE)
        assert ear.recv()
        assert not stopping.is_set()
    finally:
        process.join(PATIENCE)
        process.kill()
        process.close()
