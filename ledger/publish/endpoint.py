"""One address of another server, for small requests: a witness, a time-stamping authority, a login provider.

Nothing that comes back is trusted: an answer has a limit of bytes and of time, whole answers and not only
silences; a redirect is an answer like any other, and is not followed. The connection is kept alive.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from ledger.errors import BadShape, Unreachable
from ledger.publish import sentences


class Answer(NamedTuple):
    """What came back; `kind` is the content type without its parameters, in lower case."""

    status: int
    kind: str
    body: bytes


class _Request(NamedTuple):
    method: str
    body: bytes | None
    headers: dict[str, str]


class Endpoint:
    """An address. For one thread at a time; `cut` may be called by any."""

    def __init__(self, url: str, *, limit: int) -> None:
        """`limit` is the size of the largest answer in bytes. Raises `BadShape` for what is no address."""
        self.url = url
        self._secure, self._host, self._port, self._path = check_address(url)
        self._limit = limit
        self._connection = http.client.HTTPConnection(self._host, self._port)
        self._late = False

    def post(self, body: bytes, kind: str, *, timeout: float) -> Answer:
        """Sends `body` and returns the answer, within `timeout` seconds. Raises `Unreachable`."""
        return self._ask(_Request("POST", body, {"Content-Type": kind}), timeout)

    def get(self, *, timeout: float) -> Answer:
        """Fetches what is there, within `timeout` seconds. Raises `Unreachable`."""
        return self._ask(_Request("GET", None, {}), timeout)

    def _ask(self, asked: _Request, timeout: float) -> Answer:
        self._late = False
        until = time.monotonic() + timeout
        try:
            if self._connection.sock is not None:
                try:
                    return self._exchange(self._connection.sock, asked, until)
                except ConnectionError:  # closed while it was idle: that says nothing about the server
                    if self._late:
                        raise
                    self._connection.close()
            return self._exchange(self._connect(until), asked, until)
        except (OSError, http.client.HTTPException, ValueError, Unreachable) as error:
            self._connection.close()
            if self._late or isinstance(error, TimeoutError):
                raise Unreachable(sentences.NO_ANSWER, seconds=round(timeout, 1)) from None
            raise _unreachable(error) from None

    def cut(self) -> None:
        """Ends a request that is under way in another thread."""
        _cut(self._connection.sock)

    def close(self) -> None:
        """Ends the connection. It is opened again when it is needed."""
        self._connection.close()

    def _connect(self, until: float) -> socket.socket:
        # Not by http.client: it would let every step of a handshake take its time.
        place = self._host, self._port
        connection = socket.create_connection(place, max(0.001, until - time.monotonic()))
        connection.settimeout(None)  # from now on the connection is cut when it is time
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._secure:
            connection = _trusting().wrap_socket(
                connection, server_hostname=self._host, do_handshake_on_connect=False
            )
        self._connection.sock = connection
        if isinstance(connection, ssl.SSLSocket):
            with self._cut_at(until, connection):
                connection.do_handshake()
        return connection

    def _exchange(self, connection: socket.socket, asked: _Request, until: float) -> Answer:
        with self._cut_at(until, connection):
            self._connection.request(asked.method, self._path, asked.body, asked.headers)
            with self._connection.getresponse() as response:
                answer = response.read(self._limit + 1)
                if len(answer) > self._limit:
                    raise Unreachable(sentences.ANSWER_TOO_LONG, limit=self._limit)
                if response.length:  # http.client returns what there is
                    raise Unreachable(sentences.ANSWER_TOO_SHORT)
        return Answer(response.status, response.headers.get_content_type(), answer)

    @contextmanager
    def _cut_at(self, until: float, connection: socket.socket) -> Iterator[None]:
        """Cuts the connection when it is time: a timeout of the socket would only bound each silence."""
        timer = threading.Timer(max(0.0, until - time.monotonic()), self._give_up, (connection,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
        if self._late:  # whatever we got: to http.client a head that is cut off is a whole one
            raise TimeoutError

    def _give_up(self, connection: socket.socket) -> None:
        self._late = True
        _cut(connection)


@cache
def _trusting() -> ssl.SSLContext:
    """The system's certificates, which take some time to read."""
    return ssl.create_default_context()


def check_address(url: str) -> tuple[bool, str, int, str]:
    """Whether it is https, and its host, port and path. Raises `BadShape`."""
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        raise BadShape(sentences.NO_ADDRESS, url=url) from None
    odd = found.query or found.fragment or found.username is not None or not url.isascii() or " " in url
    if found.scheme not in {"http", "https"} or not found.hostname or odd:
        raise BadShape(sentences.ADDRESS_IS, url=url)
    secure = found.scheme == "https"
    return secure, found.hostname, port or (443 if secure else 80), found.path or "/"


def _cut(connection: socket.socket | None) -> None:
    """Ends a connection under whoever waits for it; not through TLS, which is not made for two threads."""
    with suppress(OSError):  # ended already
        if connection is not None:
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _unreachable(error: Exception) -> Unreachable:
    if isinstance(error, Unreachable):
        return error
    if isinstance(error, OSError):
        return Unreachable(sentences.CONNECTION, reason=error.strerror or str(error) or type(error).__name__)
    # Not with its words: they may be the other server's.
    return Unreachable(sentences.NOT_HTTP, kind=type(error).__name__)
