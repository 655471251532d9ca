r"""A server on loopback that says what it is told to, well or badly: bytes after each request, nothing else.

::

    with OddServer([b"HTTP/1.1 200 OK\r\n…"]) as server:      # one answer a request, on one connection
        Endpoint(server.url, limit=1000).post(…)
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

Said = Iterable[bytes]
"""One answer for each request of a connection; None of them left: the connection ends."""


def answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


class OddServer:
    """Each connection gets what `said` holds for it; after the last one nobody is answered any more."""

    def __init__(self, *said: Said, tls: ssl.SSLContext | None = None) -> None:
        self._said = said
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.connections = 0
        self.requests: list[bytes] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self._tls else 'http'}://localhost:{self._listening.getsockname()[1]}/x"

    def _run(self) -> None:
        for said in self._said:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                try:
                    self._talk(connection, said)
                except OSError:
                    continue

    def _talk(self, plain: socket.socket, said: Said) -> None:
        connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
        with connection:
            for piece in said:
                self.requests.append(read_request(connection))
                connection.sendall(piece)
            if isinstance(said, Silence):
                self._over.wait()
            elif isinstance(said, Drip):
                self._drip(connection, said)

    def _drip(self, connection: socket.socket, said: Drip) -> None:
        while not self._over.wait(0.02):
            connection.sendall(said.piece)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listening.close()


class Silence:
    """Takes requests, says so much to each, and then nothing more."""

    def __init__(self, *answers: bytes) -> None:
        self._answers = answers or (b"",)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answers)


class Drip(Silence):
    """Takes a request, begins an answer, and goes on in drops for ever."""

    def __init__(self, beginning: bytes = b"", piece: bytes = b"x") -> None:
        super().__init__(beginning)
        self.piece = piece


def read_request(connection: socket.socket) -> bytes:
    """One request: its head, and as much body as that says. Raises `OSError` at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields.get(b"content-length", 0)):
        body += _some(connection)
    return head + b"\r\n\r\n" + body


def _some(connection: socket.socket) -> bytes:
    if not (data := connection.recv(65536)):
        raise ConnectionAbortedError
    return data
