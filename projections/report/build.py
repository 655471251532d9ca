"""Makes a report: the log is examined once, and the domain that was replayed on the way answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.words import basis
from ledger.domain.words.circumstances import closed_under
from ledger.errors import BadShape, ProofError
from ledger.export.examined import Examined, examine
from ledger.export.examined_beside import look_at_documents
from ledger.proof.checks import INCOMPLETE, Failure
from ledger.proof.encoding import b64
from projections import sentences
from projections.report.decided import items_of, occasion_of, rules_of
from projections.report.events import CONDUCT, Told, documents_of, event, handed_out
from projections.report.evidence import Audited, evidence_of
from projections.report.model import FORMAT, KINDS, Document, Head, Position, Report, Sentence
from projections.report.names import Names, Texts
from projections.report.people import participants_of
from projections.report.resolution import resolution_of

if TYPE_CHECKING:
    from ledger.storage.recorder import Row

Withheld = Callable[[Procedure], bool]
"""Whether counts and single votes of a procedure, as it stands now, must not be told."""


class Source:
    """A report, and the entries of the procedure that lie behind it, as they are hashed."""

    def __init__(self, report: Report, rows: list[Row]) -> None:
        self.report = report
        self.entries = b"".join(row.state + b"\n" for row in rows)
        """JSON Lines. Without the entries that hold what is withheld; none where nobody may be named."""


def build(
    ledger: VotingLedger,
    procedure: UUID,
    *,
    kind: str,
    texts: Texts,
    withheld: Withheld,
    at: int | None = None,
    audited: Audited | None = None,
    keep_secret: bool = False,
) -> Source:
    """The report of a procedure after entry `at` (default: its latest one).

    `keep_secret`: no single vote is told on items that go to a meeting because a secret ballot was demanded,
    nor the counts there as of `at`; an extract tells no such vote anyway, and a resolution no vote at all.
    An audit report may tell an audit of the whole log besides: `audited`. Same ledger, same position: same
    values, whenever and wherever it is made; but for texts that were erased since. Raises `NotFound`,
    `BadShape` for an unknown kind, `ProofError` where nothing can be told, or a `StorageError`.
    """
    if kind not in KINDS:
        raise BadShape(sentences.KINDS_OF_REPORTS, kinds=", ".join(KINDS), kind=kind)
    found = examine(ledger.store, ledger.origin, procedure, at)
    stands, register = found.procedure, None if found.state is None else found.state.register
    if stands is None or register is None:
        raise ProofError(sentences.NOT_READABLE, check="3.1")
    with ledger.current() as state:
        now = state.procedure(procedure)
        secret = frozenset(now.referred) if keep_secret or kind != "audit" else frozenset[str]()
        told = Told(withheld(now), secret, secret if keep_secret and at is not None else frozenset())
    names = Names(ledger, found.register, found.readings, stands.electorate.seats, texts)
    documents = tuple(documents_of(ledger, found, names))
    _look_beside(found, ledger, names, documents)
    report = _report(ledger, found, stands, names, kind, told)._replace(documents=documents)
    if kind == "audit":
        more = 0 if audited is None else _faults(audited.failures)
        report = report._replace(
            faults=report.faults + more, evidence=evidence_of(found, stands, register, names, audited)
        )
    if kind == "resolution":
        return Source(resolution_of(report), [])
    return Source(report, list(handed_out(found, told)))


def _look_beside(
    found: Examined, ledger: VotingLedger, names: Names, documents: tuple[Document, ...]
) -> None:
    """(7) Texts were compared when they were read; documents are now."""
    found.made["7.3"] = names.looked
    found.failures += [Failure.of("7.3", None, sentences.TEXT_CHANGED, digest=one) for one in names.altered]
    erased = frozenset(one.sha256 for one in documents if one.erased)
    made, failures = look_at_documents(ledger.store, [one.sha256 for one in documents], erased)
    found.made.update(made)
    found.failures += failures


def _report(
    ledger: VotingLedger, found: Examined, stands: Procedure, names: Names, kind: str, told: Told
) -> Report:
    opening, closing, determined = stands.opening, stands.closed, stands.life.determined_at
    seq, at, leaf = found.position.place
    return Report(
        format=FORMAT,
        kind=kind,
        origin=ledger.origin,
        position=Position(seq, at, leaf),
        head=_head(found),
        faults=_faults(found.failures),
        withheld=told.withheld,
        procedure=opening["procedure"],
        title=names.text(opening.get("title")),
        source=names.text(opening.get("source")),
        body=names.body(opening["body"]),
        chair=None if opening["chair"] is None else names.person(opening["chair"]),
        state=stands.state,
        time_zone=opening["time_zone"],
        opened_at=stands.opened.at,
        opens_at=opening["opens_at"],
        closes_at=stands.closes_at,
        closed_at=None if closing is None else closing.at,
        closing_entry=None if closing is None else closing.seq,
        closing_reason=None if stands.closing is None else stands.closing["reason"],
        determined_entry=None if determined is None else determined.seq,
        replayed="replay" in opening,
        ballot=stands.box.ballot,
        profile=stands.profile.name,
        legal_basis=stands.profile.legal_basis,
        basis=Sentence(*(basis(stands.profile.legal_basis, one) for one in ("de", "en"))),
        occasion=occasion_of(stands),
        evidence_of_occasion=names.text(opening.get("trigger", {}).get("evidence")),
        opened_by=names.person(opening["actor"]),
        closed_by=None if stands.closing is None else names.person(stands.closing["actor"]),
        closed_under=closed_under(stands),
        rules=rules_of(stands),
        members=len(stands.electorate.seats),
        voted=stands.box.voters,
        items=items_of(stands, names, withheld=told.withheld, secret=told.uncounted),
        participants=participants_of(stands, names, withheld=told.withheld, secret=told.secret),
        attempts=dict(sorted(stands.conduct.attempts.items())),
        documents=(),
        events=tuple(
            event(one, names, told)
            for one in found.readings
            if kind == "audit" or one.statement.kind in CONDUCT
        ),
        evidence=None,
    )


def _faults(failures: list[Failure]) -> int:
    """Those that mean that something is not as it should be."""
    return sum(one.check not in INCOMPLETE for one in failures)


def _head(found: Examined) -> Head | None:
    if found.head is None:
        return None
    opened, note = found.head
    names = tuple(dict.fromkeys(key.name for key in opened.signed_by))
    digest = hashlib.sha256(note).hexdigest()
    return Head(opened.checkpoint.size, b64(opened.checkpoint.root), names, note.decode(), digest)
