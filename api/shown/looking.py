"""What every read of the views has in common: as of when, which version, and how to go on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request

from api import sentences
from api.access.caller import caller
from api.context import Context
from api.routes import unchanged
from api.shown.tallies import as_it_stood, entry_at
from api.shown.visibility import may_see, part_for, require_may_look_back
from ledger.errors import NotFound
from projections.moment import Moment
from projections.views import MemberView, ProcedureView, Wanted

Query = Mapping[str, Any]
Answer = Response | tuple[Mapping[str, Any], int, dict[str, str]]
One = TypeVar("One")

BLOCK = 256
"""Procedures that are read at once where some of them may be hidden from the caller."""


class Look(NamedTuple):
    """A look at a procedure as of an entry."""

    now: ProcedureView
    """As it stands: that says what is withheld, for the past as well."""
    view: ProcedureView
    """As it stood."""
    at: int
    """Number of the entry."""
    past: Moment | None
    """None where nothing has happened since."""

    @property
    def version(self) -> str:
        """The same while the answer is."""
        return f"{self.now.id}.{self.now.last_seq}.{self.at}{'.resumed' * self.view.resumed}"


def require_view(context: Context, procedure: UUID, entry: int | None = None) -> ProcedureView:
    """The procedure as it stands, as far as this caller sees it.

    Raises `NotFound`, also where this caller must not see it, or not as of `entry`.
    """
    view = context.service.views.procedure(str(procedure))
    if view is None or not may_see(context, view, caller()):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    require_may_look_back(context, view.id, entry, caller())
    return part_for(view.as_of(context.service.ledger.clock()), caller())


def look(context: Context, procedure: UUID, query: Query) -> Look:
    """The procedure as of `at` in the query, or now. Raises what `as_it_stood` and `entry_at` raise."""
    context.wait_for(query.get("wait_for"))
    entry = entry_at(context, query["at"]) if "at" in query else None
    view = require_view(context, procedure, entry)
    if entry is None or (entry >= view.last_seq and view.suspended_until is None):
        return Look(view, view, view.last_seq if entry is None else entry, None)
    if entry < view.opened_seq:
        raise NotFound(sentences.OPENED_LATER, entry=view.opened_seq)
    past = as_it_stood(context, view, entry)
    stood = past.view.as_of(query["at"]) if isinstance(query["at"], str) else past.view
    return Look(view, part_for(stood, caller()), entry, past)


def procedures_seen(context: Context, wanted: Wanted, *, after: int, limit: int) -> list[ProcedureView]:
    """The next procedures that this caller may see, in the order of opening, at most `limit` of them.

    They are picked before the list is cut: a cursor behind a hidden one would tell that it exists. What is
    not public is not even read for the public: there may be thousands of them.
    """
    grant, found = caller(), list[ProcedureView]()
    size = max(limit, BLOCK) if grant.narrow else limit
    if grant.public:
        wanted = wanted._replace(public=True)
    now = context.service.ledger.clock()
    while len(found) < limit:
        block = context.service.views.procedures(after=after, limit=size, wanted=wanted, now=now)
        found += [view for view in block if may_see(context, view, grant)]
        if len(block) < size:
            break
        after = block[-1].opened_seq
    return found[:limit]


def members_seen(
    context: Context, seen: Look, *, after: str, limit: int, voted: bool | None = None
) -> list[MemberView]:
    """Who takes part, as of the look; see `Views.members`."""
    if seen.past is None:
        return context.service.views.members(seen.view, after=after, limit=limit, voted=voted)
    wanted = (one for one in seen.past.members() if one.member > after and _is(one, voted))
    return list(islice(wanted, limit))


def voters_seen(
    context: Context, seen: Look, *, after: str, limit: int, provenance: str | None = None
) -> list[MemberView]:
    """Those of whom a vote stands, whether it counts or not, as of the look; by member id.

    With `provenance` only those whose vote came in this way.
    """
    if seen.past is not None:
        cast = (one for one in seen.past.members() if one.member > after and _came(one, provenance))
        return list(islice(cast, limit))
    views = context.service.views
    found = views.votes(seen.view.id, after=after, limit=limit, provenance=provenance)
    return views.members(seen.view, only=[vote.member for vote in found], limit=limit)


def _came(member: MemberView, provenance: str | None) -> bool:
    return member.vote is not None and provenance in {None, member.vote.provenance}


def _is(member: MemberView, voted: bool | None) -> bool:
    counts = member.vote is not None and member.vote.counts
    return voted is None or (counts if voted else not counts and member.replaced_by is None)


def register_at(context: Context, query: Query) -> int:
    """The entry as of which the register is asked about."""
    context.wait_for(query.get("wait_for"))
    return entry_at(context, query["at"]) if "at" in query else context.service.views.position()


def cut(found: Sequence[One], limit: int, cursor: str) -> tuple[Sequence[One], dict[str, Any]]:
    """A page of at most `limit`, of which one more was asked for, and how to go on after `cursor`."""
    page = found[:limit]
    following = getattr(page[-1], cursor) if len(found) > limit else None
    return page, going_on(following)


def going_on(following: int | str | None) -> dict[str, Any]:
    """`pagination` and `links` of a page after which `following` comes, or nothing."""
    onward = None if following is None else _address(after=following)
    return {"pagination": {"next": following}, "links": {"first": _address(), "next": onward}}


def _address(**more: int | str) -> str:
    """The address of this request, from another place of the list on."""
    asked = {name: value for name, value in request.args.items() if name not in {"after", "wait_for"}}
    query = urlencode({**asked, **more})
    return f"{request.path}?{query}" if query else request.path


def versioned(version: str, shown: Mapping[str, Any]) -> Answer:
    """The answer with its ETag: the version, and a fingerprint of what is in it.

    Texts come from beside the log: they arrive later and are erased without a new entry.
    """
    etag = f"{version}.{hashlib.sha256(repr(shown).encode()).hexdigest()[:8]}"
    return unchanged(etag) or (shown, 200, {"ETag": f'"{etag}"'})
