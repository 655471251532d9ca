"""From the views' rows to what is shown, in the API and on the pages: texts found, choices withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.access.roles import NOBODY, Grant
from api.context import Context
from api.shown.directory import Erased
from api.shown.secret_ballots import secret_items
from api.shown.tallies import Tally
from api.shown.texts import texts
from api.shown.visibility import choices_in_roll_call, withheld
from ledger.telling import profile_in_words, with_words
from projections.happened import told
from projections.hiding import COUNTING
from projections.views import HistoryRow, ItemTally, ProcedureView, VoteView

Shown = dict[str, Any]


def summaries(context: Context, views: Sequence[ProcedureView]) -> list[Shown]:
    """Procedures at a glance, with their titles and bodies."""
    found, erased = _texts(context, [view.opening.get("title") for view in views])
    bodies = context.directory.bodies({view.body for view in views})
    return [_summary(view, found, bodies, erased) for view in views]


def detail(context: Context, view: ProcedureView, now: ProcedureView | None = None) -> Shown:
    """One procedure with everything that was signed in its opening, and the texts to it.

    Where `view` is of the past, `now` is the same procedure as it stands: that says what is withheld.
    """
    opening = view.opening
    found, erased = _texts(context, list(_digests(opening)))
    erased.update(context.directory.erased(document.sha256 for document in view.documents))
    return {
        **_summary(view, found, context.directory.bodies([view.body]), erased),
        "withheld": withheld(now or view),
        "chair": opening["chair"],
        "electorate": opening["electorate"],
        "profile": opening["profile"],
        "profile_in_words": profile_in_words(opening["profile"]),
        "items": [_item(item, found, public=view.is_public(item)) for item in opening["items"]],
        "documents": list(_documents(context, view)),
        "source": found.get(opening.get("source", "")),
        "opening": opening,
        "erased": [one._asdict() for one in erased.values()],
    }


WITHHELD = ("counts", "outcome", "outcome_text", "unanimous", "valid", "derivation", "relevance")
"""What of an item is null while its result is withheld."""


def tally(view: ProcedureView, counted: Tally) -> Shown:
    """Counts, outcome and derivation of every item; null where they are withheld."""
    shown: Shown = {
        "procedure": view.id,
        "at": counted.at,
        "state": counted.state,
        "members": view.members,
        "voted": counted.voted,
        "withheld": counted.items is None,
    }
    found = {one.item: _counted(view, one) for one in counted.items or ()}
    nothing = dict.fromkeys(WITHHELD)
    items = [found.get(one["id"], {"item": one["id"], **nothing}) for one in view.opening["items"]]
    return {**shown, "items": items}


def _counted(view: ProcedureView, one: ItemTally) -> Shown:
    return {
        "item": one.item,
        "counts": one.counts,
        **with_words(view.opening["profile"], one.plain()),
    }


def history(context: Context, rows: Sequence[HistoryRow], grant: Grant = NOBODY) -> list[Shown]:
    """Entries for people, with the names of those who signed them; `grant` where a member may ask."""
    views = {stream: context.service.views.procedure(stream) for stream in _with_choices(rows)}
    names = context.directory.people({row.actor for row in rows})
    return [_entry(_told(row, views.get(row.stream), grant), names) for row in rows]


def _told(row: HistoryRow, view: ProcedureView | None, grant: Grant) -> HistoryRow:
    if view is None:
        return row
    return told(row, withheld=withheld(view), secret=secret_items(view, grant))


def votes(view: ProcedureView, cast: Sequence[VoteView]) -> list[Shown]:
    """Who has voted, and what, as far as a roll call tells it."""
    return [{**vote._asdict(), "choices": choices_in_roll_call(view, vote.choices)} for vote in cast]


def wordings(context: Context, view: ProcedureView) -> dict[str, str]:
    """Digest → text, for the wordings and conditions of all items."""
    items = view.opening["items"]
    return _texts(context, [*(one["wording"] for one in items), *(one.get("condition") for one in items)])[0]


def _texts(context: Context, digests: Sequence[str | None]) -> tuple[dict[str, str], dict[str, Erased]]:
    """The texts that may be shown, and what of them was erased; also where the bytes are not gone yet."""
    erased = context.directory.erased(digests)
    return texts(context.service.ledger, (one for one in digests if one not in erased)), erased


def _summary(
    view: ProcedureView,
    found: Mapping[str, str],
    bodies: Mapping[str, str],
    erased: Mapping[str, Erased],
) -> Shown:
    title = view.opening.get("title", "")
    shown = {name: value for name, value in view._asdict().items() if name not in {"opening", "documents"}}
    return {
        **shown,
        "title": found.get(title),
        "erased": [erased[title]._asdict()] if title in erased else [],
        "body_name": bodies.get(view.body),
        "time_zone": view.opening["time_zone"],
        "replayed": "replay" in view.opening,
        "withheld": withheld(view),
    }


def _digests(opening: Mapping[str, Any]) -> Iterator[str | None]:
    yield opening.get("title")
    yield opening.get("source")
    for item in opening["items"]:
        yield item["wording"]
        yield from item.get("labels", {}).values()


def _item(item: Mapping[str, Any], found: Mapping[str, str], *, public: bool) -> Shown:
    labels = item.get("labels", {})
    options = [{"id": one, "label": found.get(labels.get(one, ""))} for one in item["options"]]
    return {
        "id": item["id"],
        "wording": found.get(item["wording"] or ""),
        "wording_digest": item["wording"],
        "polarity": item["polarity"],
        "public": public,
        "options": options,
    }


def _documents(context: Context, view: ProcedureView) -> Iterator[Shown]:
    stored = context.service.store.documents.exists
    for one in view.documents:
        yield {**one._asdict(), "attached": one.entry > view.opened_seq, "stored": stored(one.sha256)}


def _with_choices(rows: Iterable[HistoryRow]) -> set[str]:
    return {row.stream for row in rows if any(name in row.payload for name in COUNTING)}


def _entry(row: HistoryRow, names: Mapping[str, str]) -> Shown:
    return {**row._asdict(), "statement": row.statement or None, "actor_name": names.get(row.actor)}
