"""The objects of one published procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from api import sentences
from api.context import Context
from api.oparl import files
from api.oparl.addresses import SCHEMA, TYPES, Addresses, Object, local
from api.oparl.index import Public
from api.oparl.words import result_word
from api.shown import present
from api.shown.public_part import part_of
from api.shown.tallies import matching
from ledger.errors import NotFound
from ledger.proof.encoding import b64
from ledger.proof.note import parse_note
from ledger.proof.tree_head import parse_checkpoint
from ledger.publish.folder import checkpoint_path
from ledger.telling import took_effect
from projections.views import ProcedureView


class Published:
    """Everything that OParl says of a procedure. Made for one request."""

    def __init__(self, context: Context, addresses: Addresses, public: Public) -> None:
        """Raises `NotFound` where the views do not know the procedure."""
        found = context.service.views.procedure(public.procedure)
        if found is None:
            raise NotFound(sentences.NO_PROCEDURE, procedure=public.procedure)
        self.context, self._at, self.public = context, addresses, public
        whole, self._counted = matching(context, found)
        self.view = part_of(whole)

    def objects(self, kind: str) -> Iterator[Object]:
        """All objects of a type, in a fixed order, with their references to what they belong to."""
        if kind == "meeting":
            yield self.meeting()
        elif kind == "paper":
            yield self.paper()
        elif kind == "agenda-item":
            yield from ({**one, "meeting": self.own("meeting")} for one in self._agenda())
        elif kind == "consultation":
            yield from ({**one, "paper": self.own("paper")} for one in self._consultations())
        elif kind == "file":
            yield from (
                one if "deleted" in one else {**one, **self._of_paper} for one in files.documents(self)
            )
            yield {**self._resolution, "agendaItem": [one["id"] for one in self._agenda()]}

    def meeting(self) -> Object:
        """The circulation: OParl has no other place where something is decided."""
        title = self.detail["title"]
        return {
            **self.common("meeting"),
            "name": f"Umlaufverfahren: {title}" if title else "Umlaufverfahren",
            "meetingState": "durchgeführt",
            "start": self.time(self.view.opens_at),
            "end": self.time(self.view.closed_at or self.view.opens_at),
            "organization": [self._at.of("organization", self.view.body)],
            "agendaItem": list(self._agenda()),
            "web": self._at.page(self.view.id),
            **self._ours(),
        }

    def paper(self) -> Object:
        """What was decided on, with the documents of the ballot paper."""
        there = [one for one in files.documents(self) if "deleted" not in one]
        return {
            **self.common("paper"),
            "body": self._at.body,
            **({"name": self.detail["title"]} if self.detail["title"] else {}),
            "date": self.time(self.view.opened_at)[:10],
            "paperType": "Beschlussvorlage",
            **({"mainFile": there[0]} if there else {}),
            **({"auxiliaryFile": there[1:]} if there[1:] else {}),
            "consultation": list(self._consultations()),
            "web": self._at.page(self.view.id),
            **self._ours(),
        }

    def _agenda(self) -> Iterator[Object]:
        told = {one["item"]: one for one in present.tally(self.view, self._counted)["items"]}
        for order, item in enumerate(self.detail["items"]):
            name = item["id"]
            yield {
                **self.common("agenda-item", name),
                "number": name,
                "order": order,
                "name": self._name(name),
                "public": True,
                "consultation": self.own("consultation", name),
                **self._result(item, told[name]),
                "start": self.time(self.view.opens_at),
                "end": self.time(self.view.closed_at or self.view.opens_at),
                **self._ours(),
            }

    def _result(self, item: Mapping[str, Any], told: Mapping[str, Any]) -> Object:
        outcome, counts = told["outcome"], told["counts"]
        if outcome is None:  # withheld again by nobody, but an empty result is better than a wrong one
            return {}
        decided = took_effect(outcome)
        return {
            "result": result_word(outcome, counts, unanimous=told["unanimous"], state=self.view.state),
            **({"resolutionText": item["wording"]} if decided and item["wording"] else {}),
            "resolutionFile": self._resolution,
            "stimmbuch:tally": counts,
            "stimmbuch:outcome": outcome,
            "stimmbuch:valid": told["valid"],
        }

    def _consultations(self) -> Iterator[Object]:
        for item in self.detail["items"]:
            yield {
                **self.common("consultation", item["id"]),
                "agendaItem": self.own("agenda-item", item["id"]),
                "meeting": self.own("meeting"),
                "organization": [self._at.of("organization", self.view.body)],
                "authoritative": True,
                "role": "Beschlussfassung im Umlaufverfahren",
            }

    # ── what all have ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def detail(self) -> Object:
        """What every other read tells of the procedure."""
        return present.detail(self.context, self.view)

    @cached_property
    def _head(self) -> Object:
        """The first signed head of the log that contains the result as it is shown: it never changes."""
        publication = self.context.service.publication
        size = publication.published.covering(self.public.latest)
        head = parse_checkpoint(parse_note(publication.folder.read(checkpoint_path(size))).text)
        return {"origin": head.origin, "size": head.size, "root": b64(head.root)}

    @cached_property
    def _resolution(self) -> Object:
        return files.resolution(self)

    @property
    def _of_paper(self) -> Object:
        return {"paper": [self.own("paper")]}

    def _ours(self) -> Object:
        view: ProcedureView = self.view
        return {
            "stimmbuch:procedure": f"{self._at.api}/procedures/{view.id}",
            "stimmbuch:state": view.state,
            "stimmbuch:participation": {"members": view.members, "voted": self._counted.voted},
            "stimmbuch:ledgerHead": self._head,
        }

    def common(self, kind: str, part: str | None = None) -> Object:
        """What every object says of itself; `part` as in `own`."""
        return {
            "id": self.own(kind, part),
            "type": SCHEMA + TYPES[kind],
            "created": self.time(self.public.created),
            "modified": self.time(self.public.modified),
        }

    def own(self, kind: str, part: str | None = None) -> str:
        """The id of an object: of the procedure, or of a part of it."""
        return self._at.of(kind, self.view.id if part is None else f"{self.view.id}.{part}")

    def time(self, time: str) -> str:
        """A time of an entry as OParl writes it."""
        return local(time, self.view.opening["time_zone"])

    def _name(self, item: str) -> str:
        title = self.detail["title"] or "Umlaufverfahren"
        return title if len(self.detail["items"]) == 1 else f"{title} – {item}"
