"""The pages for people: complete without script, and nothing in them comes from another host."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from api.context import chosen, current, ledgers
from api.pages.filters import FILTERS
from api.pages.moments import moment_asked
from api.pages.overview import first_page
from api.pages.problems import known_problem, known_problems
from api.pages.procedure import whole_procedure
from api.pages.start import all_ledgers
from api.problems import PROBLEM
from api.routes import choose_ledger
from api.shown.looking import look, require_view
from ledger import __version__

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MACHINES = ("/v1/", "/healthz", "/readyz", "/metrics")
"""Addresses whose errors stay JSON, whatever the caller accepts."""


@pages.record
def _add_filters(state: Any) -> None:
    state.app.jinja_env.filters.update(FILTERS)
    state.app.jinja_env.trim_blocks = state.app.jinja_env.lstrip_blocks = True


@pages.url_defaults
def _stay_in_ledger(endpoint: str, values: dict[str, Any]) -> None:
    """Links on a ledger's pages lead to pages of the same ledger, where its name stands in the address."""
    named = request.path.startswith("/ledgers/")
    if named and (context := chosen()) and current_app.url_map.is_endpoint_expecting(endpoint, "ledger"):
        values.setdefault("ledger", context.service.name)


pages.url_value_preprocessor(choose_ledger)


@pages.get("/")
@pages.get("/ledgers/<string:ledger>/")
def show_overview() -> Response:
    """All procedures: the live ones first, then the replayed roll calls. Of several ledgers, their names."""
    context = chosen()
    if context is None:
        return _page("ledgers.html", ledgers=all_ledgers(ledgers()))
    return _page("overview.html", **first_page(context, _number("after"), request.url_root))


@pages.get("/procedures/<uuid:procedure>")
@pages.get("/ledgers/<string:ledger>/procedures/<uuid:procedure>")
def show_procedure(procedure: UUID) -> Response:
    """One procedure: what is decided, by whom, until when, how it stands or stood, and what happened."""
    context = current()
    view = require_view(context, procedure)
    at = moment_asked(request.args.get("at", ""), view.opening["time_zone"])
    seen = look(context, procedure, {} if at is None else {"at": at})
    values = whole_procedure(context, seen, _number("after"), request.url_root, at)
    return _page("procedure.html", **values)


@pages.get("/problems")
def show_problems() -> Response:
    """Every error code, what it means and what to do next."""
    return _page("problems.html", problems=known_problems())


@pages.get("/problems/<string:code>")
def show_problem(code: str) -> Response:
    """One error code: where the `type` of a problem points to."""
    return _page("problems.html", problems=[known_problem(code)])


def answer_for_people(response: Response) -> Response:
    """The same answer as a page, where a person is likely to read it."""
    accepted = request.accept_mimetypes.best_match(["application/json", PROBLEM, "text/html"])
    if accepted != "text/html" or request.path.startswith(MACHINES):
        return response
    page = _page("failure.html", problem=response.get_json(), spoken=response.headers.get("Content-Language"))
    page.status_code = response.status_code
    for name, value in response.headers.items():
        if name not in page.headers and name != "Content-Language":  # the page around it is English
            page.headers[name] = value
    page.headers["Cache-Control"] = "no-store"
    return page


def _page(template: str, **values: Any) -> Response:
    context = chosen()
    about = ("", "") if context is None else (context.service.name, context.service.ledger.origin)
    page = make_response(
        render_template(template, ledger=about[0], origin=about[1], version=__version__, **values)
    )
    page.headers["Content-Security-Policy"] = POLICY
    return page


def _number(name: str) -> int:
    """A number in the query; anything else is read as the beginning: pages are not an interface."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
