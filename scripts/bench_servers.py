"""Servers for the benchmark: started on a free port, asked for what they used, stopped in order."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.bench_measure import PROC, ROOT, family, peak_memory

START_TIMEOUT = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A process that serves HTTP on `port` of this machine; `{port}` in its arguments is filled in."""

    def __init__(self, *arguments: str) -> None:
        self.port = free_port()
        filled = [argument.replace("{port}", str(self.port)) for argument in arguments]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the server)
        self._process = subprocess.Popen(
            [sys.executable, "-m", *filled],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
        )
        self._wait()

    def stop(self) -> None:
        """Stops it and waits until it has ended."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(START_TIMEOUT)
        self._log.close()

    def cpu(self) -> float:
        """CPU seconds that the process and those it started have used so far (Linux; else 0)."""
        return sum(_cpu(pid) for pid in family(self._process.pid))

    def memory(self) -> float:
        """The sum of their peak memories in MiB (Linux; else 0)."""
        return sum(peak_memory(pid) for pid in family(self._process.pid))

    def _wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._log.seek(0)
                    said = self._log.read().decode()[-2000:]
                    raise RuntimeError(f"the server did not start: {self._process.args!r}: {said}") from None
                time.sleep(0.05)
            else:
                return


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """A PostgreSQL server that writes to the disk; its addresses are described where it is."""
    command = [sys.executable, "-m", "tests.support.temporary_postgres"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("no pipes")
        try:
            addresses: dict[str, str] = json.loads(process.stdout.readline())
            yield addresses
        finally:
            process.stdin.close()


def _cpu(pid: int) -> float:
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
