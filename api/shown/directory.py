"""Who is m17? The names of people and bodies, as far as they are disclosed; which texts were erased, and why.

The register's entries hold digests of names only; which digest belongs to which id is gathered from
the views' history of the register and kept, the names themselves are looked up each time: an erased
one is gone at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple

from api.shown.texts import texts
from api.wiring import Service
from ledger.proof.statement import register_stream
from projections.views import HistoryRow

PAGE = 1000

_NAMED = {"key-registered": "subject", "body-registered": "body"}
"""Kind of statement → the member that a `name` belongs to."""


class Erased(NamedTuple):
    """A text or document that was redacted."""

    digest: str
    entry: int
    """Number of the entry that says so."""
    at: str
    legal_basis: str
    authority: str


class Directory:
    """Ids → names. Follows the register when it is asked; may be used by many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._after = -1
        self._digests: dict[str, dict[str, str]] = {kind: {} for kind in _NAMED}
        self._erased: dict[str, Erased] = {}

    def people(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of those people and services that have one."""
        return self._names("key-registered", ids)

    def bodies(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of those bodies that have one."""
        return self._names("body-registered", ids)

    def erased(self, digests: Iterable[str | None]) -> dict[str, Erased]:
        """Which of these texts and documents were redacted, as far as the views go."""
        with self._lock:
            self._follow()
            return {one: self._erased[one] for one in digests if one is not None and one in self._erased}

    def _names(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        with self._lock:
            self._follow()
            digests = self._digests[kind]
            wanted = {one: digests[one] for one in ids if one in digests}
            wanted = {one: digest for one, digest in wanted.items() if digest not in self._erased}
        found = texts(self._service.ledger, wanted.values())
        return {one: found[digest] for one, digest in wanted.items() if digest in found}

    def _follow(self) -> None:
        stream = str(register_stream(self._service.ledger.origin))
        while rows := self._service.views.history(stream, after=self._after, limit=PAGE):
            for row in rows:
                if row.kind == "redacted":
                    self._redact(row)
                elif "name" in row.payload:
                    self._digests[row.kind][row.payload[_NAMED[row.kind]]] = row.payload["name"]
            self._after = rows[-1].seq
            if len(rows) < PAGE:
                return

    def _redact(self, row: HistoryRow) -> None:
        payload = row.payload
        for digest in (*payload["digests"], *payload.get("documents", ())):
            self._erased[digest] = Erased(
                digest, row.seq, row.at, payload["legal_basis"], payload["authority"]
            )
