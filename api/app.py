"""The WSGI application: routes, error answers, and what every answer carries."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from api import v1
from api.context import EXTENSION, Context, Settings
from api.errors import answer_http_error, answer_refusal
from api.openapi import OpenApi, configure
from api.pages import answer_for_people, pages
from api.request_id import request_id
from api.wiring import Service
from ledger.errors import StimmbuchError

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""Unless the view says otherwise. `no-cache`: may be kept, but is asked for again before it is used."""

DEFAULTS = [(name.lower(), name, value) for name, value in HEADERS.items()]


def build(service: Service, settings: Settings | None = None) -> Flask:
    """The application for one ledger."""
    app = routes()
    app.extensions[EXTENSION] = Context(service, settings or Settings())
    return app


def routes() -> Flask:
    """The application without a ledger: what is needed to describe it."""
    app = Flask("api", static_folder=None)
    configure(app)
    # Exceptions become answers in tests too, and members keep the order of their schemas.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    provider = cast(DefaultJSONProvider, app.json)
    provider.sort_keys = provider.ensure_ascii = False
    app.after_request(_finish)
    v1.register(OpenApi(app))
    app.register_blueprint(pages)
    app.register_error_handler(StimmbuchError, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http_error)
    return app


def _finish(response: Any) -> Any:
    headers = response.headers
    # One look at the names: asking or setting them one by one costs more than the rest of a vote's answer.
    there = {name.lower() for name, _ in headers}
    for key, name, value in DEFAULTS:
        if key not in there:
            headers.add(name, value)
    headers.add("X-Request-ID", request_id())
    return response


def _answer_refusal(error: StimmbuchError) -> Response:
    return answer_for_people(answer_refusal(error))


def _answer_http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # a redirect is no error
    return answer_for_people(answer_http_error(error))
