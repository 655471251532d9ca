"""What of a published procedure is public, where some of its items are not: as if it had no others.

Which items are public is said in the opening, or in a later publication, and what follows from that for the
rest of it in `ledger.domain.publicity`. Who is shown no more than this is decided in `api.shown.visibility`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ledger.telling import public_opening
from projections.views import HistoryRow, ProcedureView

_BY_ITEM = ("tally", "outcome", "valid", "lots")
"""Members of a statement that map items to something."""
_LISTS = ("items", "made_public")
"""Members that name items."""
_OF_THE_WHOLE = ("procedure", "reason", "to", "until", "confirmed", "held_at", "repeated_as")
"""Members that tell of no item. Every other one is left out: a digest of a few numbers is found by trying,
and with nonce and statement the receipt, which has everything in it."""


def part_of(view: ProcedureView) -> ProcedureView:
    """The procedure with its public items only; the same view where they are all public."""
    opening = public_opening(view.opening, view.made_public)
    if opening is view.opening:
        return view
    items = {item["id"] for item in opening["items"]}
    with_documents = items.difference(view.made_public)
    return view._replace(
        opening=dict(opening),
        documents=[document for document in view.documents if document.item in with_documents],
        referred=[item for item in view.referred if item in items],
        conditions_met=[item for item in view.conditions_met if item in items],
        expired=[item for item in view.expired if item in items],
        expires_at=None,  # of which item, it does not say
    )


def steps_of(view: ProcedureView, rows: Iterable[HistoryRow]) -> list[HistoryRow]:
    """The entries that say what became of the result, of the public items; `view` is the whole procedure."""
    part = part_of(view)
    if part is view:
        return list(rows)
    return list(_steps({item["id"] for item in part.opening["items"]}, rows))


def _steps(items: Collection[str], rows: Iterable[HistoryRow]) -> Iterator[HistoryRow]:
    for row in rows:
        payload = dict(_told(row.payload, items))
        if payload.get("items") != [] and payload.get("outcome") != {}:  # it is about other items only
            yield row._replace(payload=payload, statement="")


def _told(payload: Mapping[str, Any], items: Collection[str]) -> Iterator[tuple[str, Any]]:
    for name, value in payload.items():
        if name in _BY_ITEM:
            yield name, {item: one for item, one in value.items() if item in items}
        elif name in _LISTS:
            yield name, [item for item in value if item in items]
        elif name in _OF_THE_WHOLE:
            yield name, value
