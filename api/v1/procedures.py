"""Procedures as the views show them: the list, one of them, its tally, its history."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request

from api.access.caller import caller
from api.context import current
from api.routes import Noun, unchanged
from api.schemas.answers import EntryListSchema, ProcedureListSchema, ProcedureSchema
from api.schemas.requests import HistoryQuery, ListQuery, MomentQuery
from api.schemas.results import TallySchema
from api.shown import present
from api.shown.looking import Answer, Query, cut, look, procedures_seen, require_view, versioned
from api.shown.polled import tally_now
from api.shown.secret_ballots import secret_items
from api.shown.tallies import entry_at, require_reached, tally
from api.shown.visibility import part_for
from api.v1.failing import FAILURES, LIMITED
from projections.views import Wanted

calls = Noun("procedures", "Circular resolutions (Umlaufverfahren): where they stand, and why.")


@calls.get("/procedures", ProcedureListSchema(), query=ListQuery(), errors=FAILURES, cached=True)
def list_procedures(query: Query) -> Answer:
    """Procedures in the order of opening."""
    context = current()
    context.wait_for(query.get("wait_for"))
    after = query.get("after", -1)
    require_reached(context, after)
    position = context.service.views.position()
    wanted = Wanted(**{name: query[name] for name in Wanted._fields if name in query})
    found = procedures_seen(context, wanted, after=after, limit=query["limit"] + 1)
    page, onward = cut(found, query["limit"], "opened_seq")
    seen = [part_for(view, caller()) for view in page]
    return versioned(f"{position}", {"data": present.summaries(context, seen), **onward})


@calls.get(
    "/procedures/<uuid:procedure>", ProcedureSchema(), query=MomentQuery(), errors=LIMITED, cached=True
)
def get_procedure(query: Query, procedure: UUID) -> Answer:
    """One procedure: ballot paper, documents, rule profile, deadline, participation; now or as of a point."""
    context = current()
    seen = look(context, procedure, query)
    return versioned(seen.version, present.detail(context, seen.view, seen.now) | {"at": seen.at})


@calls.get(
    "/procedures/<uuid:procedure>/tally", TallySchema(), query=MomentQuery(), errors=LIMITED, cached=True
)
def get_tally(query: Query, procedure: UUID) -> Answer:
    """Counts, outcome and derivation, now or as of an entry or a time.

    While a procedure is open whose profile says `result_visibility: after_closing`, only participation
    is told, for the past too.
    """
    context = current()
    context.wait_for(query.get("wait_for"))
    if "at" not in query:
        status, headers, body = tally_now(context, procedure, caller(), request.headers.get("If-None-Match"))
        return Response(body, status, headers)
    entry = entry_at(context, query["at"])
    view = require_view(context, procedure, entry)
    version = f"{view.id}.{view.last_seq}.{entry}"
    if secret_items(view, caller()):
        version += ".secret"  # not the same answer as others get
    if caller().public:
        version += ".part"  # nor this
    if response := unchanged(version):
        return response
    time = query["at"] if isinstance(query["at"], str) else None
    return present.tally(view, tally(context, view, entry, time)), 200, {"ETag": f'"{version}"'}


@calls.get(
    "/procedures/<uuid:procedure>/history",
    EntryListSchema(),
    query=HistoryQuery(),
    errors=LIMITED,
    cached=True,
)
def get_history(query: Query, procedure: UUID) -> Answer:
    """Every entry of the procedure, in order, up to now or up to `at`."""
    context = current()
    context.wait_for(query.get("wait_for"))
    limit, after = query["limit"], query.get("after", -1)
    require_reached(context, after)
    until = entry_at(context, query["at"]) if "at" in query else None
    view = require_view(context, procedure)
    found = context.service.views.history(view.id, after=after, limit=limit + 1, until=until)
    page, onward = cut(found, limit, "seq")
    return versioned(
        f"{view.id}.{view.last_seq}", {"data": present.history(context, page, caller()), **onward}
    )
