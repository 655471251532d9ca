"""What the pages for an auditor show: the same as the calls."""

from __future__ import annotations

from typing import Any

from flask import request

from api.context import Context
from api.errors import Unprocessable
from api.pages.happened import happened, mentioned
from api.pages.moments import register_asked, time_zone
from api.pages.sentences import SENTENCES
from api.pages.speech import Speech
from api.pages.translation import marked, translated
from api.schemas.requests import TOPICS
from api.shown import audited, present
from api.shown.checkpoints import checkpoints

ENTRIES = 200
"""Entries on one page."""

CHECKPOINTS = 50
"""Checkpoints on one page."""

TITLES = {
    "keys": marked("Keys"),
    "seats": marked("Seats and substitutes"),
    "refused": marked("Refused attempts"),
    "deadlines": marked("Receipts and extensions"),
    "corrections": marked("Corrections and withdrawals"),
    "anchors": marked("Time stamps"),
    "redactions": marked("Erased texts and documents"),
}
"""Topic → what the list of its entries is called."""


def whole_audit(context: Context) -> dict[str, Any]:
    """Entries by kind, the published head with its signatures, and what the last verification found."""
    zone = time_zone(context)
    asked = register_asked(context, zone)
    found = audited.audit(context, asked["at"])
    count = {one["kind"]: one["entries"] for one in found["entries"]}
    topics = [
        (topic, title, sum(count.get(kind, 0) for kind in TOPICS[topic])) for topic, title in TITLES.items()
    ]
    return {
        **asked,
        **found,
        "say": Speech(zone),
        "zone": zone,
        "topics": topics,
        "total": sum(count.values()),
        "verification": context.service.last_verification(),
    }


def entries_asked(context: Context, after: int) -> dict[str, Any]:
    """A page of the entries of one topic or kind. Raises `Unprocessable` for another one."""
    zone = time_zone(context)
    asked, query = register_asked(context, zone), _asked()
    found = audited.entries(context, audited.kinds_asked(query), asked["at"], after=after, limit=ENTRIES)
    return {
        **asked,
        "say": Speech(zone),
        "zone": zone,
        "title": TITLES.get(query.get("topic", "")),
        "kind": query.get("kind"),
        "entries": _told(context, found["data"], Speech(zone)),
        "onward": found["links"]["next"],
        "first": after < 0,
    }


def checkpoints_asked(context: Context, after: int) -> dict[str, Any]:
    """A page of the published checkpoints."""
    zone = time_zone(context)
    asked = register_asked(context, zone)
    found = checkpoints(context, asked["at"], after=after if after >= 0 else None, limit=CHECKPOINTS)
    return {
        **asked,
        "say": Speech(zone),
        "zone": zone,
        "data": found["data"],
        "onward": found["links"]["next"],
        "first": after < 0,
    }


def _asked() -> dict[str, str]:
    """`topic` and `kind` in the address, as far as there are such."""
    known = {"topic": TITLES, "kind": SENTENCES}
    query = {name: request.args[name] for name in known if name in request.args}
    if wrong := {
        name: ["there is no such list"] for name, value in query.items() if value not in known[name]
    }:
        raise Unprocessable(wrong, "query")
    return query


def _told(context: Context, found: list[dict[str, Any]], say: Speech) -> list[dict[str, Any]]:
    """Each with its sentence, and the title of the procedure to which it belongs."""
    names = context.directory.people({one for row in found for one in mentioned(row["payload"])})
    views = (context.service.views.procedure(one) for one in {row["stream"] for row in found})
    procedures = present.summaries(context, [view for view in views if view is not None])
    titles = {one["id"]: one["title"] or translated("Untitled procedure") for one in procedures}
    return [
        {**row, "happened": happened(row, {}, names, {}, say), "procedure": titles.get(row["stream"])}
        for row in found
    ]
