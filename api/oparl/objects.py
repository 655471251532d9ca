"""The objects of one published procedure."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from api import sentences
from api.context import Context
from api.oparl.addresses import SCHEMA, TYPES, Addresses, local
from api.oparl.index import Public
from api.oparl.words import result_word
from api.shown import present
from api.shown.tallies import matching
from ledger.errors import NotFound
from ledger.proof.encoding import b64
from ledger.proof.note import parse_note
from ledger.proof.tree_head import parse_checkpoint
from ledger.publish.folder import checkpoint_path
from ledger.telling import took_effect
from projections.views import ProcedureView

Object = dict[str, Any]


class Published:
    """Everything that OParl says of a procedure. Made for one request."""

    def __init__(self, context: Context, addresses: Addresses, public: Public) -> None:
        """Raises `NotFound` where the views do not know the procedure."""
        found = context.service.views.procedure(public.procedure)
        if found is None:
            raise NotFound(sentences.NO_PROCEDURE, procedure=public.procedure)
        self._context, self._at, self._public = context, addresses, public
        self.view, self._counted = matching(context, found)

    def objects(self, kind: str) -> Iterator[Object]:
        """All objects of a type, in a fixed order, with their references to what they belong to."""
        if kind == "meeting":
            yield self.meeting()
        elif kind == "paper":
            yield self.paper()
        elif kind == "agenda-item":
            yield from ({**one, "meeting": self._own("meeting")} for one in self._agenda())
        elif kind == "consultation":
            yield from ({**one, "paper": self._own("paper")} for one in self._consultations())
        elif kind == "file":
            yield from (one if "deleted" in one else {**one, **self._of_paper} for one in self._files())

    def meeting(self) -> Object:
        """The circulation: OParl has no other place where something is decided."""
        title = self._detail["title"]
        return {
            **self._object("meeting"),
            "name": f"Umlaufverfahren: {title}" if title else "Umlaufverfahren",
            "meetingState": "durchgeführt",
            "start": self._time(self.view.opens_at),
            "end": self._time(self.view.closed_at or self.view.opens_at),
            "organization": [self._at.of("organization", self.view.body)],
            "agendaItem": list(self._agenda()),
            "web": self._at.page(self.view.id),
            **self._ours(),
        }

    def paper(self) -> Object:
        """What was decided on, with the documents of the ballot paper."""
        files = [one for one in self._files() if "deleted" not in one]
        return {
            **self._object("paper"),
            "body": self._at.body,
            **({"name": self._detail["title"]} if self._detail["title"] else {}),
            "date": self._time(self.view.opened_at)[:10],
            "paperType": "Beschlussvorlage",
            **({"mainFile": files[0]} if files else {}),
            **({"auxiliaryFile": files[1:]} if files[1:] else {}),
            "consultation": list(self._consultations()),
            "web": self._at.page(self.view.id),
            **self._ours(),
        }

    def _agenda(self) -> Iterator[Object]:
        told = {one["item"]: one for one in present.tally(self.view, self._counted)["items"]}
        for order, item in enumerate(self._detail["items"]):
            name = item["id"]
            yield {
                **self._object("agenda-item", name),
                "number": name,
                "order": order,
                "name": self._name(name),
                "public": True,
                "consultation": self._own("consultation", name),
                **self._result(item, told[name]),
                "start": self._time(self.view.opens_at),
                "end": self._time(self.view.closed_at or self.view.opens_at),
                **self._ours(),
            }

    def _result(self, item: Mapping[str, Any], told: Mapping[str, Any]) -> Object:
        # No `resolutionFile`: the extract for the minutes names who took part, and OParl tells everybody.
        outcome, counts = told["outcome"], told["counts"]
        if outcome is None:  # withheld again by nobody, but an empty result is better than a wrong one
            return {}
        decided = took_effect(outcome)
        return {
            "result": result_word(outcome, counts, unanimous=told["unanimous"], state=self.view.state),
            **({"resolutionText": item["wording"]} if decided and item["wording"] else {}),
            "stimmbuch:tally": counts,
            "stimmbuch:outcome": outcome,
            "stimmbuch:valid": told["valid"],
        }

    def _consultations(self) -> Iterator[Object]:
        for item in self._detail["items"]:
            yield {
                **self._object("consultation", item["id"]),
                "agendaItem": self._own("agenda-item", item["id"]),
                "meeting": self._own("meeting"),
                "organization": [self._at.of("organization", self.view.body)],
                "authoritative": True,
                "role": "Beschlussfassung im Umlaufverfahren",
            }

    def _files(self) -> Iterator[Object]:
        """Documents that are there; one that was erased is a tombstone, one that never came is left out."""
        erased = {one["digest"]: one for one in self._detail["erased"]}
        seen: set[str] = set()
        for number, document in enumerate(self._detail["documents"], 1):
            sha256 = document["sha256"]
            if sha256 in seen:  # the same document for two items
                continue
            seen.add(sha256)
            if sha256 in erased:
                yield self._tombstone(sha256, max(erased[sha256]["at"], self._public.created))
            elif document["stored"]:
                yield self._file(number, document)

    def _file(self, number: int, document: Mapping[str, Any]) -> Object:
        sha256 = document["sha256"]
        address = f"{self._at.api}/documents/{sha256}"
        return {
            **self._object("file", sha256),
            "name": f"Dokument {number}",
            "fileName": sha256[:16] + (mimetypes.guess_extension(document["media_type"]) or ""),
            "mimeType": document["media_type"],
            "date": self._time(self.view.opened_at)[:10],
            "size": document["size"],
            "sha512Checksum": self._context.oparl.sha512(sha256),
            "accessUrl": address,
            "downloadUrl": address,
            "stimmbuch:sha256": sha256,
        }

    def _tombstone(self, sha256: str, at: str) -> Object:
        gone = {"modified": self._time(at), "deleted": True}
        return {**self._object("file", sha256), **gone}

    # ── what all have ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def _detail(self) -> Object:
        return present.detail(self._context, self.view)

    @cached_property
    def _head(self) -> Object | None:
        """The first signed head of the log that contains the result as it is shown: it never changes.

        None as long as the publisher is kept from publishing it.
        """
        publication = self._context.service.publication
        try:
            size = publication.published.covering(self._public.latest)
        except NotFound:
            return None
        head = parse_checkpoint(parse_note(publication.folder.read(checkpoint_path(size))).text)
        return {"origin": head.origin, "size": head.size, "root": b64(head.root)}

    @property
    def _of_paper(self) -> Object:
        return {"paper": [self._own("paper")]}

    def _ours(self) -> Object:
        view: ProcedureView = self.view
        return {
            "stimmbuch:procedure": f"{self._at.api}/procedures/{view.id}",
            "stimmbuch:state": view.state,
            "stimmbuch:participation": {"members": view.members, "voted": self._counted.voted},
            **({"stimmbuch:ledgerHead": self._head} if self._head else {}),
        }

    def _object(self, kind: str, part: str | None = None) -> Object:
        return {
            "id": self._own(kind, part),
            "type": SCHEMA + TYPES[kind],
            "created": self._time(self._public.created),
            "modified": self._time(self._public.modified),
        }

    def _own(self, kind: str, part: str | None = None) -> str:
        return self._at.of(kind, self.view.id if part is None else f"{self.view.id}.{part}")

    def _time(self, time: str) -> str:
        return local(time, self.view.opening["time_zone"])

    def _name(self, item: str) -> str:
        title = self._detail["title"] or "Umlaufverfahren"
        return title if len(self._detail["items"]) == 1 else f"{title} – {item}"
