"""The votes of one procedure as they stand, and their counts. Assigns only; the rules are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.values import Vote


class BallotBox:
    """Counts are kept with every change, so that reading them never depends on the number of votes."""

    def __init__(self, items: Mapping[str, list[str]], ballot: str) -> None:
        self.ballot = ballot
        """Digest of the ballot paper that counts now."""
        self.votes: dict[str, Vote] = {}
        """Member → the vote as it stands, also one given on an older paper."""
        self.counts = {item: dict.fromkeys(options, 0) for item, options in items.items()}
        """Item → option → sum of the weights of the votes that count."""
        self.casting: Mapping[str, str] = {}
        """Item → the chair's casting vote."""
        self.present: set[str] = set()
        """Members recorded as present."""
        self._superseded: set[str] = set()

    def put(self, member: str, vote: Vote) -> None:
        """The member's vote, in place of an earlier one."""
        self.take(member)
        self.votes[member] = vote
        self._count(vote, +1)

    def take(self, member: str) -> None:
        """Removes the member's vote, if there is one."""
        vote = self.votes.pop(member, None)
        if vote is not None and member not in self._superseded:
            self._count(vote, -1)
        self._superseded.discard(member)

    def new_paper(self, ballot: str, *, keep: bool) -> None:
        """Another ballot paper. Without `keep`, votes count again only when given again on it.

        That goes for the casting vote as well.
        """
        self.ballot = ballot
        if not keep:
            self._superseded = set(self.votes)
            self.casting = {}
            for counts in self.counts.values():
                counts.update(dict.fromkeys(counts, 0))

    def superseded(self, member: str) -> bool:
        """Whether the member's vote was given on an older paper and does not count now."""
        return member in self._superseded

    def voted_on(self, member: str, item: str) -> bool:
        """Whether a vote of the member counts on this item."""
        return member in self.votes and member not in self._superseded and item in self.votes[member].choices

    def _count(self, vote: Vote, sign: int) -> None:
        for item, option in vote.choices.items():
            counts = self.counts.get(item, {})
            if option in counts:  # a vote that got here past the rules counts for nothing, and harms nothing
                counts[option] += sign * vote.weight
