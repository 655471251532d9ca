"""The WSGI application: the routes, and how errors are answered."""

from __future__ import annotations

from typing import cast

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from api import v1
from api.context import EXTENSION, Settings
from api.errors import answer_http_error, answer_refusal
from api.fast_path import FastPath
from api.ledgers import Ledgers
from api.openapi import OpenApi, configure
from api.outer import Outer
from api.pages import answer_for_people, pages
from api.wiring import Service
from ledger.errors import StimmbuchError


def build(*services: Service, settings: Settings | None = None) -> Flask:
    """The application for these ledgers. Raises `LedgersCollide`."""
    ledgers = Ledgers(settings or Settings())
    for service in services:
        ledgers.add(service)
    return build_for(ledgers)


def build_for(ledgers: Ledgers) -> Flask:
    """The application for ledgers of which some may be opened later."""
    app = routes()
    app.extensions[EXTENSION] = ledgers
    app.wsgi_app = Outer(FastPath(app.wsgi_app, ledgers.posts))  # type: ignore[method-assign]
    return app


def routes() -> Flask:
    """The application without a ledger: what is needed to describe it."""
    app = Flask("api", static_folder=None)
    configure(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 86400  # seconds; the addresses of static files name the version
    # Exceptions become answers in tests too, and members keep the order of their schemas.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    provider = cast(DefaultJSONProvider, app.json)
    provider.sort_keys = provider.ensure_ascii = False
    v1.register(OpenApi(app))
    app.register_blueprint(pages)
    app.register_error_handler(StimmbuchError, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http_error)
    return app


def _answer_refusal(error: StimmbuchError) -> Response:
    return answer_for_people(answer_refusal(error))


def _answer_http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # a redirect is no error
    return answer_for_people(answer_http_error(error))
