"""A site on a real port, and a wire to it that fails when it is told to.

::

    with served(site) as url, Wire(url) as wire:
        wire.next(lost_answer)                  # the next connection; those after it are passed through
        Client(wire.url + site.api, …)
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from api.context import EXTENSION
from tests.support.followers import PATIENCE
from tests.support.odd_server import answer, read_request
from tests.web.site import Site

Forward = Callable[[bytes], bytes]
"""Carries a request to the service and brings its answer."""
Fault = Callable[[bytes, Forward], bytes]
"""From a request to what the client gets; empty: the connection just ends."""


def lost_answer(request: bytes, forward: Forward) -> bytes:
    """The request arrives and is carried out; the answer does not come back."""
    forward(request)
    return b""


def lost_request(_request: bytes, _forward: Forward) -> bytes:
    """The connection ends before the request arrives."""
    return b""


def half_an_answer(request: bytes, forward: Forward) -> bytes:
    """The connection ends in the middle of the answer's body."""
    return forward(request)[:-20]


def answers(body: bytes, status: str, *headers: str) -> Fault:
    """Something else answers, for instance a proxy in front."""
    return lambda _request, _forward: answer(body, status, *headers)


def altered(change: Callable[[bytes], bytes]) -> Fault:
    """The answer's body is another one than the service gave."""

    def alter(request: bytes, forward: Forward) -> bytes:
        head, _, body = forward(request).partition(b"\r\n\r\n")
        body = change(body)
        kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
        return b"\r\n".join([*kept, b"Content-Length: %d" % len(body), b"", body])

    return alter


class Wire:
    """Takes one request a connection, which is what the client sends.

    A browser that is slow opens another connection meanwhile, and keeps it for later: each is waited for by a
    thread of its own. What happens to a connection is decided when its request is there.
    """

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run)
        self._clients: dict[socket.socket, threading.Thread] = {}
        self._turn = threading.Lock()
        self._faults: deque[Fault] = deque()
        self.requests: list[bytes] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def next(self, *faults: Fault) -> None:
        """What happens to the next connections."""
        self._faults.extend(faults)

    def calm(self) -> None:
        """Nothing happens to the next connections any more."""
        self._faults.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for client, thread in self._clients.items():
            with suppress(OSError):  # it has ended
                client.shutdown(socket.SHUT_RDWR)
            thread.join()

    def _run(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._clients[client] = threading.Thread(target=self._carry, args=(client,))
            self._clients[client].start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError):  # it ended before a request came, or before it was answered
            request = read_request(client)
            with self._turn:
                self.requests.append(request)
                fault = self._faults.popleft() if self._faults else None
            client.sendall(fault(request, self._forward) if fault else self._forward(request))

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection((self._target.hostname or "", self._target.port or 80)) as service:
            service.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            return b"".join(iter(lambda: service.recv(65536), b""))


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a site that is served on loopback, its views being followed.

    Reads wait for the views as long as that takes: on a slow machine nobody is sent away whom a test did not.
    """
    context = site.app.extensions[EXTENSION].only()
    context.settings = replace(context.settings, patience=PATIENCE)
    site.service.follow()
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
