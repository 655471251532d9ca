"""Procedures as the views show them: the list, one of them, its tally, its history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from api import present, sentences
from api.access.caller import caller
from api.answers import EntryListSchema, ProcedureListSchema, ProcedureSchema
from api.answers_result import TallySchema
from api.context import Context, current
from api.routes import Noun, unchanged
from api.schemas import Fresh, HistoryQuery, ListQuery, MomentQuery
from api.tallies import entry_at, matching, tally
from api.visibility import may_see
from ledger.errors import NotFound
from projections.views import ProcedureView

calls = Noun("procedures", "Circular resolutions (Umlaufverfahren): where they stand, and why.")

Query = Mapping[str, Any]
Answer = Response | tuple[Mapping[str, Any], int, dict[str, str]]
FAILURES = (404, 422, 503)


@calls.get("/procedures", ProcedureListSchema(), query=ListQuery(), errors=FAILURES, cached=True)
def list_procedures(query: Query) -> Answer:
    """Procedures in the order of opening."""
    context = current()
    context.wait_for(query.get("wait_for"))
    limit = query["limit"]
    position = context.service.views.position()
    found = context.service.views.procedures(
        after=query.get("after", -1), limit=limit + 1, state=query.get("state"), body=query.get("body")
    )
    page, grant = found[:limit], caller()
    shown = {
        "data": present.summaries(context, [view for view in page if may_see(context, view, grant)]),
        "pagination": {"next": page[-1].opened_seq if len(found) > limit else None},
    }
    return _versioned(f"{position}", shown)


@calls.get("/procedures/<uuid:procedure>", ProcedureSchema(), query=Fresh(), errors=FAILURES, cached=True)
def get_procedure(query: Query, procedure: UUID) -> Answer:
    """One procedure: ballot paper, documents, rule profile, deadline, participation."""
    context = current()
    context.wait_for(query.get("wait_for"))
    view = _view(context, procedure)
    return _versioned(f"{view.id}.{view.last_seq}", present.detail(context, view))


@calls.get(
    "/procedures/<uuid:procedure>/tally", TallySchema(), query=MomentQuery(), errors=FAILURES, cached=True
)
def get_tally(query: Query, procedure: UUID) -> Answer:
    """Counts, outcome and derivation, now or as of an entry or a time.

    While a procedure is open whose profile says `result_visibility: after_closing`, only participation
    is told, for the past too.
    """
    context = current()
    context.wait_for(query.get("wait_for"))
    view = _view(context, procedure)
    version, at = f"{view.id}.{view.last_seq}", query.get("at")
    if at is not None:
        entry = min(entry_at(context.service.ledger, at), context.service.views.position())
        version += f".{entry}"
    if response := unchanged(version):
        return response
    if at is not None:
        return present.tally(view, tally(context, view, entry)), 200, {"ETag": f'"{version}"'}
    view, counted = matching(context, view)
    return present.tally(view, counted), 200, {"ETag": f'"{view.id}.{view.last_seq}"'}


@calls.get(
    "/procedures/<uuid:procedure>/history",
    EntryListSchema(),
    query=HistoryQuery(),
    errors=FAILURES,
    cached=True,
)
def get_history(query: Query, procedure: UUID) -> Answer:
    """Every entry of the procedure, in order, up to now or up to `at`."""
    context = current()
    context.wait_for(query.get("wait_for"))
    view = _view(context, procedure)
    limit, at = query["limit"], query.get("at")
    until = None if at is None else entry_at(context.service.ledger, at)
    found = context.service.views.history(view.id, after=query.get("after", -1), limit=limit + 1, until=until)
    page = found[:limit]
    shown = {
        "data": present.history(context, page),
        "pagination": {"next": page[-1].seq if len(found) > limit else None},
    }
    return _versioned(f"{view.id}.{view.last_seq}", shown)


def _view(context: Context, procedure: UUID) -> ProcedureView:
    view = context.service.views.procedure(str(procedure))
    if view is None or not may_see(context, view, caller()):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    return view


def _versioned(version: str, shown: Mapping[str, Any]) -> Answer:
    """The answer with its ETag: the version, and a fingerprint of the texts in it.

    Texts come from beside the log: they arrive later and are erased without a new entry.
    """
    etag = f"{version}.{hashlib.sha256(repr(shown).encode()).hexdigest()[:8]}"
    return unchanged(etag) or (shown, 200, {"ETag": f'"{etag}"'})
