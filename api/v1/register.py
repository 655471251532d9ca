"""The register as of any entry: bodies, seats, people and their keys."""

from __future__ import annotations

from typing import Any

from api import sentences
from api.context import current
from api.digests import require_identifier
from api.routes import Noun, id_parameter
from api.schemas.requests import MomentQuery, NamesQuery
from api.schemas.views import PeopleSchema, RegisterSchema, SeatsSchema
from api.shown.looking import Answer, Query, cut, going_on, register_at, versioned
from ledger.errors import NotFound
from projections.views import KeyView

calls = Noun("register", "Bodies, seats, people and their keys, as of any entry.")

FAILURES = (404, 422, 503)


@calls.get("/register", RegisterSchema(), query=MomentQuery(), errors=FAILURES, cached=True)
def get_register(query: Query) -> Answer:
    """The bodies, and the keys with which the log signs its checkpoints."""
    context = current()
    at, views = register_at(context, query), context.service.views
    bodies = views.bodies(at)
    names = context.directory.bodies(one.body for one in bodies)
    shown = {
        "at": at,
        "bodies": [{**one._asdict(), "id": one.body, "name": names.get(one.body)} for one in bodies],
        "log_keys": [_key(key) for key in views.keys(at, None)],
    }
    return versioned(f"register.{at}", shown)


@calls.get("/register/people", PeopleSchema(), query=NamesQuery(), errors=FAILURES, cached=True)
def list_people(query: Query) -> Answer:
    """Everybody and everything with a key, by id, and the lives of their keys."""
    context = current()
    at, limit = register_at(context, query), query["limit"]
    found = context.service.views.people(at, after=query.get("after", ""), limit=limit + 1)
    page = found[:limit]
    names = context.directory.people(page)
    keys = context.service.views.keys(at, page)
    shown = {
        "at": at,
        "data": [_person(one, names.get(one), [key for key in keys if key.subject == one]) for one in page],
        **going_on(page[-1] if len(found) > limit else None),
    }
    return versioned(f"register.{at}", shown)


@calls.get(
    "/register/bodies/<string:body>/seats",
    SeatsSchema(),
    query=NamesQuery(),
    errors=(400, *FAILURES),
    cached=True,
    parameters=[id_parameter("body", "Of a body in the register.")],
)
def list_seats(query: Query, body: str) -> Answer:
    """The seats of a body, by member: the electorate of a procedure that is opened then."""
    context = current()
    at, limit = register_at(context, query), query["limit"]
    require_identifier(body)
    if body not in {one.body for one in context.service.views.bodies(at)}:
        raise NotFound(sentences.NO_BODY, body=body, entry=at)
    found = context.service.views.seats(body, at, after=query.get("after", ""), limit=limit + 1)
    page, onward = cut(found, limit, "member")
    names = context.directory.people(one.member for one in page)
    data = [{**one._asdict(), "name": names.get(one.member)} for one in page]
    return versioned(f"register.{at}", {"body": body, "at": at, "data": data, **onward})


def _person(person: str, name: str | None, keys: list[KeyView]) -> dict[str, Any]:
    return {"id": person, "name": name, "roles": keys[0].roles, "keys": [_key(key) for key in keys]}


def _key(key: KeyView) -> dict[str, Any]:
    return key._asdict()
