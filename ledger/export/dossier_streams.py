"""The entries of a dossier as streams: which procedure they are, where it stands, and what they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ledger.domain.log_keys import LogKeys
from ledger.domain.procedure import Procedure
from ledger.domain.values import Place
from ledger.export.limits import limits
from ledger.export.named import documents_named, erased_by, texts_named
from ledger.export.sentences import dossiers
from ledger.export.streams import StreamsVerifier
from ledger.export.verdict import Verdict
from ledger.proof.entry import leaf_hash
from ledger.proof.seen import Seen
from ledger.proof.statement import Statement, register_stream
from ledger.rules import ReplayedRules


@dataclass
class Named:
    """What the entries name that lies beside them."""

    documents: dict[str, tuple[int, int]] = field(default_factory=dict)
    """SHA-256 (hexadecimal) → size in bytes, and number of the entry."""
    disclosures: set[str] = field(default_factory=set)
    """SHA-256 in hexadecimal."""
    erased: dict[str, int] = field(default_factory=dict)
    """SHA-256 (hexadecimal) of a document or disclosure → number of the entry that says that it is erased."""
    seen: list[Seen] = field(default_factory=list)
    """The checkpoints that signers had seen."""
    log_keys: LogKeys | None = None
    last: str = ""
    """Time of the last entry that could be read."""


class Streams:
    """Takes entries in the order of the log."""

    def __init__(self, origin: str, verdict: Verdict) -> None:
        self.named = Named()
        self._register = str(register_stream(origin))
        self._rules = ReplayedRules(origin)
        self._verifier = StreamsVerifier(origin, self._rules)
        self._verifier.failures = verdict.failures
        self._verifier.seen = self.named.seen
        verdict.looked.rules = self._rules
        self._verdict = verdict
        self._last: dict[str, int] = {}  # by stream
        self._repeats: dict[str, str] = {}

    def add(self, seq: int, data: bytes) -> None:
        """Checks an entry against those before it (1 to 5), and notes what it names."""
        self._verdict.entries += 1
        if seq == 0:
            self._verdict.genesis = leaf_hash(data)
        read = self._verdict.looked.add(self._verifier, seq, data)
        if read is not None:
            entry, statement = read
            self._last[entry.stream], self.named.last = seq, entry.at
            self._note(statement, Place(seq, entry.at, leaf_hash(data)))

    def finish(self) -> None:
        """(10.3) Which procedure this is, and where it stands."""
        procedures = self._last.keys() - {self._register}
        main = [one for one in procedures if one not in {self._repeats.get(other) for other in procedures}]
        whole = len(main) == 1 and procedures == _chain(main[0], self._repeats)
        if not whole or self._register not in self._last:
            streams = ", ".join(sorted(self._last)) or dossiers.OF_NOBODY
            self._verdict.fail("10.3", dossiers.HOLDS_STREAMS, streams=streams)
            return
        [self._verdict.procedure] = main
        self._verdict.unjudged = self._verifier.unjudged
        last, register_last = self._last[self._verdict.procedure], self._last[self._register]
        self._verdict.cannot_show = limits(self._verdict.size, last, register_last)
        procedure = self._rules.state.known(UUID(self._verdict.procedure))
        if procedure is not None and self._verdict.holds:
            self._tell(procedure)

    def _note(self, statement: Statement, place: Place) -> None:
        payload, named = statement.payload, self.named
        for sha256, size in documents_named(payload):
            named.documents.setdefault(sha256, (size, place.seq))
        named.disclosures.update(digest.hex() for digest in texts_named(statement))
        if payload.get("stream") in self._last:  # elsewhere it was not judged: it excuses nothing
            named.erased.update(dict.fromkeys(erased_by(statement), place.seq))
        if statement.kind == "ledger-created":
            named.log_keys = named.log_keys or LogKeys(payload, place)
        if statement.kind == "log-key-rotated" and named.log_keys is not None:
            named.log_keys.rotate(payload, place)
        if "repeats" in payload:
            self._repeats[payload["procedure"]] = payload["repeats"]

    def _tell(self, procedure: Procedure) -> None:
        self._verdict.state = procedure.state
        self._verdict.tally = procedure.tally()
        self._verdict.outcome = {item: procedure.outcome(item).result for item in procedure.items}


def _chain(procedure: str, repeats: Mapping[str, str]) -> set[str]:
    """A procedure, the one that it repeats, and so on."""
    found: set[str] = set()
    wanted: str | None = procedure
    while wanted is not None and wanted not in found:
        found.add(wanted)
        wanted = repeats.get(wanted)
    return found
