"""Reads: with the ETag of the answer before, from views that are new enough, page after page."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from api.client import sentences
from api.client.patience import Patience
from api.client.problems import error_of
from api.client.requests import Answer, Requests
from ledger.errors import ProofError

KEPT = 256
"""Answers that are kept for the next time; the one that was asked for longest ago goes first."""


class Reads:
    """The reads of a ledger. May be used by many threads."""

    def __init__(self, requests: Requests, patience: Patience) -> None:
        self._requests, self._patience = requests, patience
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    def values(self, path: str, **query: Any) -> Any:
        """The JSON at `path`. Unchanged since the last time: only that is asked. Raises a `StimmbuchError`.

        `wait_for` and whatever else is None is left out of the query. Do not change what is returned.
        """
        # `wait_for` changes when an answer comes, not which: it is no part of what is kept.
        named = {name: value for name, value in query.items() if value is not None}
        key = _address(path, {name: value for name, value in named.items() if name != "wait_for"})
        with self._lock:
            etag, known = self._kept.get(key, (None, None))
        answer = self._ask(_address(path, named), {} if etag is None else {"If-None-Match": etag})
        if answer.status == 304 and etag is not None:
            return known
        values = answer.json()
        if (etag := answer.headers.get("etag")) is not None:
            self._keep(key, etag, values)
        return values

    def pages(self, path: str, **query: Any) -> Iterator[Any]:
        """Every element of a list, over all its pages. Raises `ProofError` if they go in a circle."""
        after = query.pop("after", -1)
        while True:
            page = self.values(path, **query, **({"after": after} if after >= 0 else {}))
            yield from page["data"]
            following = page["pagination"]["next"]
            if following is None:
                return
            if not isinstance(following, int) or following <= after:
                raise ProofError(sentences.LIST_DOES_NOT_GO_ON)
            after = following

    def document(self, sha256: str) -> bytes:
        """The bytes of a document. Raises `ProofError` if they are not those that the digest names."""
        data = self._ask(f"/documents/{sha256}", {"Accept": "*/*"}).body
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ProofError(sentences.OTHER_DOCUMENT, sha256=sha256, check="7.1")
        return data

    def _ask(self, address: str, headers: dict[str, str]) -> Answer:
        answer = self._patience.ask(lambda: self._requests.send("GET", address, headers=headers))
        if answer.status not in {200, 304}:
            raise error_of(answer)
        return answer

    def _keep(self, key: str, etag: str, values: Any) -> None:
        with self._lock:
            self._kept[key] = etag, values
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def _address(path: str, query: dict[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
