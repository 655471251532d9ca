"""The life of a result after the closing. Nothing is edited: each step is an entry of its own."""

from __future__ import annotations

from typing import Any

from ledger.domain.events import Recorded


class _Told(Recorded):
    """Something that was said about the result: it changes something, and it stands in the course."""

    def assign(self, aggregate: Any) -> None:
        kind = self.TOPIC.removeprefix("stimmbuch.").rpartition(".")[0]
        aggregate.life.course.append((kind, self.payload, self.place))
        self.change(aggregate)

    def change(self, aggregate: Any) -> None:
        """What it changes beside that."""
        raise NotImplementedError


class Determined(_Told):
    """Tally and outcome are determined (Feststellung)."""

    TOPIC = "stimmbuch.result-determined.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.determined, aggregate.life.determined_at = self.payload, self.place
        to_a_meeting = set(self.payload["outcome"].values()) == {"referred"}
        valid = any(self.payload["valid"].values())
        aggregate.life.steps.append("determined" if valid else "referred" if to_a_meeting else "terminated")


class Announced(_Told):
    """The members, or everybody, are told."""

    TOPIC = "stimmbuch.result-announced.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.steps.append("announced")


class Published(_Told):
    """The public is told where the law asks for it, at first or of items that become public later."""

    TOPIC = "stimmbuch.result-published.v1"

    def change(self, aggregate: Any) -> None:
        if "published" not in aggregate.life.steps:
            aggregate.life.steps.append("published")
        aggregate.life.made_public |= dict.fromkeys(self.payload.get("made_public", ()), self.place)


class Ratified(_Told):
    """A meeting confirms the result, or does not."""

    TOPIC = "stimmbuch.result-ratified.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.ratified = self.payload["confirmed"]
        aggregate.life.steps.append("ratified" if self.payload["confirmed"] else "not-ratified")


class Suspended(_Told):
    """The result has no effect for some time."""

    TOPIC = "stimmbuch.result-suspended.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.suspended_until = self.payload["until"]
        aggregate.life.steps.append("suspended")


class Objected(_Told):
    """The chair objects to the resolution as unlawful; it has no effect until that is decided."""

    TOPIC = "stimmbuch.result-objected.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.steps.append("objected")


class Expired(_Told):
    """A resolution that was limited in time has ended."""

    TOPIC = "stimmbuch.result-expired.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.expired.update(self.payload["items"])
        if aggregate.life.expired == aggregate.items.keys():
            aggregate.life.steps.append("expired")


class ConditionMet(_Told):
    """The condition on which a resolution takes effect has come true."""

    TOPIC = "stimmbuch.condition-met.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.conditions_met.update(self.payload["items"])


class Corrected(_Told):
    """What was determined is corrected; both entries stay."""

    TOPIC = "stimmbuch.result-corrected.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.life.corrections.append((self.payload, self.place))


class Annulled(_Told):
    """The result is void; the counts stand."""

    TOPIC = "stimmbuch.result-annulled.v1"

    def change(self, aggregate: Any) -> None:
        aggregate.annulment = self.payload
