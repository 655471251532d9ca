"""What was decided? From the counts of one item to an outcome, in exact integers, with the derivation.

`count` is a pure function. Fractions are compared by multiplication: 4/5 of 33 members are reached
when 5·yes ≥ 4·33, that is with 27. Every step names its numbers, so that a reader can do it again; its
words are made from its code (`ledger.domain.words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.domain.profile import Majority, Profile, persons

Named = Mapping[str, int]


class Part(NamedTuple):
    """The votes of one group."""

    counts: Named
    members: int
    excluded: int = 0


class Poll(NamedTuple):
    """What was counted on one item. All numbers are sums of weights."""

    counts: Named
    """Option → votes. Every option of the item is named."""
    members: int
    """All seats of the electorate."""
    present: int
    """Members who voted on this item or are recorded as present."""
    casting_vote: str | None = None
    participating: int = 0
    """Members whose vote counts on any item, without those whose vote on this one is set aside."""
    excluded: int = 0
    """Members excluded from this item: not silent, and not counted."""
    chair_vote: str | None = None
    """What the chair chose, where the chair's vote counts."""
    lot: str | None = None
    """What a recorded lot decided between equals."""
    groups: Mapping[str, Part] = {}
    """The same apart, where the profile counts groups apart."""


@dataclass(frozen=True)
class Step:
    """One line of a derivation: a stable code, numbers and names, whether it holds, and the setting."""

    code: str
    numbers: Named = field(default_factory=dict)
    holds: bool = True
    setting: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The step as plain values: what a determination signs the digest of."""
        return {
            "code": self.code,
            "numbers": dict(self.numbers),
            "names": dict(self.names),
            "holds": self.holds,
            "setting": self.setting,
        }


@dataclass(frozen=True)
class Outcome:
    """What was decided: `adopted`, `rejected`, `elected:<option>`, `no-decision`, `referred` or `void`."""

    result: str
    steps: tuple[Step, ...]
    valid: bool = True
    """Whether deciding by circulation was valid."""


def derivation(outcomes: Mapping[str, Outcome]) -> dict[str, list[dict[str, Any]]]:
    """Item → its steps as plain values."""
    return {item: [step.plain() for step in found.steps] for item, found in outcomes.items()}


VOID = Outcome("void", (Step("annulled"),))


def count(profile: Profile, poll: Poll, *, polarity: str = "for") -> Outcome:
    """The outcome of one item under `profile`, if deciding it is valid.

    `polarity` "against": the question was a recommendation to reject the motion. Adopting it rejects
    the motion; rejecting it leaves the motion to be put itself. The outcome is the motion's.
    """
    majority = profile.majority
    if majority is None:
        return Outcome("no-decision", (Step("nothing", setting="majority"),))
    if majority.base == "persons":
        return _elect(profile, majority, poll)
    steps = [Step("counts", dict(poll.counts))]
    counted = _read_silence(profile, poll, steps)
    adopted = _adopted(profile, majority, counted, steps)
    if polarity == "for":
        return Outcome("adopted" if adopted else "rejected", tuple(steps))
    steps.append(Step("polarity"))
    return Outcome("rejected" if adopted else "no-decision", tuple(steps))


# ── reading ────────────────────────────────────────────────────────────────────────────────────


def _read_silence(profile: Profile, poll: Poll, steps: list[Step]) -> Poll:
    """The poll with silent members counted, and abstentions moved, as the profile says."""
    silent = max(0, poll.members - poll.excluded - sum(poll.counts.values()))
    abstained = poll.counts.get("abstain", 0)
    target = _SILENT.get(profile.silence)
    if target and silent:
        steps.append(Step("silence", {"silent": silent}, True, "silence", {"as": target}))
    moved = _ABSTAINED.get(profile.abstention)
    if moved and (abstained or target == "abstain"):
        together = abstained + (silent if target == "abstain" else 0)
        steps.append(Step("abstention", {"abstained": together}, True, "abstention", {"as": moved}))
    counts = _moved(profile, poll.counts, silent)
    groups = {
        name: part._replace(counts=_moved(profile, part.counts, _silent(part)))
        for name, part in poll.groups.items()
    }
    present = max(poll.present, sum(counts.values()))
    return poll._replace(counts=counts, present=present, groups=groups)


_SILENT = {"as_abstain": "abstain", "as_no": "no", "as_yes": "yes"}
_ABSTAINED = {"as_no": "no", "as_yes": "yes"}


def _silent(part: Part) -> int:
    return max(0, part.members - part.excluded - sum(part.counts.values()))


def _moved(profile: Profile, given: Named, silent: int) -> dict[str, int]:
    counts = dict(given)
    if target := _SILENT.get(profile.silence):
        counts[target] = counts.get(target, 0) + silent
    if target := _ABSTAINED.get(profile.abstention):
        counts[target] = counts.get(target, 0) + counts.pop("abstain", 0)
    return counts


# ── majorities ─────────────────────────────────────────────────────────────────────────────────


def _adopted(profile: Profile, majority: Majority, poll: Poll, steps: list[Step]) -> bool:
    yes = poll.counts.get("yes", 0)
    if majority.count is not None:
        holds = yes >= majority.count
        steps.append(Step("fixed-number", {"required": majority.count, "yes": yes}, holds, "majority"))
        return holds
    base = _base(majority.base, poll)
    holds = reaches(majority, yes, base)
    steps.append(_share(majority, yes, base, holds, "yes"))
    if not holds and 2 * yes == base and base > 0 and profile.tie != "rejected":
        holds = _break_tie(profile.tie, poll, steps)
    for name, part in poll.groups.items():
        holds = _group_adopts(majority, name, part, steps) and holds
    return holds


def _break_tie(tie: str, poll: Poll, steps: list[Step]) -> bool:
    code, choice = {
        "casting_vote": ("casting-vote", poll.casting_vote),
        "chair_decides": ("chair-decides", poll.chair_vote),
        "lot": ("lot", poll.lot),
    }[tie]
    steps.append(Step(code, {}, choice == "yes", "tie", {"choice": choice or "none"}))
    return choice == "yes"


def _group_adopts(majority: Majority, name: str, part: Part, steps: list[Step]) -> bool:
    yes, cast = part.counts.get("yes", 0), sum(part.counts.values())
    base = {"yes_no": yes + part.counts.get("no", 0), "members": part.members, "votes_existing": part.members}
    of = base.get(majority.base, cast)
    holds = reaches(majority, yes, of)
    share = _share(majority, yes, of, holds, "yes")
    steps.append(Step("group-majority", share.numbers, holds, "groups", {**share.names, "group": name}))
    return holds


def _elect(profile: Profile, majority: Majority, poll: Poll) -> Outcome:
    votes = {option: poll.counts[option] for option in persons(poll.counts)}
    base = sum(votes.values())
    if not votes:
        return Outcome("no-decision", (Step("nothing", setting="majority"),))
    best = max(votes, key=lambda option: votes[option])
    holds = reaches(majority, votes[best], base)
    steps = [Step("persons", votes, names={}), _share(majority, votes[best], base, holds, best)]
    leaders = {option: given for option, given in votes.items() if given == votes[best]}
    if holds and len(leaders) > 1:
        # Nobody is elected by the order in which the ballot paper lists the persons.
        drawn = poll.lot if profile.tie == "lot" and poll.lot in leaders else None
        steps.append(Step("tie", leaders, drawn is not None, "tie"))
        if profile.tie == "lot":
            steps.append(Step("lot", {}, drawn is not None, "tie", {"choice": drawn or "none"}))
        holds, best = drawn is not None, drawn or best
    return Outcome(f"elected:{best}" if holds else "no-decision", tuple(steps))


def reaches(majority: Majority, votes: int, base: int) -> bool:
    """Whether so many votes are the share of `base` that is asked for."""
    if majority.strict:
        return votes * majority.d > majority.n * base
    # Without any vote 0 ≥ 0 would hold: nothing is adopted by nobody.
    return votes > 0 and votes * majority.d >= majority.n * base


def _base(base: str, poll: Poll) -> int:
    if base == "yes_no":
        return poll.counts.get("yes", 0) + poll.counts.get("no", 0)
    cast = sum(poll.counts.values())
    bases = {"cast": cast, "participating": max(cast, poll.participating), "present": poll.present}
    return bases.get(base, poll.members)


def _share(majority: Majority, votes: int, base: int, holds: bool, option: str) -> Step:
    numbers = {"votes": votes, "n": majority.n, "d": majority.d, "base": base}
    numbers["required"] = needed(majority.n, majority.d, base, strict=majority.strict)
    names = {"of": majority.base, "option": option, "sign": "more" if majority.strict else "at-least"}
    return Step("majority", numbers, holds, "majority", names)


def needed(n: int, d: int, base: int, *, strict: bool) -> int:
    """The smallest whole number that is n/d of `base`, or more than that where `strict`."""
    return n * base // d + 1 if strict else -(-n * base // d)
