"""Would the result be another one? See NKomVG § 41 Abs. 6, BPersVG § 41 Abs. 4.

Each variant asks `decide` again with other numbers. Equal votes are one question: taking away any one of
forty yes of weight 1 gives the same. Where weights differ, the largest of an option is taken: if the result
survives without that one, it survives without every smaller one.

==================  ====================================================================================
without-vote        without one vote for this option
without-late        without the votes given after the first deadline
abstention-…        with abstentions read in another way
with-excluded       with the votes of excluded members counted after all
without-members     without the votes of named members
==================  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ledger.domain.circulation import Circulation
from ledger.domain.counting import Outcome, Poll
from ledger.domain.deciding import decide
from ledger.domain.profile import Profile
from ledger.domain.values import Vote


@dataclass(frozen=True)
class Variant:
    """The result under one other assumption. `survives`: it is the same."""

    code: str
    result: str
    survives: bool
    numbers: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The variant as plain values."""
        return {
            "code": self.code,
            "result": self.result,
            "survives": self.survives,
            "numbers": dict(self.numbers),
            "names": dict(self.names),
        }


@dataclass(frozen=True)
class Question:
    """An item as it was decided, and the counts that stand apart."""

    profile: Profile
    known: Circulation
    poll: Poll
    polarity: str
    late: Mapping[str, int]
    aside: Mapping[str, int]
    classes: Mapping[tuple[str, int, str | None], int]

    def outcome(
        self, profile: Profile | None = None, known: Circulation | None = None, poll: Poll | None = None
    ) -> Outcome:
        """The outcome as it is, or under another profile, or with other numbers."""
        return decide(profile or self.profile, known or self.known, poll or self.poll, polarity=self.polarity)


def relevance(asked: Question) -> list[Variant]:
    """Every variant that can be asked about this item."""
    actual = asked.outcome().result
    return [
        *_without_a_vote(asked, actual),
        *_without_late(asked, actual),
        *_other_abstention(asked, actual),
        *_with_excluded(asked, actual),
    ]


def without_members(asked: Question, votes: Iterable[tuple[str, Vote | None]], item: str) -> Variant:
    """The result without the votes of these members (those that count on the item)."""
    taken: dict[str, int] = {}
    groups: dict[str | None, dict[str, int]] = {}
    heads = 0
    for _, vote in votes:
        if vote is None or item not in vote.choices:
            continue
        heads += 1
        option = vote.choices[item]
        taken[option] = taken.get(option, 0) + vote.weight
        group = groups.setdefault(vote.group, {})
        group[option] = group.get(option, 0) + vote.weight
    less = _less(asked, taken, heads, groups)
    return _variant("without-members", asked, asked.outcome().result, less, {"votes": heads})


def _without_a_vote(asked: Question, actual: str) -> Iterator[Variant]:
    largest: dict[tuple[str, str | None], int] = {}
    number: dict[tuple[str, str | None], int] = {}
    grouped = bool(asked.poll.groups)
    for (option, weight, group), votes in asked.classes.items():
        key = option, group if grouped else None
        if votes > 0:
            largest[key] = max(largest.get(key, 0), weight)
            number[key] = number.get(key, 0) + votes
    for (option, group), weight in largest.items():
        taken = {option: weight}
        less = _less(asked, taken, 1, {group: taken} if grouped else {})
        names = {"option": option} | ({"group": group} if group else {})
        numbers = {"votes": number[option, group], "weight": weight}
        yield _variant("without-vote", asked, actual, less, numbers, names)


def _without_late(asked: Question, actual: str) -> Iterator[Variant]:
    if late := sum(asked.late.values()):
        less = _less(asked, asked.late, 0, {})
        yield _variant("without-late", asked, actual, less, {"votes": late})


def _other_abstention(asked: Question, actual: str) -> Iterator[Variant]:
    majority = asked.profile.majority
    if majority is None or majority.base == "persons" or not asked.poll.counts.get("abstain"):
        return
    for reading in ("ignored", "as_no"):
        if reading != asked.profile.abstention:
            profile = replace(asked.profile, abstention=reading)
            result = asked.outcome(profile).result
            code = f"abstention-{reading.replace('_', '-')}"
            yield Variant(code, result, result == actual, {"votes": asked.poll.counts["abstain"]})


def _with_excluded(asked: Question, actual: str) -> Iterator[Variant]:
    if votes := sum(asked.aside.values()):
        poll = asked.poll
        counts = {option: given + asked.aside.get(option, 0) for option, given in poll.counts.items()}
        more = poll._replace(counts=counts, excluded=poll.excluded - votes, present=poll.present + votes)
        yield _variant("with-excluded", asked, actual, (asked.known, more), {"votes": votes})


def _less(
    asked: Question, taken: Mapping[str, int], heads: int, groups: Mapping[str | None, Mapping[str, int]]
) -> tuple[Circulation, Poll]:
    """The same as if these votes had not been admitted: neither counted nor read as silence."""
    poll, weight = asked.poll, sum(taken.values())
    parts = {
        name: part._replace(
            counts={o: n - groups.get(name, {}).get(o, 0) for o, n in part.counts.items()},
            excluded=part.excluded + sum(groups.get(name, {}).values()),
        )
        for name, part in poll.groups.items()
    }
    less = poll._replace(
        counts={option: given - taken.get(option, 0) for option, given in poll.counts.items()},
        present=poll.present - weight,
        participating=poll.participating - weight,
        excluded=poll.excluded + weight,
        groups=parts,
    )
    known = asked.known
    return known._replace(heads=known.heads - heads, excluded=known.excluded + heads), less


def _variant(
    code: str,
    asked: Question,
    actual: str,
    other: tuple[Circulation, Poll],
    numbers: Mapping[str, int],
    names: Mapping[str, str] | None = None,
) -> Variant:
    result = asked.outcome(None, *other).result
    return Variant(code, result, result == actual, numbers, names or {})
