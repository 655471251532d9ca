"""The register as of any entry: bodies, seats, people and their keys."""

from __future__ import annotations

from api.context import current
from api.routes import Noun, id_parameter
from api.schemas.requests import MomentQuery, NamesQuery
from api.schemas.views import PeopleSchema, RegisterSchema, SeatsSchema
from api.shown import registered
from api.shown.looking import Answer, Query, register_at, versioned
from api.v1.failing import FAILURES

calls = Noun("register", "Bodies, seats, people and their keys, as of any entry.")


@calls.get("/register", RegisterSchema(), query=MomentQuery(), errors=FAILURES, cached=True)
def get_register(query: Query) -> Answer:
    """The bodies, and the keys with which the log signs its checkpoints."""
    context = current()
    at = register_at(context, query)
    return versioned(f"register.{at}", registered.register(context, at))


@calls.get("/register/people", PeopleSchema(), query=NamesQuery(), errors=FAILURES, cached=True)
def list_people(query: Query) -> Answer:
    """Everybody and everything with a key, by id, and the lives of their keys."""
    context = current()
    at = register_at(context, query)
    page = registered.people(context, at, after=query.get("after", ""), limit=query["limit"])
    return versioned(f"register.{at}", page)


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
    at = register_at(context, query)
    page = registered.seats(context, body, at, after=query.get("after", ""), limit=query["limit"])
    return versioned(f"register.{at}", page)
