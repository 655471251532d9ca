"""The register as it is shown, as of an entry: bodies, seats, people, the lives of their keys."""

from __future__ import annotations

from typing import Any

from api import sentences
from api.context import Context
from api.digests import require_identifier
from api.shown.looking import cut, going_on
from ledger.errors import NotFound
from projections.views import KeyView

Shown = dict[str, Any]


def register(context: Context, at: int) -> Shown:
    """The bodies, and the keys with which the log signs its checkpoints."""
    views = context.service.views
    bodies = views.bodies(at)
    names = context.directory.bodies(one.body for one in bodies)
    return {
        "at": at,
        "bodies": [{**one._asdict(), "id": one.body, "name": names.get(one.body)} for one in bodies],
        "log_keys": [_key(key) for key in views.keys(at, None)],
    }


def people(context: Context, at: int, *, after: str, limit: int) -> Shown:
    """Everybody and everything with a key, by id, and the lives of their keys."""
    views = context.service.views
    found = views.people(at, after=after, limit=limit + 1)
    page = found[:limit]
    names = context.directory.people(page)
    keys = views.keys(at, page)
    return {
        "at": at,
        "data": [_person(one, names.get(one), [key for key in keys if key.subject == one]) for one in page],
        **going_on(page[-1] if len(found) > limit else None),
    }


def seats(context: Context, body: str, at: int, *, after: str, limit: int) -> Shown:
    """The seats of a body, by member. Raises `NotFound` where there was no such body."""
    require_identifier(body)
    if body not in {one.body for one in context.service.views.bodies(at)}:
        raise NotFound(sentences.NO_BODY, body=body, entry=at)
    found = context.service.views.seats(body, at, after=after, limit=limit + 1)
    page, onward = cut(found, limit, "member")
    names = context.directory.people(one.member for one in page)
    return {
        "body": body,
        "at": at,
        "data": [{**one._asdict(), "name": names.get(one.member)} for one in page],
        **onward,
    }


def _person(person: str, name: str | None, keys: list[KeyView]) -> Shown:
    return {"id": person, "name": name, "roles": keys[0].roles, "keys": [_key(key) for key in keys]}


def _key(key: KeyView) -> Shown:
    return key._asdict()
