"""For an auditor: entries by kind, and the published checkpoints with the signatures on them."""

from __future__ import annotations

from api.context import current
from api.routes import Noun
from api.schemas.answers import EntryListSchema
from api.schemas.requests import CheckpointsQuery, EntriesQuery, MomentQuery
from api.schemas.views import AuditSchema, CheckpointsSchema
from api.shown import audited
from api.shown.checkpoints import checkpoints
from api.shown.looking import Answer, Query, register_at, versioned
from api.v1.failing import FAILURES

calls = Noun("audit", "Entries by kind: keys, refused attempts, deadlines, corrections, anchors.")


@calls.get("/audit", AuditSchema(), query=MomentQuery(), errors=FAILURES, cached=True)
def get_audit(query: Query) -> Answer:
    """How many entries of each kind there are, and the newest checkpoint with its signatures."""
    context = current()
    at = register_at(context, query)
    return versioned(f"audit.{at}", audited.audit(context, at))


@calls.get("/audit/checkpoints", CheckpointsSchema(), query=CheckpointsQuery(), errors=FAILURES, cached=True)
def list_checkpoints(query: Query) -> Answer:
    """Every published checkpoint, the newest first: who signed and cosigned it when, and its time stamps."""
    context = current()
    at = register_at(context, query)
    shown = checkpoints(context, at, after=query.get("after"), limit=query["limit"])
    return versioned(f"checkpoints.{at}", shown)


@calls.get("/audit/entries", EntryListSchema(), query=EntriesQuery(), errors=FAILURES, cached=True)
def list_entries(query: Query) -> Answer:
    """Entries of one kind or topic, in the order of the log; the whole log without either."""
    context = current()
    at = register_at(context, query)
    kinds, after = audited.kinds_asked(query), query.get("after", -1)
    return versioned(f"audit.{at}", audited.entries(context, kinds, at, after=after, limit=query["limit"]))
