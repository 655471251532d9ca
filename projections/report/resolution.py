"""The resolution, for everybody: what was decided, without who decided it, and of the public items only.

Nothing is computed for it: it is the extract, of which something is left out. Left out are whoever took
part, presided or signed, single votes, totals by group, and the results under other assumptions, which ask
about single votes.

What stands for all items (title, source, occasion, documents of no item) stays only where all are public by
the opening; of an item that became public later, its documents are not told either.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.errors import NotFound
from projections import sentences
from projections.report.model import Document, Item, Report


def resolution_of(report: Report) -> Report:
    """What of a report anybody may read. Raises `NotFound` where no item is public."""
    items = tuple(_item(item) for item in report.items if item.public)
    if not items:
        raise NotFound(sentences.NO_PUBLIC_ITEM, procedure=report.procedure)
    at_first = {item.id for item in items if item.public_since is None}
    whole = len(at_first) == len(report.items)
    return report._replace(
        items=items,
        title=report.title if whole else None,
        source=report.source if whole else None,
        documents=tuple(_documents(report, at_first, whole=whole)),
        occasion=report.occasion if whole else (),
        evidence_of_occasion=report.evidence_of_occasion if whole else None,
        chair=None,
        opened_by=None,
        closed_by=None,
        participants=(),
        attempts={},
        events=(),
    )


def _item(item: Item) -> Item:
    return (
        item if item.result is None else item._replace(result=item.result._replace(relevance=(), groups=()))
    )


def _documents(report: Report, items: set[str], *, whole: bool) -> Iterator[Document]:
    return (one for one in report.documents if (whole if one.item is None else one.item in items))
