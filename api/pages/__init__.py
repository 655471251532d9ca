"""The pages for people: complete without script, and nothing in them comes from another host."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from api.context import chosen, current, ledgers
from api.language import language_asked
from api.pages.audit import checkpoints_asked, entries_asked, whole_audit
from api.pages.filters import FILTERS
from api.pages.moments import moment_asked
from api.pages.overview import first_page, wanted_of
from api.pages.page import page
from api.pages.problems import known_problem, known_problems
from api.pages.procedure import whole_procedure
from api.pages.register import seats_of, whole_register
from api.pages.start import all_ledgers
from api.pages.translation import counted, translated
from api.problems import PROBLEM
from api.routes import choose_ledger
from api.shown.looking import look, require_view

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)

MACHINES = ("/v1/", "/healthz", "/readyz", "/metrics")
"""Addresses whose errors stay JSON, whatever the caller accepts."""


@pages.record
def _add_filters(state: Any) -> None:
    env: Any = state.app.jinja_env
    env.filters.update(FILTERS)
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(translated, counted, newstyle=True)


@pages.url_defaults
def _stay_in_ledger(endpoint: str, values: dict[str, Any]) -> None:
    """Links on a ledger's pages lead to pages of the same ledger, where its name stands in the address."""
    named = request.path.startswith("/ledgers/")
    if named and (context := chosen()) and current_app.url_map.is_endpoint_expecting(endpoint, "ledger"):
        values.setdefault("ledger", context.service.name)


@pages.url_defaults
def _stay_in_language(endpoint: str, values: dict[str, Any]) -> None:
    """Links lead to pages of the language that the address names."""
    if endpoint != "pages.static" and (asked := language_asked()):
        values.setdefault("lang", asked)


pages.url_value_preprocessor(choose_ledger)


@pages.get("/")
@pages.get("/ledgers/<string:ledger>/")
def show_overview() -> Response:
    """All procedures: the live ones first, then the replayed roll calls. Of several ledgers, their names."""
    context = chosen()
    if context is None:
        return page("ledgers.html", ledgers=all_ledgers(ledgers()))
    return page(
        "overview.html", **first_page(context, _number("after"), request.url_root, wanted_of(request.args))
    )


@pages.get("/procedures/<uuid:procedure>")
@pages.get("/ledgers/<string:ledger>/procedures/<uuid:procedure>")
def show_procedure(procedure: UUID) -> Response:
    """One procedure: what is decided, by whom, until when, how it stands or stood, and what happened."""
    context = current()
    view = require_view(context, procedure)
    at = moment_asked(request.args.get("at", ""), view.opening["time_zone"])
    seen = look(context, procedure, {} if at is None else {"at": at})
    came = request.args.get("provenance")
    values = whole_procedure(context, seen, _number("after"), request.url_root, at, came)
    return page("procedure.html", **values)


@pages.get("/register")
@pages.get("/ledgers/<string:ledger>/register")
def show_register() -> Response:
    """Bodies, people and their keys, the log's own keys; now or as of any point of the log."""
    return page("register.html", **whole_register(current()))


@pages.get("/register/bodies/<string:body>")
@pages.get("/ledgers/<string:ledger>/register/bodies/<string:body>")
def show_seats(body: str) -> Response:
    """The seats of a body, now or as of any point of the log."""
    return page("seats.html", body=body, **seats_of(current(), body))


@pages.get("/audit")
@pages.get("/ledgers/<string:ledger>/audit")
def show_audit() -> Response:
    """Entries by kind, the published head and who signed it."""
    return page("audit.html", **whole_audit(current()))


@pages.get("/audit/checkpoints")
@pages.get("/ledgers/<string:ledger>/audit/checkpoints")
def show_checkpoints() -> Response:
    """Every published checkpoint, the newest first: who signed and cosigned it, and when."""
    return page("checkpoints.html", **checkpoints_asked(current(), _number("after")))


@pages.get("/audit/entries")
@pages.get("/ledgers/<string:ledger>/audit/entries")
def show_entries() -> Response:
    """Entries of one topic or kind, in the order of the log."""
    return page("entries.html", **entries_asked(current(), _number("after")))


@pages.get("/problems")
def show_problems() -> Response:
    """Every error code, what it means and what to do next."""
    return page("problems.html", problems=known_problems())


@pages.get("/problems/<string:code>")
def show_problem(code: str) -> Response:
    """One error code: where the `type` of a problem points to."""
    return page("problems.html", problems=[known_problem(code)])


def answer_for_people(response: Response) -> Response:
    """The same answer as a page, where a person is likely to read it."""
    accepted = request.accept_mimetypes.best_match(["application/json", PROBLEM, "text/html"])
    if accepted != "text/html" or request.path.startswith(MACHINES):
        return response
    told = response.headers.get("Content-Language", "en")
    made = page("failure.html", problem=response.get_json(), told=told)
    made.status_code = response.status_code
    for name, value in response.headers.items():
        if name not in made.headers:
            made.headers[name] = value
    made.headers["Cache-Control"] = "no-store"
    return made


def _number(name: str) -> int:
    """A number in the query; anything else is read as the beginning: pages are not an interface."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
