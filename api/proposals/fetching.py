"""Pages of an OParl server: from one origin, at a public address, within limits, redirects not followed.

The server is somebody else's, and so is everything that it says: a link to another host, or to a machine of
our own network, is refused and not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from contextlib import closing
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from api.proposals import sentences
from api.proposals.time_limit import SILENCE, TimeLimit
from ledger.errors import BadAddress, BadShape, TooLarge, Unreachable

MAX_PAGE = 16 * 2**20
"""Bytes of one answer."""
MAX_TOTAL = 512 * 2**20
"""Bytes of all answers together."""
MAX_PAGES = 20_000
MINUTES = 60
"""In which all of them are read, unless something else is said."""


class Origin(NamedTuple):
    """What must be the same in every link."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """Raises `BadAddress` for what is no web address."""
        try:
            found: SplitResult = urlsplit(url)
            port = found.port or (443 if found.scheme == "https" else 80)
        except ValueError:
            raise BadAddress(sentences.NO_ADDRESS, url=url[:200]) from None
        good = found.scheme in {"http", "https"} and found.hostname and found.username is None
        if not good or not url.isascii() or any(c <= " " for c in url):
            raise BadAddress(sentences.ADDRESS_IS, url=url[:200])
        return cls(found.scheme, found.hostname or "", port)


class Server:
    """One OParl server. For one thread."""

    def __init__(
        self,
        url: str,
        *,
        authorization: str | None = None,
        private: bool = False,
        seconds: float = MINUTES * 60.0,
    ) -> None:
        """`private`: whether the server may stand in our own network; `seconds`: for all pages, from now on.

        Raises `BadAddress` or `Unreachable`.
        """
        self.url, self._origin = url, Origin.of(url)
        if authorization and self._origin.scheme != "https" and not private:
            raise BadAddress(sentences.HTTPS_ONLY)
        self._authorization = authorization
        self._address = _resolve(self._origin, private=private)  # once: a name may mean another machine later
        self._limit = TimeLimit(seconds)
        self._seen: set[str] = set()
        self._total = 0

    def page(self, url: str) -> bytes:
        """What is at `url`, which may be relative.

        Raises `BadAddress`, `BadShape`, `TooLarge` or `Unreachable`.
        """
        url = join(self.url, url)
        if Origin.of(url) != self._origin:
            raise BadAddress(sentences.OTHER_SERVER, url=url[:200])
        if url in self._seen:
            raise BadShape(sentences.CIRCLE, url=url[:200])
        if len(self._seen) >= MAX_PAGES:
            raise TooLarge(sentences.TOO_MANY_PAGES, limit=MAX_PAGES)
        self._seen.add(url)
        data = self._get(url)
        self._total += len(data)
        if self._total > MAX_TOTAL:
            raise TooLarge(sentences.TOO_MUCH, limit=MAX_TOTAL)
        return data

    def _get(self, url: str) -> bytes:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "application/json", "User-Agent": "stimmbuch"}
        if self._authorization:
            headers["Authorization"] = self._authorization
        with closing(self._connection()) as connection:
            try:
                with self._limit.cuts(connection.sock):
                    connection.request("GET", path, headers=headers)
                    with connection.getresponse() as answer:
                        data = answer.read(MAX_PAGE + 1)
            except (OSError, http.client.HTTPException) as error:
                raise Unreachable(sentences.NO_ANSWER, url=url[:200], error=type(error).__name__) from None
        if answer.status != 200:
            raise Unreachable(sentences.ANSWERS, url=url[:200], status=answer.status)
        if len(data) > MAX_PAGE:
            raise TooLarge(sentences.PAGE_TOO_LARGE, url=url[:200], limit=MAX_PAGE)
        if answer.length:
            raise Unreachable(sentences.ENDS_TOO_EARLY, url=url[:200])
        return data

    def _connection(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(self._origin.host, self._origin.port)
        try:
            connection.sock = self._socket()
        except OSError as error:
            raise Unreachable(
                sentences.NOT_REACHED, host=self._origin.host, error=type(error).__name__
            ) from None
        return connection

    def _socket(self) -> socket.socket:
        place = self._address, self._origin.port
        plain = socket.create_connection(place, min(SILENCE, self._limit.left()))
        plain.settimeout(SILENCE)
        if self._origin.scheme != "https":
            return plain
        secure = ssl.create_default_context().wrap_socket(
            plain, server_hostname=self._origin.host, do_handshake_on_connect=False
        )
        try:
            with self._limit.cuts(secure):
                secure.do_handshake()
        except BaseException:
            secure.close()
            raise
        return secure


def join(base: str, url: str) -> str:
    """The whole address of a link. Raises `BadAddress`."""
    try:
        return urljoin(base, url)
    except ValueError:
        raise BadAddress(sentences.NO_ADDRESS, url=url[:200]) from None


def _resolve(origin: Origin, *, private: bool) -> str:
    try:
        found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(sentences.HOST_UNKNOWN, host=origin.host, error=error) from None
    addresses = [str(one[4][0]) for one in found]
    if not private and (inside := _inside(addresses)):
        raise BadAddress(sentences.PRIVATE_ADDRESS, host=origin.host, address=inside)
    return addresses[0]


def _inside(addresses: Iterable[str]) -> str | None:
    """An address that is not public, if there is one."""
    return next((one for one in addresses if not ipaddress.ip_address(one.split("%")[0]).is_global), None)
