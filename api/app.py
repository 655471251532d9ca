"""The WSGI application: the routes, and how errors are answered."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any, cast
from wsgiref.types import WSGIApplication, WSGIEnvironment

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from api import v1
from api.access.calls import Calls
from api.access.layer import Layer
from api.context import EXTENSION, Settings, chosen
from api.cors import CrossOrigin
from api.fast_path import FastPath
from api.limits.bodies import Bodies
from api.limits.buckets import Buckets
from api.limits.limiter import Limiter
from api.observation.observer import OBSERVER, Observer
from api.observation.seen import Watcher
from api.openapi import OpenApi, configure
from api.outer import Outer, request_id
from api.pages import answer_for_people, pages
from api.problems import answer_http_error, answer_refusal
from api.service.ledgers import Ledgers
from api.wiring import Service
from ledger.errors import StimmbuchError

log = logging.getLogger(__name__)


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
    short = FastPath(app.wsgi_app, ledgers.contexts)
    settings = ledgers.settings
    if settings.procedure_rate:
        app.before_request(_spend_look)
    calls = Calls(app.url_map)
    received = Bodies(short, settings.bodies)
    inner: WSGIApplication = Layer(received, calls, ledgers, partial(_answer_denial, app))
    if settings.rate:
        inner = Limiter(inner, _buckets(settings), settings.proxies, partial(_answer_outside, app))
    # Outside of the limit: a page of a portal must be able to read that it asks too often.
    watcher = Watcher(Outer(CrossOrigin(inner, settings.origins)))
    app.wsgi_app = watcher  # type: ignore[method-assign]
    # Not earlier: whether processes count together is decided when prometheus_client is imported.
    from api.observation.metrics import Metrics  # noqa: PLC0415

    app.extensions[OBSERVER] = Observer(watcher, Metrics(), ledgers, calls)
    return app


def _spend_look() -> None:
    """The address of a page need not name the ledger: so it is asked which one was chosen."""
    if (context := chosen()) is not None:
        context.allowances.spend_look(context.service.name)


def _buckets(settings: Settings) -> Buckets:
    file = settings.together and settings.together / "asked"
    return Buckets(settings.rate, settings.burst, time.monotonic, file)


def routes() -> Flask:
    """The application without a ledger: what is needed to describe it."""
    app = Flask("api", static_folder=None)
    # An address that is none is answered as every other one, and not sent elsewhere with HTML.
    app.url_map.merge_slashes = False
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
    app.log_exception = _log_fault  # type: ignore[method-assign, assignment]
    return app


def _answer_denial(app: Flask, environ: WSGIEnvironment, error: StimmbuchError) -> Response:
    """For what is answered before Flask is asked."""
    with app.request_context(environ):
        return _answer_refusal(error)


def _answer_outside(app: Flask, environ: WSGIEnvironment, error: HTTPException) -> Response:
    """For what is answered before Flask is asked."""
    with app.request_context(environ):
        return _answer_http_error(error)


def _log_fault(fault: Any) -> None:
    """Flask's own would name the path, and with it people."""
    route = None if request.url_rule is None else request.url_rule.rule
    log.error("a fault of ours", exc_info=fault, extra={"route": route, "request_id": request_id()})


def _answer_refusal(error: StimmbuchError) -> Response:
    return answer_for_people(answer_refusal(error))


def _answer_http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # a redirect is no error
    return answer_for_people(answer_http_error(error))
