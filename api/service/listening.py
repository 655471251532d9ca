"""Where the service listens: at an address of this machine, and at a port at which nobody else does.

granian lets others listen at its port, because its workers do. So a second service that is started there by
mistake would get half of the requests of the first one, and nobody would be told.
"""

from __future__ import annotations

import socket
import time

from api.service import sentences
from ledger.errors import BadSetting

PATIENCE = 5.0
"""Seconds for which a service that was killed may take to leave the port."""


def address_of(host: str) -> str:
    """The address that a name means, IPv4 before IPv6. Raises `BadSetting`."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, ValueError):  # no such name, or what cannot be one
        found = []
    if not found:
        raise BadSetting(sentences.NO_HOST, host=host)
    return str(min(found, key=lambda one: one[0] != socket.AF_INET)[4][0])


def host_and_port(address: str, port: int) -> str:
    """An address and a port as they stand in a web address."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def require_free(address: str, port: int, patience: float = PATIENCE) -> None:
    """Returns once a service can listen there, and nobody does. Raises `BadSetting`."""
    give_up = time.monotonic() + patience
    while (reason := _in_the_way(address, port)) is not None:
        if time.monotonic() >= give_up:
            raise BadSetting(sentences.CANNOT_LISTEN, place=host_and_port(address, port), reason=reason)
        time.sleep(0.1)


def _in_the_way(address: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what is left of a service is not it
            trial.bind((address, port))
    except OSError as error:
        return error.strerror or str(error)
    return None
