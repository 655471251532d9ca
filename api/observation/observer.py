"""Counts and logs what was asked, a few times a second and not during a request.

A busy service would write more log than ledger. So of each kind of answer only so many a second get a line of
their own; the others of the same route, ledger, status and code are told together, with their number.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from api.access.calls import Calls
from api.observation.seen import Seen, Watcher
from api.service.ledgers import Ledgers

if TYPE_CHECKING:
    from api.observation.metrics import Metrics

log = logging.getLogger("stimmbuch.requests")

OBSERVER = "stimmbuch.observer"
"""Under this name it stands in `Flask.extensions`."""

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes count together: made before one of them imports prometheus_client."""

TICK = 0.5
"""Seconds between two looks."""

ALONE, REFUSED_ALONE = 20, 100
"""Requests of a look that get a line of their own: those that went well, and those that did not."""

VOTES = "/v1/ledgers/{ledger}/statements"
"""The route of the one write."""

LIMITED = 429
"""The status of what a limit refused; its code says which one."""

NOWHERE = "nowhere"
"""The route of what has none."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "PATCH"})

_PART = re.compile(r"<(?:[^<>]*:)?([^<>]*)>")
_LEDGER = re.compile(r"(?:/v1)?/ledgers/([^/]+)")


class Kind(NamedTuple):
    """What requests are counted and told by."""

    method: str
    route: str
    ledger: str
    status: int
    code: str | None

    def told(self) -> dict[str, object]:
        """For a line of the log."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class Observer:
    """One per process."""

    def __init__(self, watcher: Watcher, metrics: Metrics, ledgers: Ledgers, calls: Calls) -> None:
        self._watcher, self.metrics, self._ledgers, self._calls = watcher, metrics, ledgers, calls
        self._stop = threading.Event()
        self._turn = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="observer", daemon=True)

    def begin(self) -> None:
        """Starts looking."""
        self._thread.start()

    def close(self) -> None:
        """Looks once more, and stops."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self.look()

    def look(self) -> None:
        """Counts and logs what was seen since the last look."""
        with self._turn:
            seen = self._watcher.seen
            found = [(self._kind(one), one) for one in (seen.popleft() for _ in range(len(seen)))]
            self._count(found)
            self._log(found)
            self.metrics.tell_own([context.service for context in self._ledgers.all()])

    def exposition(self) -> bytes:
        """All metrics, this moment's included, in Prometheus' text format."""
        self.look()
        return self.metrics.exposition(self._ledgers.all)

    def _run(self) -> None:
        while not self._stop.wait(TICK):
            try:
                self.look()
            except Exception:  # counting must not end because one request was odd
                log.exception("requests could not be counted")

    def _count(self, found: Sequence[tuple[Kind, Seen]]) -> None:
        self.metrics.count(Counter((kind.method, kind.route, kind.status) for kind, _ in found))
        self.metrics.count_limited(
            Counter((kind.ledger, kind.code or "") for kind, _ in found if kind.status == LIMITED)
        )
        for kind, one in found:
            if kind.route == VOTES and kind.status < 400:
                self.metrics.statements.observe(one.seconds)

    def _log(self, found: Sequence[tuple[Kind, Seen]]) -> None:
        left = {True: ALONE, False: REFUSED_ALONE}
        together: defaultdict[Kind, list[float]] = defaultdict(list)
        for kind, one in found:
            well = kind.status < 400
            left[well] -= 1
            if left[well] >= 0:
                told = {"request_id": one.request_id, "ms": round(one.seconds * 1000, 1)}
                log.info("request", extra={**kind.told(), **told})
            else:
                together[kind].append(one.seconds)
        for kind, seconds in together.items():
            told = {"count": len(seconds), "slowest_ms": round(max(seconds) * 1000, 1)}
            log.info("requests", extra={**kind.told(), **told})

    def _kind(self, one: Seen) -> Kind:
        method = one.method if one.method in METHODS else "other"
        return Kind(method, self._route(one), self._ledger(one.path), one.status, one.code)

    def _route(self, one: Seen) -> str:
        """The template of the address, which names nobody; matched here, so that no request pays for it."""
        rule = self._calls.of(one.method, one.path).rule
        return NOWHERE if rule is None else _template(rule.rule)

    def _ledger(self, path: str) -> str:
        """The ledger in an address, if there is one of this name: what callers make up is not told."""
        match = _LEDGER.match(path)
        return match[1] if match and match[1] in self._ledgers.contexts else ""


@cache
def _template(rule: str) -> str:
    return _PART.sub(r"{\1}", rule)
