"""The catalogue of errors, from the one table: where the `type` of every problem points to."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from api import http_german, sentences
from api.errors import HTTP_CODES, OUR_HTTP_ERRORS, STATUS, meaning
from api.language import language
from ledger.errors import NotFound
from ledger.errors_german import GERMAN


class KnownProblem(NamedTuple):
    """An error code, as it is explained."""

    code: str
    status: int
    meaning: str
    hint: str


def known_problems() -> list[KnownProblem]:
    """All codes, by status and name. Where HTTP and the ledger share a code, the ledger's words stand."""
    of_http = [KnownProblem(code, s, HTTPStatus(s).phrase, hint) for s, (code, hint) in HTTP_CODES.items()]
    of_http += [
        KnownProblem(kind.problem[0], kind.code or 500, meaning(kind), kind.problem[1])
        for kind in OUR_HTTP_ERRORS
    ]
    ours = [
        KnownProblem(kind.code, status, meaning(kind), kind.hint)
        for kind, status in STATUS.items()
        if kind.hint
    ]
    by_code = {problem.code: _spoken(problem) for problem in [*of_http, *ours]}
    return sorted(by_code.values(), key=lambda problem: (problem.status, problem.code))


def _spoken(problem: KnownProblem) -> KnownProblem:
    """The same in the caller's language."""
    if language() != "de":
        return problem
    meant, hint = GERMAN.get(problem.code) or http_german.CODES[problem.code]
    return problem._replace(meaning=meant, hint=hint)


def known_problem(code: str) -> KnownProblem:
    """The problem of this code. Raises `NotFound`."""
    for problem in known_problems():
        if problem.code == code:
            return problem
    raise NotFound(sentences.NO_SUCH_ERROR, code=code)
