"""Votes of a log under the rules: all that follow each other in one go, or else one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.procedure import Procedure
from ledger.domain.register import Register
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.domain.values import Place
from ledger.domain.votes_together import Casts, cast_all, may_all_cast
from ledger.errors import StimmbuchError
from ledger.proof.asked import Digests
from ledger.proof.own_votes import OwnVotes
from ledger.state import State


class ReplayedVotes:
    """Implements `ledger.proof.asked.Votes`: what is the same for all of them is looked up once."""

    def __init__(self, state: State, procedure: Procedure) -> None:
        self._state = state
        self._procedure = procedure

    def take(self, first: int, leaves: Sequence[str], votes: OwnVotes, digests: Digests) -> int:
        """Applies votes, as their events would, up to the first one of which there is something to say.

        Nearly all entries are votes, and nearly all of these are usual: nothing is to be said of any.
        """
        register = self._state.register
        if register is None:
            return 0
        if self._all(first, leaves, votes, digests):
            return len(leaves)
        return self._one_by_one(first, leaves, votes, digests, register)

    def _all(self, first: int, leaves: Sequence[str], votes: OwnVotes, digests: Digests) -> bool:
        """Applies all or none."""
        casts = Casts(
            range(first, first + len(leaves)),
            *(votes.at, leaves, votes.actor, votes.ballot, votes.item, votes.option),
            *(votes.member, votes.replaces),
        )
        if not (
            may_all_cast(self._procedure, casts) and self._are_live(votes) and digests.add_all(votes.digest)
        ):
            return False
        cast_all(self._procedure, casts)
        return True

    def _are_live(self, votes: OwnVotes) -> bool:
        """Whether the keys are live ones of those who speak."""
        wanted = set(zip(votes.actor, votes.key, strict=True))
        try:
            return all(self._state.is_live(*one) for one in wanted - self._state.live_keys())
        except StimmbuchError:
            return False

    def _one_by_one(
        self, first: int, leaves: Sequence[str], votes: OwnVotes, digests: Digests, register: Register
    ) -> int:
        """Of the payload only what guard and event ask for is made again."""
        procedure, guard, taken = self._procedure, IN_A_PROCEDURE["vote-cast"].guard, 0
        place, live = procedure.latest, self._state.live_keys()
        for leaf, vote in zip(leaves, votes.each(), strict=True):
            at, digest, key, actor, ballot, item, option, member, replaces, _, _ = vote
            payload = {
                "actor": actor,
                "ballot": ballot,
                "choices": {item: option},
                "member": member,
                "replaces": replaces,
            }
            here = Place(first + taken, at, leaf)
            try:
                if (actor, key) not in live and not self._state.is_live(actor, key):
                    break
                guard(procedure, payload, here, register)
            except StimmbuchError:  # what was refused, and why, is told by `decide`
                break
            if not digests.add(digest):
                break
            procedure.cast(payload, here)
            place, taken = here, taken + 1
        if taken:
            procedure.stand(place, taken)
        return taken
