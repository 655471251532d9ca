"""The one error body: problem details (RFC 9457), for errors of ours and for those that HTTP knows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from api.errors import CHALLENGE, HTTP_CODES, OUR_HTTP_ERRORS, RETRY_AFTER, meaning, status_of
from api.http_german import fault, of_http
from api.language import language
from api.observation.seen import CODE
from api.outer import request_id
from ledger.errors import LogDamaged, NotPublished, ProofError, StimmbuchError
from ledger.errors_german import GERMAN
from ledger.wall_clock import INSTANT

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"


def answer_refusal(error: StimmbuchError) -> Response:
    """The answer to an error of ours."""
    if type(error) is ProofError:
        error = _ours(error)
    status = status_of(error)
    problem = _problem(error.code, meaning(type(error)), status, error.hint)
    german: dict[str, Any] = dict(zip(("title", "hint"), GERMAN[error.code], strict=True))
    if status < 500 or isinstance(error, NotPublished):
        problem["detail"] = error.message
        german |= {"detail": detail} if (detail := error.said("de")) else {}
        problem |= {name: error.details[name] for name in ("rule", "paragraph") if name in error.details}
        problem |= {"times": times} if (times := _times(error)) else {}
        german |= {"paragraph": cited} if (cited := error.cited("de")) else {}
    else:
        # The message may name files and hosts of ours: it belongs into the log.
        log.error("%s: %s", error.code, error.message, exc_info=error.__cause__ or error)
    response = _spoken(problem, german)
    if after := next((RETRY_AFTER[kind] for kind in type(error).__mro__ if kind in RETRY_AFTER), None):
        response.headers["Retry-After"] = str(after)
    if challenge := CHALLENGE.get(type(error)):
        response.headers["WWW-Authenticate"] = challenge
    return response


def _times(error: StimmbuchError) -> dict[str, str]:
    """The instants that it tells, for programs: in `detail` they are told on the members' clocks."""
    texts = {name: value for name, value in error.details.items() if isinstance(value, str)}
    return {name: value for name, value in texts.items() if INSTANT.fullmatch(value)}


def _ours(error: ProofError) -> LogDamaged:
    """What callers send is refused otherwise, so the bytes that prove nothing are the service's own."""
    found = LogDamaged(error, check=error.check)
    found.__cause__ = error
    return found


def answer_http_error(error: HTTPException) -> Response:
    """The answer to an error that HTTP knows; keeps `Allow` and `Retry-After`."""
    status = error.code or 500
    code, hint = getattr(error, "problem", None) or HTTP_CODES.get(status, (f"http-{status}", ""))
    problem = _problem(code, HTTPStatus(status).phrase, status, hint)
    german: dict[str, Any] = dict(zip(("title", "hint"), of_http(code, status), strict=True))
    data = getattr(error, "data", None) or {}
    if messages := data.get("messages"):
        problem["errors"] = list(_locations(messages))
        german["errors"] = [one | {"detail": fault(one["detail"])} for one in problem["errors"]]
    elif status < 500 or isinstance(error, OUR_HTTP_ERRORS):
        problem["detail"] = error.description
        german["detail"] = getattr(error, "german", german["title"])
    response = _spoken(problem | getattr(error, "more", {}), german)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _problem(code: str, title: str, status: int, hint: str) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "code": code,
        "hint": hint,
        "instance": quote(request.path),
        "request_id": request_id(),
    }


def _spoken(problem: dict[str, Any], german: dict[str, Any]) -> Response:
    """The problem in the language that was asked for, with the German words beside it in any case."""
    response = _response(problem | {"german": german} | (german if (spoken := language()) == "de" else {}))
    response.headers["Content-Language"] = spoken
    response.vary.add("Accept-Language")
    return response


def _response(problem: dict[str, Any]) -> Response:
    request.environ[CODE] = problem["code"]
    response = Response(json.dumps(problem), problem["status"], content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    return response


def _locations(messages: Any) -> Iterator[dict[str, str]]:
    """The `errors` of a problem from marshmallow's messages, by location."""
    for where, found in messages.items():
        for path, detail in _flatten(found, ()):
            if where == "json":
                yield {"pointer": "#" + "".join(f"/{_escape(part)}" for part in path), "detail": detail}
            else:
                yield {"parameter": ".".join(path), "detail": detail}


def _flatten(found: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from _flatten(inner, (*path, str(name)))
    else:
        for detail in found if isinstance(found, list) else [found]:
            yield path, str(detail)


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")  # RFC 6901 §3
