"""One request to the service, with a whole answer or an error that says whether anything was sent.

A redirect is an answer like any other and not followed: a token goes to the service alone. Over plain HTTP
it goes to this machine only.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from api.client import sentences
from ledger.errors import BadAddress, OutcomeUnknown, ProofError, Unreachable

MAX_ANSWER = 64 * 2**20
"""Bytes of an answer: a document is the largest."""

TIMEOUT = 30.0
"""Seconds for each step of a request; a read that waits for entries takes up to 25."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Token = Callable[[], str]
"""Gives the bearer token; asked for each request, so that it may be renewed in between."""


class Answer(NamedTuple):
    """What came back. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body's values. Raises `ProofError` for what is no JSON object."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ProofError(sentences.NO_JSON_OBJECT)
        return value


class Requests:
    """The way to one service. May be used by many threads: every request has a connection of its own."""

    def __init__(self, url: str, token: Token | None = None, *, timeout: float = TIMEOUT) -> None:
        """Raises `BadAddress` for an address that is none, or that would show the token to the network."""
        self._token, self._timeout = token, timeout
        try:
            found = urlsplit(url)
            self._host, self._port = found.hostname or "", found.port
        except ValueError:
            raise BadAddress(sentences.NO_ADDRESS, url=url) from None
        odd = found.query or found.fragment or found.username is not None or not url.isascii() or " " in url
        if found.scheme not in {"http", "https"} or not self._host or odd:
            raise BadAddress(sentences.ADDRESS_IS, url=url)
        self._secure, self._path = found.scheme == "https", found.path.rstrip("/")
        if token is not None and not self._secure and self._host not in LOOPBACK:
            raise BadAddress(sentences.HTTPS_ONLY)

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request. Raises `Unreachable` if nothing was sent, else `OutcomeUnknown`."""
        named = {**self._own_headers(), **(headers or {})}
        connection, sent = self._connection(), False
        try:
            connection.connect()
            sent = True
            connection.request(method, self._path + path, body, named)
            with connection.getresponse() as response:
                data = response.read(MAX_ANSWER + 1)
            if len(data) > MAX_ANSWER or response.length:
                raise OutcomeUnknown(sentences.ANSWER_LENGTH)
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, data)
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
            kind = OutcomeUnknown if sent else Unreachable
            raise kind(sentences.NO_ANSWER, host=self._host, reason=reason) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)

    def _own_headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "stimmbuch-client"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token()}"
        return headers
