"""The result of a procedure as it is shown: bars, outcomes, and the published result beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.telling import with_words
from projections.views import ItemTally


class Bar(NamedTuple):
    """One option: its votes, and its share of all votes that count, in percent."""

    option: str
    label: str | None
    votes: int
    share: float


class Result(NamedTuple):
    """One item: its wording, and what was counted; `outcome` is None where that is withheld."""

    item: str
    wording: str | None
    bars: list[Bar]
    outcome: str | None
    steps: list[dict[str, Any]]
    labels: dict[str, str]
    variants: list[dict[str, Any]]
    text: dict[str, str]
    """The outcome in words, in each language; empty where it is withheld."""


class Published(NamedTuple):
    """What the source published, and whether it equals what was counted here."""

    source: str
    id: str
    counts: dict[str, int]
    outcome: str | None
    matches: bool


def results(detail: Mapping[str, Any], tallies: list[ItemTally] | None) -> list[Result]:
    """The results of all items, in the order of the ballot paper. `detail` as in `present.detail`."""
    counted = {tally.item: tally for tally in tallies or ()}
    return [_result(item, counted.get(item["id"]), detail["profile"]) for item in detail["items"]]


def _result(item: dict[str, Any], tally: ItemTally | None, profile: Mapping[str, Any]) -> Result:
    labels = {one["id"]: one["label"] for one in item["options"] if one["label"]}
    if tally is None:
        return Result(item["id"], item["wording"], [], None, [], labels, [], {})
    total = sum(tally.counts.values())
    bars = [
        Bar(option, labels.get(option), votes, round(100 * votes / total, 1) if total else 0.0)
        for option, votes in tally.counts.items()
    ]
    told = with_words(profile, tally.plain(), labels)
    return Result(
        item["id"],
        item["wording"],
        bars,
        tally.result,
        told["derivation"],
        labels,
        told["relevance"],
        told["outcome_text"],
    )


def published(source: str | None, counted: list[Result]) -> Published | None:
    """The published result of a replayed vote. None where the source names none, or none is counted.

    `source` is the disclosed JSON {"id", "source", "published": {"counts", "outcome"}}, with options in
    the source's own words; each of the published parts may be missing and is not compared then.
    """
    found = _read(source)
    if found is None or not counted or counted[0].outcome is None:
        return None
    result = counted[0]
    told = found["published"]
    votes = {bar.label or bar.option: bar.votes for bar in result.bars}
    order = [*votes, *(told.get("counts") or {})]
    counts = dict(sorted((told.get("counts") or {}).items(), key=lambda pair: order.index(pair[0])))
    matches = all(votes.get(option) == count for option, count in counts.items())
    outcome = told.get("outcome")
    if outcome is not None:
        matches = matches and outcome == _in_words_of_source(result)
    return Published(str(found.get("source") or ""), str(found.get("id") or ""), counts, outcome, matches)


def _in_words_of_source(result: Result) -> str:
    kind, colon, option = (result.outcome or "").partition(":")
    return kind + colon + (result.labels.get(option) or option)


def _read(source: str | None) -> Mapping[str, Any] | None:
    try:
        found = json.loads(source or "null")
    except ValueError:
        return None
    told = found.get("published") if isinstance(found, dict) else None
    if not isinstance(told, dict) or not isinstance(told.get("outcome"), str | None):
        return None
    counts = told.get("counts") or {}
    readable = isinstance(counts, dict) and all(type(votes) is int for votes in counts.values())
    return found if readable else None
