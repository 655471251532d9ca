"""In which procedures a document lies: what a member may fetch follows from that.

Gathered from the openings and attachments in the log, the first time that somebody asks who may not read
everything, and kept; a document that is erased stays known, and is answered as erased.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID

from api.wiring import Service
from ledger.proof.entry import parse_entry
from ledger.proof.statement import parse_statement, topic

PAGE = 500
NAMING = ("procedure-opened", "document-attached")
"""Kinds of statements that name documents."""


class Papers:
    """Follows the log when it is asked. May be used by many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._after = -1
        self._procedures: dict[bytes, list[UUID]] = {}

    def procedures(self, sha256: str) -> list[str]:
        """Ids of the procedures on whose ballot papers a document stands, by its digest."""
        with self._lock:
            self._follow()
            return [str(one) for one in self._procedures.get(bytes.fromhex(sha256), ())]

    def _follow(self) -> None:
        until, topics = self._service.ledger.head(), [topic(kind) for kind in NAMING]
        read = self._service.store.recorder.read
        while rows := read(self._after, PAGE, until=until, topics=topics):
            for row in rows:
                for sha256 in _documents(row.state):
                    self._procedures.setdefault(bytes.fromhex(sha256), []).append(row.stream)
            self._after = rows[-1].seq
        self._after = max(self._after, until)


def _documents(state: bytes) -> Iterator[str]:
    payload = parse_statement(parse_entry(state).envelope).payload
    named = [payload["document"]] if "document" in payload else payload["documents"]
    yield from dict.fromkeys(one["sha256"] for one in named)
