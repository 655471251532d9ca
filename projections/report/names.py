"""Names and texts of a report: digests from the entries, values from beside the log, erased ones said so."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger.application import VotingLedger
from ledger.errors import BadShape, ProofError
from ledger.mapper import Reading
from ledger.proof.statement import beside
from projections.report.model import Erasure, Named, Text

Texts = Callable[[Iterable[str]], Mapping[str, str]]
"""Digests → the disclosures that are there and are what was signed."""

_NAMED = {"key-registered": "subject", "body-registered": "body"}
_DOCUMENT = 64
"""Characters of a document's digest; a text's has fewer."""


class Names:
    """What the digests of a procedure and of the people in it mean."""

    def __init__(
        self,
        ledger: VotingLedger,
        register: Iterable[Reading],
        readings: Sequence[Reading],
        seats: Iterable[str],
        texts: Texts,
    ) -> None:
        """Of the register only the names of `seats`, of who is mentioned, and of who is more than a member.

        Erasures count as of now, whatever the position: an erased text is not told any more.
        """
        about = {*seats, *(one for reading in readings for one in _mentioned(reading.payload))}
        self._of: dict[tuple[str, str], str] = {}
        for reading in register:
            kind, payload = reading.statement.kind, reading.payload
            if kind in _NAMED and "name" in payload and _is_about(payload, payload[_NAMED[kind]], about):
                self._of[kind, payload[_NAMED[kind]]] = payload["name"]
        wanted = [*self._of.values(), *_digests(readings)]
        self._erased = ledger.erasures.of(wanted)
        told = dict.fromkeys(one for one in wanted if one not in self._erased and len(one) < _DOCUMENT)
        self._values = texts(told)
        missing = [one for one in told if one not in self._values]
        self.altered = [one for one in missing if _is_altered(ledger, one)]
        """Digests under which another text lies."""

    @property
    def looked(self) -> int:
        """How many texts were compared with their digests."""
        return len(self._values) + len(self.altered)

    def text(self, digest: str | None) -> Text | None:
        """A text by its digest; None where nothing was signed."""
        return None if digest is None else Text(digest, self._values.get(digest), self.erasure(digest))

    def texts_in(self, kind: str, payload: Mapping[str, Any]) -> Iterator[Text]:
        """The texts that a statement names."""
        for digest in beside(kind, payload):
            if len(digest) < _DOCUMENT and (found := self.text(digest)) is not None:
                yield found

    def erasure(self, digest: str) -> Erasure | None:
        """Why a text or document is gone, if it was erased."""
        found = self._erased.get(digest)
        return None if found is None else Erasure(found.seq, found.legal_basis)

    def person(self, subject: str) -> Named:
        """A person or service."""
        return Named(subject, self.text(self._of.get(("key-registered", subject))))

    def body(self, body: str) -> Named:
        """A council or committee."""
        return Named(body, self.text(self._of.get(("body-registered", body))))


def _is_about(payload: Mapping[str, Any], subject: str, about: Container[str]) -> bool:
    return subject in about or payload.get("roles", ["member"]) != ["member"]


def _mentioned(value: Any) -> Iterator[str]:
    """All texts in a payload: whoever is mentioned is among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _mentioned(inner)


def _is_altered(ledger: VotingLedger, digest: str) -> bool:
    try:
        ledger.disclosures([digest])
    except (ProofError, BadShape):
        return True
    return False


def _digests(readings: Iterable[Reading]) -> list[str]:
    return [one for reading in readings for one in beside(reading.statement.kind, reading.payload)]
