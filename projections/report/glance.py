"""The first part of a report: the procedure at a glance, its entries, the head of the log; failing checks."""

from __future__ import annotations

import hashlib

from ledger.application import VotingLedger
from ledger.domain.words import basis
from ledger.export.examined import Examined
from ledger.proof.checks import INCOMPLETE, Failure
from ledger.proof.encoding import b64
from projections.model import ProcedureView
from projections.report.decided import rules_of
from projections.report.events import CONDUCT, Told, event
from projections.report.model import FORMAT, Head, Position, Report, Sentence
from projections.report.names import Names


def glance(
    ledger: VotingLedger,
    found: Examined,
    view: ProcedureView,
    names: Names,
    kind: str,
    told: Told,
) -> Report:
    """What is told at a glance; items, members and documents are missing yet."""
    opening, profile = view.opening, view.opening["profile"]
    return Report(
        format=FORMAT,
        kind=kind,
        origin=ledger.origin,
        position=Position(*found.position.place),
        head=_head(found),
        faults=faults(found.failures),
        withheld=told.withheld,
        procedure=view.id,
        title=names.text(opening.get("title")),
        source=names.text(opening.get("source")),
        body=names.body(view.body),
        chair=None if opening["chair"] is None else names.person(opening["chair"]),
        state=view.state,
        time_zone=opening["time_zone"],
        opened_at=view.opened_at,
        opens_at=view.opens_at,
        closes_at=view.closes_at,
        closed_at=view.closed_at,
        closing_entry=view.closed_seq,
        closing_reason=view.closed_for,
        determined_entry=view.determined_seq,
        replayed="replay" in opening,
        ballot=view.ballot,
        profile=profile["name"],
        legal_basis=profile["legal_basis"],
        basis=Sentence(*(basis(profile["legal_basis"], one) for one in ("de", "en"))),
        occasion=(),
        evidence_of_occasion=names.text(opening.get("trigger", {}).get("evidence")),
        opened_by=names.person(opening["actor"]),
        closed_by=None if view.closed_by is None else names.person(view.closed_by),
        closed_under=None,
        rules=rules_of(view),
        members=view.members,
        voted=view.voted,
        items=(),
        participants=(),
        attempts={},
        documents=(),
        events=tuple(
            event(one, names, told)
            for one in found.readings
            if kind == "audit" or one.statement.kind in CONDUCT
        ),
        evidence=None,
    )


def faults(failures: list[Failure]) -> int:
    """Those that mean that something is not as it should be."""
    return sum(one.check not in INCOMPLETE for one in failures)


def _head(found: Examined) -> Head | None:
    if found.head is None:
        return None
    opened, note = found.head
    names = tuple(dict.fromkeys(key.name for key in opened.signed_by))
    digest = hashlib.sha256(note).hexdigest()
    return Head(opened.checkpoint.size, b64(opened.checkpoint.root), names, note.decode(), digest)
