"""Which call a request is: found by the application's own addresses, so that both always mean the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from wsgiref.types import WSGIEnvironment

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.wsgi import get_path_info

from api.access.table import SOMEBODY, Who, who_may

LONGEST = 512
"""Characters of a path that is remembered."""

_HASHES = re.compile(r"checkpoint|(checkpoints|anchors|tile/[0-9]+)/[^/].*")
"""Files of the published log; everything else counts as entries."""


class Call(NamedTuple):
    """A call."""

    name: str
    """As in the table."""
    who: Who
    """Who may make it."""
    address: Mapping[str, Any]
    """The variable parts of its address."""
    rule: Rule | None
    """The route."""


NOWHERE = Call("", SOMEBODY, {}, None)


class Calls:
    """The calls of an application."""

    def __init__(self, addresses: Map) -> None:
        self._addresses = addresses.bind("localhost")
        # The same few addresses are polled over and over.
        self._remembered = lru_cache(maxsize=4096)(self._match)

    def find(self, environ: WSGIEnvironment) -> Call:
        """The call that the application will serve; `NOWHERE` where it will answer 404, 405 or a redirect."""
        return self.of(environ["REQUEST_METHOD"], get_path_info(environ))

    def of(self, method: str, path: str) -> Call:
        """The same, for those who noted a request and have it no more."""
        match = self._remembered if len(path) <= LONGEST else self._match
        return match(method, path)

    def _match(self, method: str, path: str) -> Call:
        try:
            rule, address = self._addresses.match(path, method, return_rule=True)
        except (HTTPException, RequestRedirect):
            return NOWHERE
        name = name_of(rule.endpoint, address)
        return Call(name, who_may(name), address, rule)


def name_of(endpoint: str, address: Mapping[str, object]) -> str:
    """The name of a call in the table: its function's, and another one for entries of the log."""
    name = endpoint.rpartition(".")[2]
    if name == "get_log_file" and not is_public(str(address["name"])):
        return "get_log_entries"
    return name


def is_public(name: str) -> bool:
    """Whether this file of the published log holds hashes, signatures and time stamps, and no entry."""
    return _HASHES.fullmatch(name) is not None
