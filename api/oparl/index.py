"""Which procedures are public, since when, and when something about them changed last.

Public is one whose result is published and that has a public item. Gathered from the few entries of the log
that can change that, votes not among them, and kept. An entry counts once the views contain it, so that an
object and its list never differ, and once a signed head of the log does, so that whoever reads can prove it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from api.wiring import Service
from ledger.proof.entry import parse_entry
from ledger.proof.statement import Statement, parse_statement, topic
from ledger.telling import makes_public, tells_everybody

PAGE = 500
CHANGING = (
    "result-determined",
    "result-announced",
    "result-published",
    "result-ratified",
    "result-suspended",
    "result-objected",
    "result-expired",
    "result-corrected",
    "result-annulled",
    "condition-met",
    "redacted",
)
"""Kinds of statements that change what is shown of a published result."""


class Public(NamedTuple):
    """A procedure that is public."""

    procedure: str
    seq: int
    """Number of the entry that made it public: the order of all lists, and their cursor."""
    created: str
    """Time of that entry, UTC."""
    modified: str
    """Time of the latest entry that changed something."""
    latest: int
    """Number of that entry."""


class Digests(NamedTuple):
    """What is told of a file's bytes."""

    size: int
    sha512: str
    """Hexadecimal."""


class Index:
    """Follows the log when it is asked. May be used by many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._after = -1
        self._public: dict[str, Public] = {}  # in the order of publication
        self._sha512: dict[str, str] = {}
        self.resolutions: dict[str, tuple[tuple[int, bytes], Digests]] = {}
        """Procedure → what its resolution was last made from, and what is told of its bytes (`files.py`)."""

    def all(self, *, after: int = -1) -> list[Public]:
        """Those that were published after entry `after`, in order."""
        with self._lock:
            self._follow()
            return [one for one in self._public.values() if one.seq > after]

    def get(self, procedure: str) -> Public | None:
        """One procedure, None if it is not public."""
        with self._lock:
            self._follow()
            return self._public.get(procedure)

    def sha512(self, sha256: str) -> str:
        """SHA-512 of a stored document, hexadecimal; read once. Raises `NotFound`."""
        if sha256 not in self._sha512:
            with self._service.ledger.open_document(sha256) as file:
                self._sha512[sha256] = hashlib.file_digest(file, "sha512").hexdigest()
        return self._sha512[sha256]

    def _follow(self) -> None:
        published = self._service.publication.published.size()
        until, topics = min(self._service.views.position(), published - 1), [topic(kind) for kind in CHANGING]
        read = self._service.store.recorder.read
        while rows := read(self._after, PAGE, until=until, topics=topics):
            for row in rows:
                entry = parse_entry(row.state)
                self._take(parse_statement(entry.envelope), entry.seq, entry.at)
            self._after = entry.seq
        self._after = max(self._after, until)

    def _take(self, statement: Statement, seq: int, at: str) -> None:
        for procedure in _concerned(statement):
            if (known := self._public.get(procedure)) is not None:
                self._public[procedure] = known._replace(modified=at, latest=seq)
            elif self._makes_public(procedure, statement):
                self._public[procedure] = Public(procedure, seq, at, at, seq)

    def _makes_public(self, procedure: str, statement: Statement) -> bool:
        if not tells_everybody(statement.kind, statement.payload):
            return False
        [opened] = self._service.store.recorder.stream(UUID(procedure), limit=1)
        opening = parse_statement(parse_entry(opened.state).envelope).payload
        return makes_public(statement.kind, statement.payload, opening)


def _concerned(statement: Statement) -> Iterator[str]:
    payload = statement.payload
    yield payload["stream"] if statement.kind == "redacted" else payload["procedure"]
