"""From counts to an outcome, in exact integers, with the derivation.

`decide` is a pure function. Fractions are compared by multiplication: 4/5 of 33 members are reached
when 5·yes ≥ 4·33, that is with 27. Every step names its numbers, so that a reader can do it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ledger.domain.profile import Majority, Profile, persons


class Poll(NamedTuple):
    """What was counted on one item. All numbers are sums of weights."""

    counts: Mapping[str, int]
    """Option → votes. Every option of the item is named."""
    members: int
    """All seats of the electorate."""
    present: int
    """Members who voted on this item or are recorded as present."""
    casting_vote: str | None = None


class Step(NamedTuple):
    """One line of a derivation: a stable code, a sentence, the numbers in it, and whether it holds."""

    code: str
    text: str
    numbers: Mapping[str, int]
    holds: bool


@dataclass(frozen=True)
class Outcome:
    """What was decided: `adopted`, `rejected`, `elected:<option>`, `no-decision` or `void`."""

    result: str
    steps: tuple[Step, ...]


VOID = Outcome("void", (Step("annulled", "the result was annulled; the counts stand", {}, True),))


def decide(profile: Profile, poll: Poll, *, polarity: str = "for") -> Outcome:
    """The outcome of one item under `profile`.

    `polarity` "against": the question was a recommendation to reject the motion. Adopting it rejects
    the motion; rejecting it leaves the motion to be put itself. The outcome is the motion's.
    """
    majority = profile.majority
    if majority is None:
        return Outcome("no-decision", (Step("nothing", "the profile decides nothing", {}, True),))
    if majority.base == "persons":
        return _elect(majority, poll)
    counted = _read_silence(profile, poll)
    steps = [Step("counts", _sentence(counted), dict(counted.counts), True)]
    adopted = _majority_step(profile, majority, counted, steps)
    if polarity == "for":
        return Outcome("adopted" if adopted else "rejected", tuple(steps))
    steps.append(Step("polarity", "the question was a recommendation to reject the motion", {}, True))
    return Outcome("rejected" if adopted else "no-decision", tuple(steps))


def _read_silence(profile: Profile, poll: Poll) -> Poll:
    """The poll with silent members counted, and abstentions moved, as the profile says."""
    counts = dict(poll.counts)
    silent = poll.members - sum(counts.values())
    target = {"as_abstain": "abstain", "as_no": "no", "as_yes": "yes"}.get(profile.silence)
    if target:
        counts[target] = counts.get(target, 0) + silent
    if profile.abstention == "as_no":
        counts["no"] = counts.get("no", 0) + counts.pop("abstain", 0)
    return poll._replace(counts=counts, present=max(poll.present, sum(counts.values())))


def _majority_step(profile: Profile, majority: Majority, poll: Poll, steps: list[Step]) -> bool:
    yes = poll.counts.get("yes", 0)
    if majority.count is not None:
        holds = yes >= majority.count
        text = f"{majority.count} yes required, {yes} given"
        steps.append(Step("count", text, {"required": majority.count, "yes": yes}, holds))
        return holds
    base = _base(majority.base, poll)
    holds = _reaches(majority, yes, base)
    steps.append(_fraction("majority", majority, yes, base, holds, "yes"))
    if profile.tie == "casting_vote" and not holds and 2 * yes == base and base > 0:
        holds = poll.casting_vote == "yes"
        given = f"the chair's casting vote is {poll.casting_vote}" if poll.casting_vote else "none was given"
        steps.append(Step("casting-vote", f"exactly half: {given}", {}, holds))
    return holds


def _elect(majority: Majority, poll: Poll) -> Outcome:
    votes = {option: poll.counts[option] for option in persons(list(poll.counts))}
    base = sum(votes.values())
    best = max(votes, key=lambda option: votes[option])
    holds = _reaches(majority, votes[best], base)
    text = f"{base} votes for persons"
    steps = [
        Step("persons", text, votes, True),
        _fraction("majority", majority, votes[best], base, holds, f"for {best}"),
    ]
    leaders = {option: given for option, given in votes.items() if given == votes[best]}
    if holds and len(leaders) > 1:
        # Nobody is elected by the order in which the ballot paper lists the persons.
        holds = False
        steps.append(Step("tie", f"equally many votes for {', '.join(leaders)}", leaders, holds))
    return Outcome(f"elected:{best}" if holds else "no-decision", tuple(steps))


def _reaches(majority: Majority, votes: int, base: int) -> bool:
    if majority.strict:
        return votes * majority.d > majority.n * base
    # Without any vote 0 ≥ 0 would hold: nothing is adopted by nobody.
    return votes > 0 and votes * majority.d >= majority.n * base


def _base(base: str, poll: Poll) -> int:
    if base == "yes_no":
        return poll.counts.get("yes", 0) + poll.counts.get("no", 0)
    if base == "cast":
        return sum(poll.counts.values())
    return poll.present if base == "present" else poll.members


def _fraction(code: str, majority: Majority, votes: int, base: int, holds: bool, what: str) -> Step:
    sign = ">" if majority.strict else "≥"
    text = (
        f"{sign} {majority.n}/{majority.d} of {base} ({majority.base}) required, {votes} {what}: "
        f"{votes}·{majority.d} {sign} {majority.n}·{base} {'holds' if holds else 'does not hold'}"
    )
    numbers = {"votes": votes, "n": majority.n, "d": majority.d, "base": base}
    return Step(code, text, numbers, holds)


def _sentence(poll: Poll) -> str:
    return ", ".join(f"{votes} {option}" for option, votes in poll.counts.items())
