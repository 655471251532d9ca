"""How far a result has come: determined, announced, published, and what may befall it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.values import Payload, Place


@dataclass
class ResultLife:
    """What happened after the closing, in order. Assigned by `result_events`."""

    determined: Payload | None = None
    determined_at: Place | None = None
    steps: list[str] = field(default_factory=list)
    """determined (or terminated, where nothing was valid, or referred, where all of it goes to a meeting),
    announced, published, ratified, not-ratified, suspended, objected, expired."""
    course: list[tuple[str, Payload, Place]] = field(default_factory=list)
    """Kind, statement and place of everything that was said about the result, in order."""
    ratified: bool | None = None
    suspended_until: str | None = None
    """When the latest suspension ends; None where it has no end."""
    expired: set[str] = field(default_factory=set)
    """Items whose resolution has ended."""
    conditions_met: set[str] = field(default_factory=set)
    made_public: dict[str, Place] = field(default_factory=dict)
    """Items that were not public by the opening → the entry that made them so."""
    corrections: list[tuple[Payload, Place]] = field(default_factory=list)

    @property
    def state(self) -> str | None:
        """The latest step, or None before the determination."""
        return self.steps[-1] if self.steps else None

    @property
    def resumes_as(self) -> str | None:
        """The step that stands again after a suspension: the latest one that is none."""
        return next((step for step in reversed(self.steps) if step != "suspended"), None)

    @property
    def last_result(self) -> str | None:
        """Leaf hash of the entry that says the result now: what a correction names."""
        if self.corrections:
            return self.corrections[-1][1].leaf
        return self.determined_at.leaf if self.determined_at else None

    def corrected(self, item: str) -> tuple[str, Place] | None:
        """The corrected result of an item, and where it stands."""
        for payload, place in reversed(self.corrections):
            if item in payload["outcome"]:
                return payload["outcome"][item], place
        return None
