"""Makes a report: the log is examined once, and the domain that was replayed on the way answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.words.circumstances import closed_under
from ledger.errors import BadShape, ProofError
from ledger.export.examined import Examined, examine
from ledger.export.examined_beside import look_at_documents
from ledger.proof.checks import Failure
from projections import sentences, stands
from projections.model import ProcedureView
from projections.report.decided import items_of, occasion_of
from projections.report.events import Told, documents_of, handed_out
from projections.report.evidence import Audited, evidence_of
from projections.report.glance import faults, glance
from projections.report.model import KINDS, Document, Report
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
    stood, register = found.procedure, None if found.state is None else found.state.register
    if stood is None or register is None:
        raise ProofError(sentences.NOT_READABLE, check="3.1")
    with ledger.current() as state:
        now = state.procedure(procedure)
        secret = frozenset(now.referred) if keep_secret or kind != "audit" else frozenset[str]()
        told = Told(withheld(now), secret, secret if keep_secret and at is not None else frozenset())
    view = stands.procedure_view(stood).as_of(found.position.place.at)
    names = Names(ledger, found.register, found.readings, stands.seats(stood), texts)
    papers = tuple(documents_of(ledger, view.documents, names))
    _look_beside(found, ledger, names, papers)
    report = glance(ledger, found, view, names, kind, told)
    report = report._replace(documents=papers, **_decided(stood, view, names, told))
    if kind == "audit":
        more = 0 if audited is None else faults(audited.failures)
        report = report._replace(
            faults=report.faults + more, evidence=evidence_of(found, view, register, names, audited)
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


def _decided(stood: Procedure, view: ProcedureView, names: Names, told: Told) -> dict[str, Any]:
    """What was decided, by whom, on what occasion."""
    members = {one: stands.member(stood, one, seat) for one, seat in stands.seats(stood).items()}
    decided = zip(stands.tally(stood), stands.groups(stood), strict=True)
    return {
        "occasion": occasion_of(stood),
        "closed_under": closed_under(stood),
        "items": items_of(view, decided, names, told),
        "participants": participants_of(members, names, withheld=told.withheld, secret=told.secret),
        "attempts": stands.attempts(stood),
    }
