"""Who is served while nobody has said who may do what: programs on this machine, and nobody through them.

A browser on this machine can be led here by a foreign page under a foreign name (DNS rebinding), and a
proxy on this machine speaks for others: both are recognised by what they send, and refused.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from operator import methodcaller
from wsgiref.types import WSGIEnvironment

from api.access.sentences import credentials
from ledger.errors import AccessNotConfigured

_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_BY_PROXIES = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
# Asked of every name in the environment of every request.
_is_forwarded = methodcaller("startswith", "HTTP_X_FORWARDED")


def is_direct(environ: WSGIEnvironment) -> bool:
    """Whether a program on this machine asks, for itself and under a name of this machine."""
    return (
        is_loopback(environ.get("REMOTE_ADDR") or "")
        and _LOCAL_HOST.fullmatch(environ.get("HTTP_HOST") or "") is not None
        # What a proxy with its factory settings speaks, and no client of today.
        and environ.get("SERVER_PROTOCOL") not in {"HTTP/1.0", "HTTP/1"}
        and not any(name in environ for name in _BY_PROXIES)
        and not any(map(_is_forwarded, environ))
    )


def require_direct(environ: WSGIEnvironment) -> None:
    """Returns if `is_direct`. Raises `AccessNotConfigured`."""
    if not is_direct(environ):
        raise AccessNotConfigured(credentials.THIS_MACHINE_ONLY)


def require_loopback(host: str) -> None:
    """Returns if only this machine can reach a service that listens at `host`.

    Raises `AccessNotConfigured`.
    """
    if not (host == "localhost" or is_loopback(host)):
        raise AccessNotConfigured(credentials.NOT_AT_THIS_HOST, host=host)


@lru_cache(maxsize=256)
def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine's own. Names are not: they lead where others decide."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
