"""What is measured, for Prometheus: counted over all processes where they share a directory, read when asked.

Labels are routes, statuses, methods, ledgers and codes of errors: there is a bounded number of each, and none
comes from what a caller sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from api.context import Context
from api.observation.observer import DIRECTORY
from api.observation.probe import all_results
from api.observation.standing import DISRUPTED, Standing
from api.wiring import Service
from ledger import settings

SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
STATEMENTS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)


class Metrics:
    """Of one process."""

    def __init__(self) -> None:
        """The processes count together where `PROMETHEUS_MULTIPROC_DIR` names a directory of theirs."""
        self._shared = settings.variable(DIRECTORY)
        if self._shared is not None:
            _forget_the_dead(Path(self._shared))
        self._registry = own = CollectorRegistry()
        self._requests = Counter(
            "stimmbuch_requests", "Answered requests.", ("method", "route", "status"), registry=own
        )
        self._limited = Counter(
            "stimmbuch_limited", "Requests answered with 429, by limit.", ("ledger", "code"), registry=own
        )
        self.statements = Histogram(
            "stimmbuch_statement_seconds",
            "From a statement's arrival to its receipt.",
            buckets=SECONDS,
            registry=own,
        )
        self.batches = Histogram(
            "stimmbuch_batch_statements", "Statements in one transaction.", buckets=STATEMENTS, registry=own
        )
        self.waiting = Gauge(
            "stimmbuch_batches_waiting",
            "Batches that are stored and wait for a checkpoint.",
            registry=own,
            multiprocess_mode="livesum",
        )
        self._scheduling = Gauge(
            "stimmbuch_scheduler_well",
            "Whether every process closes what is due.",
            ("ledger",),
            registry=own,
            multiprocess_mode="livemin",
        )

    def count(self, asked: Mapping[tuple[str, str, int], int]) -> None:
        """Counts answered requests: method, route and status → how many. One touch for each kind of them."""
        for (method, route, status), count in asked.items():
            self._requests.labels(method, route, str(status)).inc(count)

    def count_limited(self, limited: Mapping[tuple[str, str], int]) -> None:
        """Counts requests that a limit refused: ledger and code → how many."""
        for (ledger, code), count in limited.items():
            self._limited.labels(ledger, code).inc(count)

    def tell_own(self, services: Sequence[Service]) -> None:
        """What a process knows of itself alone: who asks any of them is told of all."""
        self.waiting.set(sum(service.publication.published.waiting() for service in services))
        for service in services:
            self._scheduling.labels(service.name).set(_schedules(service))

    def exposition(self, contexts: Callable[[], list[Context]]) -> bytes:
        """Everything, in the text format."""
        registry = self._registry
        if self._shared is not None:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        told = CollectorRegistry()
        told.register(_Ledgers(contexts))
        return generate_latest(registry) + generate_latest(told)


def _forget_the_dead(folder: Path) -> None:
    """What processes that are gone said about themselves counts no more; what they counted does."""
    for file in folder.glob("gauge_live*_*.db"):
        if not Path(f"/proc/{file.stem.rsplit('_', 1)[1]}").exists():
            file.unlink(missing_ok=True)


class _Ledgers:
    """How the ledgers stand, looked at when somebody asks."""

    def __init__(self, contexts: Callable[[], list[Context]]) -> None:
        self._contexts = contexts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge after the other; what could not be found out is missing."""
        contexts = self._contexts()
        found = list(zip(contexts, all_results([one.probe for one in contexts]), strict=True))
        for name, (about, value) in GAUGES.items():
            gauge = GaugeMetricFamily(f"stimmbuch_{name}", about, labels=["ledger"])
            for context, standing in found:
                if (measured := value(context, standing)) is not None:
                    gauge.add_metric([context.service.name], float(measured))
            yield gauge
        yield _reasons(found)

    def describe(self) -> Iterable[Any]:
        """Nothing: or registering would look at every database."""
        return []


def _reasons(found: list[tuple[Context, Standing]]) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily("stimmbuch_not_ready", "Why a ledger is not ready.", labels=["ledger", "code"])
    for context, standing in found:
        for code in {reason.code for reason in standing.reasons}:
            gauge.add_metric([context.service.name, code], 1.0)
    return gauge


def _verified_at(context: Context, _standing: Standing) -> float | None:
    last = context.service.last_verification() or {}
    try:
        return datetime.fromisoformat(last["at"]).timestamp()
    except (KeyError, TypeError, ValueError):
        return None


def _holds(context: Context, _standing: Standing) -> bool | None:
    last = context.service.last_verification()
    return None if last is None else bool(last.get("holds")) and bool(last.get("complete"))


def _schedules(service: Service) -> bool:
    return service.scheduler is not None and service.scheduler.standing().state() not in DISRUPTED


GAUGES: dict[str, tuple[str, Callable[[Context, Standing], float | None]]] = {
    "ready": ("Whether votes are taken, published and shown.", lambda _, s: s.ready),
    "head_entries": ("Entries in the log.", lambda _, s: None if s.head is None else s.head + 1),
    "published_entries": ("Entries in the newest checkpoint.", lambda _, s: s.published),
    "checkpoint_age_seconds": ("Age of the newest checkpoint.", lambda _, s: s.checkpoint_age),
    "publishing_lag_seconds": ("Age of the oldest entry not published.", lambda _, s: s.publishing_lag),
    "view_lag_entries": (
        "Entries that the views lack.",
        lambda _, s: None if s.head is None or s.position is None else s.lag(),
    ),
    "view_lag_seconds": ("Age of the oldest entry that the views lack.", lambda _, s: s.view_lag),
    "witnesses_met": (
        "Whether as many witnesses cosign as the policy asks for.",
        lambda _, s: s.publisher_problem != "policy-unmet",
    ),
    "overdue_procedures": ("Procedures past their deadline and not closed.", lambda _, s: s.overdue),
    "verification_timestamp_seconds": ("When the ledger was verified last.", _verified_at),
    "verification_holds": ("Whether everything held then.", _holds),
}
