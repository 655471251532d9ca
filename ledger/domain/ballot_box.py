"""The votes of one procedure as they stand, and their counts. Assigns only; the rules are elsewhere.

Counts are kept with every change, so that reading them never depends on the number of votes:

===========  ==========================================================================================
counts       the votes that count
groups       `counts`, apart for each group, where the profile counts groups apart
classes      how many votes of `counts` are equal: same option, weight and group
late         of `classes`, those given after the first deadline
aside        those of members who are excluded from the item, likewise: visible, and not counted
void         those that somebody who is excluded from the item gave as a proxy for others, likewise
===========  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ledger.domain.values import Vote

Counts = dict[str, dict[str, int]]
"""Item → option → sum of weights."""

Classes = dict[tuple[str, int, str | None], int]
"""Option, weight and group → how many votes are equal in these."""

Equal = tuple[str, str, int, str | None]
"""Item, option, weight and group: what it takes for two votes on one item to be equal."""


class BallotBox:
    """Ballots of a procedure with these items (item → options)."""

    def __init__(self, items: Mapping[str, list[str]], ballot: str, groups: Iterable[str] = ()) -> None:
        self.ballot = ballot
        """Digest of the ballot paper that counts now."""
        self.votes: dict[str, Vote] = {}
        """Member → the vote as it stands, also one given on an older paper."""
        self._items = items
        self.counts = self._empty()
        self.groups = {group: self._empty() for group in groups}
        self.classes: dict[str, Classes] = {item: {} for item in items}
        self.late: dict[str, Classes] = {item: {} for item in items}
        self.aside: dict[str, Classes] = {item: {} for item in items}
        self.void: dict[str, Classes] = {item: {} for item in items}
        self.heads = dict.fromkeys(items, 0)
        """Item → members whose vote counts on it."""
        self.voters = 0
        """Members whose vote counts on the present paper."""
        self.participating = 0
        """The sum of their weights."""
        self.excluded: dict[str, dict[str, int]] = {item: {} for item in items}
        """Item → excluded member → weight."""
        self.conflicted: dict[str, set[str]] = {item: set() for item in items}
        """Item → people with a conflict of interest, also those in whose seat there is a substitute now."""
        self.casting: Mapping[str, str] = {}
        """Item → the chair's casting vote."""
        self.present: set[str] = set()
        """Members recorded as present."""
        self.withdrawn: set[str] = set()
        """Members who took back a vote that counted on the present paper."""
        self._superseded: set[str] = set()

    def put(self, member: str, vote: Vote) -> None:
        """The member's vote, in place of an earlier one."""
        if member in self.votes:
            self.take(member)
        self.votes[member] = vote
        self._count(member, vote, +1)

    def put_first(self, votes: Iterable[tuple[str, Vote]], equal: Mapping[Equal, int]) -> None:
        """The first votes of members, each on one item, where nobody is excluded from any, and none is late.

        `equal` says how many of them are equal.
        """
        self.votes.update(votes)
        for (item, option, weight, group), number in equal.items():
            self.voters += number
            self.participating += number * weight
            self.heads[item] += number
            self.counts[item][option] += number * weight
            classes, key = self.classes[item], (option, weight, group)
            classes[key] = classes.get(key, 0) + number
            if group in self.groups:
                self.groups[group][item][option] += number * weight

    def withdraw(self, member: str) -> None:
        """The member takes the vote back: kept is that there was one, unless it was without effect."""
        if self.stands(member):
            self.withdrawn.add(member)
        self.take(member)

    def take(self, member: str) -> None:
        """Removes the member's vote, if there is one."""
        vote = self.votes.pop(member, None)
        if vote is not None and member not in self._superseded:
            self._count(member, vote, -1)
        self._superseded.discard(member)

    def exclude(self, member: str, items: Iterable[str], weight: int) -> None:
        """What the member voted on these items is set aside, now and later, for others as well."""
        self._recount(member, items, lambda item: self._exclude(member, item, weight))

    def include(self, member: str, items: Iterable[str]) -> None:
        """Takes an exclusion back."""
        self._recount(member, items, lambda item: self._include(member, item))

    def vacate(self, member: str) -> None:
        """The seat goes on without what concerned the member: a conflict of interest, a vote to be confirmed.

        The conflict itself stays: the member may be somebody's proxy.
        """
        self.take(member)
        for excluded in self.excluded.values():
            excluded.pop(member, None)

    def given_by(self, proxy: str) -> list[str]:
        """Members for whom this person voted."""
        return [member for member, vote in self.votes.items() if vote.proxy == proxy]

    def new_paper(self, ballot: str, *, keep: bool) -> None:
        """Another ballot paper. Without `keep`, votes count again only when given again on it.

        That goes for the casting vote as well.
        """
        self.ballot = ballot
        if keep:
            return
        self._superseded = set(self.votes)
        self.withdrawn = set()
        self.casting = {}
        self.counts = self._empty()
        self.groups = {group: self._empty() for group in self.groups}
        for classes in (self.classes, self.late, self.aside, self.void):
            classes.update({item: {} for item in self._items})
        self.heads = dict.fromkeys(self._items, 0)
        self.voters = self.participating = 0

    def superseded(self, member: str) -> bool:
        """Whether the member's vote was given on an older paper and does not count now."""
        return member in self._superseded

    def stands(self, member: str) -> bool:
        """Whether there is a vote that the member would change with another one.

        None is one on an older paper, nor one of a proxy who may not take part: they are without effect.
        """
        vote = self.votes.get(member)
        if vote is None or member in self._superseded:
            return False
        return vote.proxy is None or self.counts_for(member)

    def voted_on(self, member: str, item: str) -> bool:
        """Whether a vote of the member counts on this item."""
        vote = self.votes.get(member)
        return (
            vote is not None
            and member not in self._superseded
            and item in vote.choices
            and not self._set_aside(member, vote, item)
        )

    def counts_for(self, member: str) -> bool:
        """Whether the member's vote counts on any item."""
        vote = self.votes.get(member)
        if vote is None or member in self._superseded:
            return False
        if not any(self.conflicted.values()):  # nearly always
            return bool(vote.choices)
        return any(not self._set_aside(member, vote, item) for item in vote.choices)

    def _empty(self) -> Counts:
        return {item: dict.fromkeys(options, 0) for item, options in self._items.items()}

    def _exclude(self, member: str, item: str, weight: int) -> None:
        self.excluded[item][member] = weight
        self.conflicted[item].add(member)

    def _include(self, member: str, item: str) -> None:
        self.excluded[item].pop(member, None)
        self.conflicted[item].discard(member)

    def _set_aside(self, member: str, vote: Vote, item: str) -> bool:
        """Whether the member, or who voted for the member, may not take part on this item."""
        return member in self.excluded.get(item, ()) or vote.proxy in self.conflicted.get(item, ())

    def _recount(self, member: str, items: Iterable[str], change: Callable[[str], object]) -> None:
        """Around a change: the member's vote, and those that the member gave for others."""
        own = [member] if member in self.votes else []
        votes = {one: self.votes[one] for one in own + self.given_by(member) if one not in self._superseded}
        for one, vote in votes.items():
            self._count(one, vote, -1)
        for item in items:
            if item in self.excluded:
                change(item)
        for one, vote in votes.items():
            self._count(one, vote, +1)

    def _count(self, member: str, vote: Vote, sign: int) -> None:
        weight, group = sign * vote.weight, vote.group
        self.voters += sign
        self.participating += weight
        for item, option in vote.choices.items():
            counts = self.counts.get(item)
            if counts is None or option not in counts:  # got here past the rules: counts for nothing
                continue
            key = option, vote.weight, group
            if self._set_aside(member, vote, item):
                apart = self.aside[item] if member in self.excluded[item] else self.void[item]
                apart[key] = apart.get(key, 0) + sign
                if not apart[key]:
                    del apart[key]
                continue
            counts[option] += weight
            self.heads[item] += sign
            classes = self.classes[item]
            classes[key] = classes.get(key, 0) + sign
            if vote.late:
                late = self.late[item]
                late[key] = late.get(key, 0) + sign
            if group in self.groups:
                self.groups[group][item][option] += weight
