"""How a call is declared: address, shapes and errors in one place, served and documented from it.

A typed front to flask-smorest, which ships no types. Two kinds of routes: ordinary ones are parsed and
dumped by their schemas; `plain` ones get the request as it is and return a response, and are documented
all the same (statements, which `ledger.proof` parses, and streams).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, TypeVar

import marshmallow as ma
from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import parse_etags

from api import sentences
from api.access.table import who_may
from api.context import choose, current
from api.errors import OtherContent, Unprocessable
from api.schemas.values import Strict
from ledger.errors import TooLarge, UnknownLedger
from ledger.proof.sentences import encodings
from ledger.proof.shapes import ID

View = TypeVar("View", bound=Callable[..., Any])
Answers = Mapping[int, ma.Schema | None]

LEDGER = {
    "name": "ledger",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "The last part of the ledger's origin.",
}

SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {}]
"""A token; none where the ledger's `access.toml` lets the public in, or on the same machine without one."""

CONDITIONAL = [
    {
        "name": "If-None-Match",
        "in": "header",
        "schema": {"type": "string"},
        "description": "ETag of an answer that the caller has: 304 if it is still the answer.",
    }
]

TAGGED = {"ETag": {"schema": {"type": "string"}}}
"""The header of an answer that may be asked for again in this way."""


class Noun:
    """A blueprint: the calls around one noun of a ledger."""

    def __init__(self, name: str, description: str, *, in_ledger: bool = True) -> None:
        prefix = "/v1/ledgers/<string:ledger>" if in_ledger else None
        self.blueprint: Any = Blueprint(name, __name__, url_prefix=prefix, description=description)
        self.parameters = [LEDGER] if in_ledger else []
        if in_ledger:
            self.blueprint.url_value_preprocessor(choose_ledger)
            self.blueprint.before_request(_refuse_repeated)
            self.blueprint.after_request(_tell_time)

    def get(
        self,
        rule: str,
        answer: ma.Schema | None,
        *,
        query: Strict | None = None,
        errors: Sequence[int] = (),
        cached: bool = False,
        parameters: Sequence[dict[str, Any]] = (),
        **documented: Any,
    ) -> Callable[[View], View]:
        """A read. `cached`: it has a strong ETag and answers If-None-Match with 304.

        Without `answer` the view makes the response itself. `documented` goes into the operation as it is.
        """

        def declare(view: View) -> View:
            served: Any = view
            if query is not None:
                served = self.blueprint.arguments(query, location="query", unknown=ma.RAISE)(served)
            for status in errors:
                served = self.blueprint.alt_response(status, HTTPStatus(status).name)(served)
            if cached:
                served = self.blueprint.alt_response(304, description="Not Modified")(served)
            served = self.blueprint.response(200, answer, headers=TAGGED if cached else None)(served)
            given = [*parameters, *(CONDITIONAL if cached else [])]
            self._serve("GET", rule, view, served, documented, given)
            return view

        return declare

    def plain(
        self,
        method: str,
        rule: str,
        answers: Answers,
        *,
        errors: Sequence[int] = (),
        body: ma.Schema | None = None,
        parameters: Sequence[dict[str, Any]] = (),
        **documented: Any,
    ) -> Callable[[View], View]:
        """A call that reads and answers by itself. `documented` goes into the operation as it is."""

        def declare(view: View) -> View:
            described: Any = view
            for status in errors:
                described = self.blueprint.alt_response(status, HTTPStatus(status).name)(described)
            for status, schema in answers.items():
                described = self.blueprint.response(status, schema)(described)
            if body is not None:
                documented["requestBody"] = _json_body(body)
            # Only the description is kept: its wrappers would cost more than the view itself.
            self._describe(view, described)
            self._serve(method, rule, view, view, documented, parameters)
            return view

        return declare

    def _serve(
        self,
        method: str,
        rule: str,
        view: View,
        served: Any,
        documented: dict[str, Any],
        parameters: Sequence[dict[str, Any]],
    ) -> None:
        who = who_may(view.__name__)
        asks = {} if who.everybody else {"security": SECURITY, "x-roles": sorted(who.roles)}
        described = self.blueprint.doc(operationId=view.__name__, **asks, **documented)(served)
        self._describe(served, described)
        self.blueprint.add_url_rule(
            rule, view.__name__, served, methods=[method], parameters=list(parameters)
        )

    @staticmethod
    def _describe(view: Any, described: Any) -> None:
        view._apidoc = described._apidoc  # noqa: SLF001 (where flask-smorest looks for it)


def unchanged(etag: str) -> Response | None:
    """The 304 answer if the caller has this version already. `etag` without its quotes."""
    if not is_held(etag, request.headers.get("If-None-Match")):
        return None
    response = Response(status=304)
    response.set_etag(etag)
    return response


def is_held(etag: str, held: str | None) -> bool:
    """Whether `held`, the value of If-None-Match, names this ETag."""
    if held is None or held == f'"{etag}"':
        return held is not None
    # Weak comparison (RFC 9110 §13.1.2): a proxy that compresses has marked our ETag as weak.
    return parse_etags(held).contains_weak(etag)


def read_body(limit: int) -> bytes:
    """The request's body. Raises 413 above `limit` bytes, mostly without reading it."""
    environ = request.environ
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()):
        return _read_unannounced(limit)
    if int(length) > limit:
        raise TooLarge(encodings.MORE_BYTES, size=length, limit=limit)
    # Werkzeug's limited stream would give the same bytes, for the price of parsing a whole envelope.
    body: bytes = environ["wsgi.input"].read(int(length))
    if len(body) != int(length):
        raise ClientDisconnected
    return body


def _read_unannounced(limit: int) -> bytes:
    """A chunked body, or none. Werkzeug's stream ends at its limit without a word: so one byte more."""
    request.max_content_length = limit + 1
    body = request.get_data(cache=False)
    if len(body) > limit:
        raise TooLarge(sentences.MORE_THAN_ALLOWED, limit=limit)
    return body


def require_json() -> None:
    """Returns if the body says that it is JSON. Raises 415."""
    environ = request.environ
    if environ.get("CONTENT_TYPE") != "application/json" and not request.is_json:
        raise OtherContent(sentences.BODY_IS_JSON)
    if environ.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise OtherContent(sentences.BODY_IS_PLAIN)


def check_body(schema: ma.Schema, body: object) -> None:
    """Returns if a parsed body has this shape. Raises 422, with a pointer to each fault."""
    errors: Any = schema.validate(body) if isinstance(body, dict) else ["an object is expected"]
    if errors:
        raise Unprocessable(errors)


def digest_parameter(name: str, pattern: str, description: str) -> list[dict[str, Any]]:
    """The documentation of a digest in the path."""
    schema = {"type": "string", "pattern": pattern}
    return [{"name": name, "in": "path", "required": True, "schema": schema, "description": description}]


def id_parameter(name: str, description: str) -> dict[str, Any]:
    """The documentation of a person's or body's id in the path."""
    schema = {"type": "string", "pattern": f"^{ID.pattern}$"}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": description}


def _json_body(schema: ma.Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def choose_ledger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Makes the request one about the ledger that its address names. Raises 404."""
    if values is not None and "ledger" in values:
        choose(values.pop("ledger"))


def _refuse_repeated() -> None:
    """Of two values of one parameter one would be ignored."""
    values = request.args
    if values and (twice := [name for name in values if len(values.getlist(name)) > 1]):
        raise Unprocessable({name: ["is there more than once"] for name in twice}, "query")


def _tell_time(response: Response) -> Response:
    """Adds the clock by which the ledger judges deadlines: not every caller's runs with ours."""
    if request.method in {"GET", "HEAD"}:
        with suppress(UnknownLedger):
            response.headers["Ledger-Time"] = current().service.ledger.clock()
    return response
