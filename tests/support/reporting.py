"""A council whose procedure has everything that a report tells, and its reports.

::

    with published(place) as town:
        motion = decided(town)                      # opened, voted, changed, closed, determined, announced
        source = report(town, motion, "audit")
        data = written(source, "pdf", "de")

Keys, nonces, salts and times follow from the story: two towns are equal byte for byte on every backend.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from api.shown.texts import texts
from api.shown.visibility import withheld
from api.wiring import open_publication
from ledger.domain.profiles import complete
from ledger.proof.disclosure import disclose
from projections.report.build import Source, build
from tests.support.builders import CLERK, SERVICE, LedgerBuilder, a_town, item
from tests.support.places import Place

TITLE = "Neubau der Grundschule Am Deich"
WORDING = "Der Neubau der Grundschule „Am Deich“ wird nach Maßgabe der Vorlage beschlossen."
NAMES = {"m1": "Anke Ahlborn", "m2": "Bernd Brinkama", "m3": "Claas Cordes", "m4": "Dörte Deters"}
PAPER = b"%PDF-1.7 Vorlage 2026/041, Neubau der Grundschule"
PROFILE = {**complete("nkomvg-66"), "extension": "before_deadline", "result_visibility": "live"}


@contextmanager
def published(place: Place, *, members: int = 5) -> Iterator[LedgerBuilder]:
    """A town; what it records is published by `settle`."""
    town = a_town(place.open(), members=members)
    try:
        yield town
    finally:
        town.ledger.close()


def settle(town: LedgerBuilder) -> None:
    """Publishes everything that is recorded, as one checkpoint."""
    publication = open_publication(town.ledger.store, town.ledger.origin, clock=town.clock)
    publication.settle()
    publication.close()


def text(town: LedgerBuilder, name: str, value: str) -> str:
    """Discloses a text, with a salt that follows from it; its digest."""
    disclosure = disclose(name, value, hashlib.sha256(f"{name} {value}".encode()).digest()[:16])
    town.ledger.disclose([disclosure.encoded])
    return disclosure.digest


def named(town: LedgerBuilder, names: dict[str, str]) -> None:
    """Gives members names: a second key is registered, and the name with it."""
    for member, name in names.items():
        key = town.public(f"{member}/named")
        town.put(
            "key-registered",
            "registrar",
            subject=member,
            roles=["member"],
            key=key,
            name=text(town, "person", name),
        )


def opened(town: LedgerBuilder, *, title: str = TITLE, wording: str = WORDING, **fields: Any) -> str:
    """A procedure with a title, a wording and a document, for an hour."""
    named(town, NAMES)
    sha256 = hashlib.sha256(PAPER).hexdigest()
    town.ledger.put_document(sha256, io.BytesIO(PAPER), limit=1000)
    paper = {"sha256": sha256, "size": len(PAPER), "media_type": "application/pdf", "item": "1"}
    items = [{**item("1", public=True), "wording": text(town, "wording", wording)}]
    wanted: dict[str, Any] = {"items": items, "documents": [paper], "profile": PROFILE, **fields}
    return town.open("school", closes_in=3600, title=text(town, "title", title), **wanted)


def decided(town: LedgerBuilder, *, title: str = TITLE, wording: str = WORDING) -> str:
    """A procedure with votes changed and withdrawn, an exclusion, an extension, a late attempt; announced."""
    motion = opened(town, title=title, wording=wording)
    town.vote(motion, "m1", "no")
    town.vote(motion, "m1", "yes")
    town.vote(motion, "m2", "yes")
    town.vote(motion, "m3", "no")
    town.withdraw(motion, "m3")
    why: dict[str, Any] = {"member": "m4", "items": ["1"], "reason": "own-interest"}
    town.put("member-excluded", CLERK, procedure=motion, **why)
    later: dict[str, Any] = {"members": None, "closes_at": town.clock.later(7200)}
    town.put("deadline-extended", CLERK, procedure=motion, reason=text(town, "reason", "Sturm"), **later)
    town.clock.advance(4000)
    town.vote(motion, "m5", "abstain")
    evidence: dict[str, Any] = {"code": "already-closed", "statement": "ab" * 32}
    town.put("attempt-refused", SERVICE, procedure=motion, **evidence)
    town.clock.advance(4000)
    town.close(motion, SERVICE)
    town.put("result-determined", CLERK, procedure=motion)
    town.put("result-announced", CLERK, procedure=motion, to="everybody")
    settle(town)
    return motion


def report(town: LedgerBuilder, procedure: str, kind: str = "extract", at: int | None = None) -> Source:
    """A report, as the command and the service make it."""
    ledger = town.ledger
    told = partial(texts, ledger)
    return build(ledger, UUID(procedure), kind=kind, at=at, texts=told, withheld=withheld)
