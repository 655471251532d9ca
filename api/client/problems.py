"""From problem details (RFC 9457) to an error: the class that has the problem's code in `ledger.errors`.

`details` of the error hold the whole `problem`, with `status` and `request_id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.client.requests import Answer
from ledger.errors import Erased, Invalid, NotFound, ProofError, Refused, StimmbuchError, StorageError
from ledger.sentence import Sentence, literally

_BY_STATUS: dict[int, type[StimmbuchError]] = {
    404: NotFound,
    410: Erased,
    **dict.fromkeys((400, 405, 411, 413, 414, 415, 422, 431), Invalid),
}
"""Of problems whose code is HTTP's own; every other one below 500 is `Refused`."""


def error_of(answer: Answer) -> StimmbuchError:
    """The error that an answer of status 300 or more means."""
    problem = _problem(answer)
    kind = _kinds().get(str(problem.get("code")))
    if kind is None or issubclass(kind, ProofError):  # what the service says of itself proves nothing
        kind = _by_status(answer.status)
    return kind(_sentence(problem), problem=problem)


def _sentence(problem: dict[str, Any]) -> Sentence:
    """What the service says in both languages; in English alone, if it is a proxy's page for instance."""
    beside = problem.get("german")
    english = _said(problem) or f"the service answers {problem['status']}"
    german = _said(beside if isinstance(beside, dict) else {})
    return Sentence(literally(english), literally(german or f"der Dienst antwortet {problem['status']}"))


def _said(problem: dict[str, Any]) -> str:
    return str(problem.get("detail") or _fields(problem) or problem.get("title") or "")


def _fields(problem: dict[str, Any]) -> str:
    """What is wrong with which field, where the problem says nothing else."""
    found = (
        (one.get("pointer") or one.get("parameter"), one.get("detail")) for one in problem.get("errors", ())
    )
    return "; ".join(f"{where}: {what}" for where, what in found)


def _problem(answer: Answer) -> dict[str, Any]:
    try:
        problem: dict[str, Any] = answer.json()
    except ProofError:
        problem = {}  # a proxy's page, for instance
    return {**problem, "status": answer.status}


def _by_status(status: int) -> type[StimmbuchError]:
    if status >= 500 or status < 400:
        return StorageError
    return _BY_STATUS.get(status, Refused)


def _kinds() -> dict[str, type[StimmbuchError]]:
    return {kind.code: kind for kind in _below(StimmbuchError)}


def _below(kind: type[StimmbuchError]) -> Iterator[type[StimmbuchError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
