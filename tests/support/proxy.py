"""A wire between a client and PostgreSQL that can be cut at the worst moment.

The client connects to a socket in a temporary folder. Bytes pass unchanged until a cut is armed; then
the next request is the last: `lose_answer` delivers it and keeps the server's answer, `lose_request`
does not even deliver it. Both then close the connection, as a broken network does.
"""

from __future__ import annotations

import contextlib
import select
import socket
import tempfile
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

READY = b"Z\x00\x00\x00\x05"
"""ReadyForQuery: the server has finished all that it was asked."""


class Proxy:
    """Use as a context manager; `conninfo` is the way through it."""

    def __init__(self, conninfo: str) -> None:
        self._target = conninfo_to_dict(conninfo)
        self._folder = tempfile.TemporaryDirectory(prefix="stimmbuch-wire-")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(Path(self._folder.name) / ".s.PGSQL.5432"))
        self._listener.listen()
        self._threads = [Thread(target=self._accept)]
        self._clients: list[socket.socket] = []
        self._cut = ""
        self.conninfo = make_conninfo(conninfo, host=self._folder.name, port=5432)

    def lose_answer(self) -> None:
        """The next request arrives and is carried out; the connection breaks instead of its answer."""
        self._cut = "answer"

    def lose_request(self) -> None:
        """The connection breaks before the next request arrives."""
        self._cut = "request"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        for client in self._clients:  # one that a failed test left open would be waited for without end
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()
        self._folder.cleanup()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener was shut down
            while True:
                client, _ = self._listener.accept()
                self._clients.append(client)
                thread = Thread(target=self._carry, args=(client,))
                self._threads.append(thread)
                thread.start()

    def _carry(self, client: socket.socket) -> None:
        with client, self._connect() as server, contextlib.suppress(OSError):
            swallow = False
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    if source is client and self._cut:
                        cut, self._cut = self._cut, ""
                        swallow = cut == "answer"
                        if not swallow:
                            return
                    if not data or (swallow and source is server and READY in data):
                        return
                    if source is client:
                        server.sendall(data)
                    elif not swallow:
                        client.sendall(data)

    def _connect(self) -> socket.socket:
        host, port = str(self._target["host"]), int(self._target.get("port") or 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server
