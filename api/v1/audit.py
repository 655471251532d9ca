"""For an auditor: entries by kind, and the newest checkpoint with the signatures on it."""

from __future__ import annotations

from typing import Any

from api.context import Context, current
from api.routes import Noun
from api.schemas.answers import EntryListSchema
from api.schemas.requests import TOPICS, EntriesQuery, MomentQuery
from api.schemas.views import AuditSchema
from api.shown import present
from api.shown.looking import Answer, Query, cut, register_at, versioned
from api.shown.tallies import require_reached
from ledger.errors import NotFound
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.note import parse_note
from ledger.proof.statement import KINDS
from ledger.publish.folder import CHECKPOINT

calls = Noun("audit", "Entries by kind: keys, refused attempts, deadlines, corrections, anchors.")

FAILURES = (404, 422, 503)


@calls.get("/audit", AuditSchema(), query=MomentQuery(), errors=FAILURES, cached=True)
def get_audit(query: Query) -> Answer:
    """How many entries of each kind there are, and the newest checkpoint with its signatures."""
    context = current()
    at = register_at(context, query)
    shown = {
        "at": at,
        "entries": [one._asdict() for one in context.service.views.kinds(at)],
        "checkpoint": _checkpoint(context),
    }
    return versioned(f"audit.{at}", shown)


@calls.get("/audit/entries", EntryListSchema(), query=EntriesQuery(), errors=FAILURES, cached=True)
def list_entries(query: Query) -> Answer:
    """Entries of one kind or topic, in the order of the log; the whole log without either."""
    context = current()
    at, limit, after = register_at(context, query), query["limit"], query.get("after", -1)
    require_reached(context, after)
    found = context.service.views.of_kinds(_kinds(query), after=after, limit=limit + 1, until=at)
    page, onward = cut(found, limit, "seq")
    return versioned(f"audit.{at}", {"data": present.history(context, page), **onward})


def _kinds(query: Query) -> list[str]:
    """Both together mean what is in both."""
    wanted = set(TOPICS[query["topic"]]) if "topic" in query else set(KINDS)
    return sorted(wanted & {query["kind"]} if "kind" in query else wanted)


def _checkpoint(context: Context) -> dict[str, Any] | None:
    """As it is published; None before the first one."""
    try:
        note = parse_note(context.service.publication.folder.read(CHECKPOINT))
    except NotFound:
        return None
    found = parse_checkpoint(note.text)
    lines = [
        {"name": line.name, "key_id": line.hash.hex(), "by_log": line.name == found.origin}
        for line in note.signatures
    ]
    return {"origin": found.origin, "size": found.size, "root": b64(found.root), "signatures": lines}
