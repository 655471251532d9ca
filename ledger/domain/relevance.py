"""Would the result be another one? See NKomVG § 41 Abs. 6, BPersVG § 41 Abs. 4.

Each variant asks `decide` again with other numbers. Equal votes are one question: taking away any one of
forty yes of weight 1 gives the same. Where weights differ, the largest of an option is taken: if the result
survives without that one, it survives without every smaller one.

==================  ====================================================================================
without-vote        without one vote for this option
without-late        as if the votes after the first deadline had not been given
abstention-…        with abstentions read in another way
with-excluded       with the votes of excluded members counted after all, own ones and those for others
without-members     without the votes of named members
==================  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ledger.domain.assumed import not_admitted, not_given, weight_of, with_excluded
from ledger.domain.ballot_box import Classes
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
    late: Classes
    aside: Classes
    void: Classes
    classes: Classes

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
    taken: Classes = {}
    for _, vote in votes:
        if vote is not None and item in vote.choices:
            key = vote.choices[item], vote.weight, vote.group
            taken[key] = taken.get(key, 0) + 1
    less = not_admitted(asked.known, asked.poll, taken)
    return _variant("without-members", asked, asked.outcome().result, less, {"votes": sum(taken.values())})


def _without_a_vote(asked: Question, actual: str) -> Iterator[Variant]:
    largest: dict[tuple[str, str | None], tuple[str, int, str | None]] = {}
    number: dict[tuple[str, str | None], int] = {}
    grouped = bool(asked.poll.groups or asked.known.groups)
    for (option, weight, group), votes in asked.classes.items():
        key = option, group if grouped else None
        if votes > 0:
            largest[key] = max(largest.get(key, (option, 0, group)), (option, weight, group), key=_weight)
            number[key] = number.get(key, 0) + votes
    for (option, named), one in largest.items():
        names = {"option": option} | ({"group": named} if named else {})
        numbers = {"votes": number[option, named], "weight": _weight(one)}
        yield _variant(
            "without-vote", asked, actual, not_admitted(asked.known, asked.poll, {one: 1}), numbers, names
        )


def _weight(one: tuple[str, int, str | None]) -> int:
    return one[1]


def _without_late(asked: Question, actual: str) -> Iterator[Variant]:
    if late := {one: votes for one, votes in asked.late.items() if votes > 0}:
        less = not_given(asked.known, asked.poll, late)
        yield _variant("without-late", asked, actual, less, {"votes": weight_of(late)})


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
    if asked.aside or asked.void:
        more = with_excluded(asked.known, asked.poll, asked.aside, asked.void)
        votes = weight_of(asked.aside) + weight_of(asked.void)
        yield _variant("with-excluded", asked, actual, more, {"votes": votes})


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
