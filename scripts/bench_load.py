"""The load of the benchmark: requests that were built before, over connections that stay open.

``python -m scripts.bench_load PORT FILE FIRST COUNT CONNECTIONS STATUS`` sends COUNT requests of FILE, from
number FIRST on, each connection the next one as soon as it has its answer; all must have STATUS. Prints
`{"work", "wall", "cpu", "p50", "p99"}` (seconds). One thread that waits for all connections: what it costs
the machine is the same for everything that is measured.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import quantiles

LENGTH = 8
"""Hexadecimal digits in front of each request in a file."""

_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NO_BODY = re.match(rb"(0)", b"0")


def write_requests(path: Path, requests: Iterable[bytes]) -> None:
    """A file of requests."""
    with path.open("wb") as file:
        for request in requests:
            file.write(b"%0*x" % (LENGTH, len(request)) + request)


def read_requests(path: Path, first: int, count: int) -> list[bytes]:
    """`count` requests of a file, from number `first` on."""
    found: list[bytes] = []
    with path.open("rb") as file:
        for number in range(first + count):
            length = int(file.read(LENGTH), 16)
            if number < first:
                file.seek(length, 1)
            else:
                found.append(file.read(length))
    return found


def http_request(path: str, body: bytes) -> bytes:
    """The bytes of a POST of JSON over a connection that stays open."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


class Client:
    """One connection, and how long its answers took."""

    def __init__(self, port: int, status: str) -> None:
        """`status` is the expected one."""
        self._expected = b"HTTP/1.1 " + status.encode()
        self._has_body = status != "304"
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.latencies: list[float] = []
        self._sent = 0.0
        self._answer = b""

    def send(self, request: bytes) -> None:
        """Sends a request."""
        self._sent, self._answer = time.perf_counter(), b""
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Reads what is there; whether the answer is complete. Raises `RuntimeError` for another status."""
        part = self.socket.recv(65536)
        self._answer += part
        head, found, body = self._answer.partition(b"\r\n\r\n")
        length = _CONTENT_LENGTH.search(head) if self._has_body else _NO_BODY
        if not part or (found and (length is None or not head.startswith(self._expected))):
            raise RuntimeError(f"another answer was expected: {self._answer[:500]!r}")
        if not found or length is None or len(body) < int(length[1]):
            return False
        self.latencies.append(time.perf_counter() - self._sent)
        return True


def run(clients: list[Client], requests: Iterator[bytes]) -> None:
    """Sends all requests and waits for all answers."""
    with selectors.DefaultSelector() as selector:
        for client in clients:
            client.send(next(requests))
            selector.register(client.socket, selectors.EVENT_READ, client)
        waiting = len(clients)
        while waiting:
            ready = selector.select(60)
            if not ready:
                raise RuntimeError("no answer for a minute")
            for key, _ in ready:
                client = key.data
                if not client.receive():
                    continue
                request = next(requests, None)
                if request is None:
                    waiting -= 1
                else:
                    client.send(request)


def get_request(path: str, etag: str = "") -> bytes:
    """The bytes of a GET over a connection that stays open, conditional if there is an ETag."""
    condition = f"If-None-Match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{condition}\r\n".encode()


def main(port: str, file: str, first: str, count: str, connections: str, status: str) -> None:
    """One burst."""
    requests = read_requests(Path(file), int(first), int(count))
    clients = [Client(int(port), status) for _ in range(int(connections))]
    wall, cpu = time.perf_counter(), time.process_time()
    run(clients, iter(requests))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    percentiles = quantiles((one for client in clients for one in client.latencies), n=100)
    said = {"work": len(requests), "wall": wall, "cpu": cpu, "p50": percentiles[49], "p99": percentiles[98]}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
