"""The layer that answers 429 to whoever asks too often, before anything else is done for them.

By address, and not by token: tokens can be made up. Off unless configured: behind one address may sit a whole
council. There is no limit of a procedure: it would be a lever with which one sender silences all the others.
What one client may do with one procedure is limited in `api.limits.allowances`.
What a flood leaves in the log is limited elsewhere (`ledger.attempts`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, IPv6Network
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

from api.access.local import is_loopback
from api.errors import TooOften
from api.limits.buckets import Buckets

FREE = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that are never limited: who looks after the service must see it when it is busy."""

Answer = Callable[[WSGIEnvironment, TooOften], Response]


class Limiter:
    """In front of the application `inner`."""

    def __init__(self, inner: WSGIApplication, buckets: Buckets, proxies: int, answer: Answer) -> None:
        """`buckets`: how often one address may ask; `proxies`: how many of ours stand in front."""
        self._inner, self._buckets, self._proxies, self._answer = inner, buckets, proxies, answer

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        caller = None if environ["PATH_INFO"] in FREE else caller_of(environ, self._proxies)
        if caller is None or not (wait := self._buckets.take(caller)):
            return self._inner(environ, start_response)
        refusal = TooOften(math.ceil(wait))
        return self._answer(environ, refusal)(environ, start_response)


def caller_of(environ: WSGIEnvironment, proxies: int) -> str | None:
    """The address that a request comes from, IPv6 without its host part; None if that cannot be known.

    Each of our proxies adds an address to `X-Forwarded-For`; what stands further left is the caller's word.
    What has fewer of them came past our proxies, from the peer. Where a proxy on this machine forwards that
    nobody told us of, its address would stand for everybody.
    """
    forwarded, peer = environ.get("HTTP_X_FORWARDED_FOR"), environ.get("REMOTE_ADDR", "")
    if not proxies:
        return None if forwarded and is_loopback(peer) else _network(peer)
    added = [part.strip() for part in (forwarded or "").split(",")]
    return (_network(added[-proxies]) if len(added) >= proxies else None) or _network(peer)


def _network(text: str) -> str | None:
    host = _without_port(text)
    if ":" not in host:
        return host or None
    try:
        address = IPv6Address(host)
        # Written so by a socket for both families; their 64 bits would be all of IPv4.
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    except ValueError:
        return None


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
