"""The real service as a process of its own, to be talked to over loopback and to be killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.followers import PATIENCE, until
from tests.support.places import Place
from tests.support.ports import held_port
from tests.support.shared import CHECKOUT

START_TIMEOUT = 120.0
"""Seconds until a start counts as failed: machines under load are slow, and nothing depends on it."""


class RunningService:
    """`stimmbuch serve` on a free port; a context manager that stops it in order, unless it has ended."""

    def __init__(
        self,
        place: Place,
        log: Path,
        *options: str,
        workers: int = 2,
        threads: int = 8,
        ready_at: str = "/readyz",
    ) -> None:
        """`options` are further ones of the command; `ready_at` is `/healthz` where something is broken."""
        self._ready_at = ready_at
        self._held = held_port()
        self.port: int = self._held.getsockname()[1]
        command = [sys.executable, "-P", "-m", "api", "serve", "--store", place.where]
        command += [] if place.where == str(place.home) else ["--home", str(place.home)]
        command += ["--port", str(self.port)]
        command += ["--workers", str(workers), "--threads", str(threads), *options]
        self._begin(command, log, {"PYTHONPATH": str(CHECKOUT)})

    def _begin(self, command: list[str], log: Path, environment: dict[str, str]) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **environment},
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process that the others belong to."""
        return self._process.pid

    def publisher(self) -> int:
        """The process that publishes: the only child that was spawned and not forked."""
        (found,) = (process for process, command in self._children() if b"spawn_main" in command)
        return found

    def led_by_the_publisher(self, lead: Path) -> int:
        """Waits until the publisher holds this lock; its process. A worker may have stood in for it first."""
        until(lambda: any(b"spawn_main" in command for _, command in self._children()))
        publisher = self.publisher()
        until(lambda: holds(publisher, lead))
        return publisher

    def workers(self) -> list[int]:
        """The processes that serve requests: they run under the command of the first one."""
        own = Path(f"/proc/{self.pid}/cmdline").read_bytes()
        return [process for process, command in self._children() if command == own]

    def _children(self) -> Iterator[tuple[int, bytes]]:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it ended meanwhile
                parent = int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.pid:
                    yield int(process.name), (process / "cmdline").read_bytes()

    def ready(self) -> Self:
        """Returns when it answers. Raises `TimeoutError` with its log."""
        deadline = time.monotonic() + START_TIMEOUT
        try:
            while time.monotonic() < deadline and self._process.poll() is None:
                with suppress(OSError, http.client.HTTPException):
                    if self.call("GET", self._ready_at)[0] == 200:
                        return self
                time.sleep(0.05)
            raise TimeoutError(self._log.read_text("utf-8", "replace"))
        except BaseException:
            self.kill()  # nobody else would: the block of a context manager that fails here never begins
            raise

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON of one request on a connection of its own. Raises `OSError` if it is not there."""
        connection = self.connect()
        try:
            return send(connection, method, path, body)
        finally:
            connection.close()

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Status and bytes of what is there."""
        connection = self.connect()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def kill(self) -> None:
        """Ends all its processes at once, as `kill -9` does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._held.close()

    def stop(self) -> int:
        """Asks it to stop and waits; returns its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(START_TIMEOUT)
        finally:
            self.kill()  # the rest, if it did not stop: what follows must not stumble over it

    def __enter__(self) -> Self:
        return self.ready()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def holds(process: int, lock: Path) -> bool:
    """Whether this process holds the lock (flock) of a file, as the kernel says."""
    inode = str(lock.stat().st_ino)
    lines = (line.split() for line in Path("/proc/locks").read_text().splitlines())
    return any(
        fields[1] == "FLOCK" and fields[4] == str(process) and fields[5].rsplit(":", 1)[1] == inode
        for fields in lines
    )


def send(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and JSON of one request."""
    data = None if body is None else json.dumps(body)
    connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def published(sending: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """Sends a statement, and again as long as the answer is that it is stored but not published yet.

    As every client does (503 `not-published`): where a machine stands still for seconds, so does publishing.
    """
    give_up = time.monotonic() + PATIENCE
    while True:
        status, answer = sending()
        if (status, answer.get("code")) != (503, "not-published") or time.monotonic() > give_up:
            return status, answer
