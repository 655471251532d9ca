"""How a ledger stands: looked at part by part, so that one look says everything that is wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from api import sentences
from api.errors import title, title_of
from api.observation import sentences as words
from api.wiring import Service
from ledger.errors import RolledBack, SignerRefuses, StimmbuchError
from ledger.publish.folder import CHECKPOINT
from ledger.sentence import Sentence, filled

log = logging.getLogger(__name__)

LATE = 30.0
"""Seconds after which an entry that is not published, or not in the views, is a reason not to be ready."""

DISRUPTED = ("failing", "stalled", "off")
"""States of a scheduler that closes nothing."""


class Reason(NamedTuple):
    """Why a ledger is not ready: the code of an error, and a sentence without names, addresses and files."""

    code: str
    sentence: Sentence
    """With its values in place."""


@dataclass
class Standing:
    """What was found. Sizes and lags in entries, ages in seconds; None for what could not be found out."""

    reasons: list[Reason] = field(default_factory=list)
    head: int | None = None
    position: int | None = None
    published: int | None = None
    """Entries in the newest checkpoint."""
    checkpoint_age: float | None = None
    view_lag: float | None = None
    """Age of the oldest entry that the views do not contain; 0 if they contain all."""
    publishing_lag: float | None = None
    """Age of the oldest entry that is not published; 0 if all are."""
    publisher_problem: str = ""
    overdue: int | None = None
    """Procedures that are past their deadline and not closed."""

    @property
    def ready(self) -> bool:
        """Whether votes are taken, published and shown."""
        return not self.reasons

    def lag(self) -> int:
        """Entries that the views do not contain yet."""
        return max(0, (self.head or 0) - (self.position or 0))


def look(service: Service) -> Standing:
    """Looks at everything. Never raises; may take as long as the database lets it wait."""
    found = Standing()
    for part in (_database, _clocks, _views, _publication, _signer, _deadlines):
        _try(found, part, service)
    return found


def _try(found: Standing, part: Callable[[Standing, Service], None], service: Service) -> None:
    try:
        part(found, service)
    except StimmbuchError as error:
        reason = Reason(error.code, title(type(error)))
    except Exception:  # whatever it is: it is a reason, and must not hide the others
        log.exception("readiness cannot be looked at: %s", part.__name__)
        reason = Reason("internal", words.OUR_FAULT)
    else:
        return
    if reason not in found.reasons:
        found.reasons.append(reason)


def _database(found: Standing, service: Service) -> None:
    service.store.recorder.check()
    found.head = service.ledger.head()


def _clocks(found: Standing, service: Service) -> None:
    if (drift := service.ledger.clocks.drift) is not None:
        found.reasons.append(Reason(drift.code, title(type(drift))))


def _views(found: Standing, service: Service) -> None:
    lag = service.follower.lag()
    found.position, found.view_lag = lag.position, lag.seconds
    if found.view_lag > LATE:
        found.reasons.append(Reason("view-behind", filled(words.VIEWS_BEHIND, seconds=found.view_lag)))


def _publication(found: Standing, service: Service) -> None:
    publication = service.publication
    found.publisher_problem = publication.problem()
    found.published = max(0, publication.published.size())
    checkpoint = publication.folder.path / CHECKPOINT
    if checkpoint.exists():
        found.checkpoint_age = max(0.0, time.time() - checkpoint.stat().st_mtime)
    found.publishing_lag = _age_of(service, found.published)
    if not publication.is_led():
        found.reasons.append(Reason("not-published", words.NOBODY_PUBLISHES))
    elif found.publishing_lag > LATE:
        found.reasons.append(Reason("not-published", _nothing_new(found.publisher_problem)))
    if found.head is not None and found.published > found.head + 1:
        raise RolledBack(sentences.MORE_PUBLISHED)


def _nothing_new(problem: str) -> Sentence:
    """What keeps the publisher by the meaning of its code: its own words may name hosts and files."""
    why = title_of(problem)
    return words.NOTHING_NEW if why is None else filled(words.NOTHING_NEW_BECAUSE, why=why)


def _signer(found: Standing, service: Service) -> None:
    signed = service.publication.signed_size()
    if found.published is not None and signed < found.published:
        raise SignerRefuses(sentences.REMEMBERED, signed=signed, published=found.published)


def _deadlines(found: Standing, service: Service) -> None:
    found.overdue = len(service.views.overdue(service.ledger.clock()))


def _age_of(service: Service, seq: int) -> float:
    """How long ago an entry was recorded; 0 if there is none yet."""
    recorded = service.ledger.time_of(seq)
    if recorded is None:
        return 0.0
    now = datetime.fromisoformat(service.ledger.clock())
    return max(0.0, (now - datetime.fromisoformat(recorded)).total_seconds())
