"""A naive recount, without the ledger: the second opinion that converters and tallies are compared with.

It knows the rules by name and nothing of the project's counting. One cast a member is assumed, as all
published roll calls have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from tests.support.rollcalls.rollcall import RollCall

NOT_PERSONS = {"yes", "no", "abstain", "present", "invalid"}

_ADOPTED: Mapping[str, Callable[[int, int, int], bool]] = {
    "simple-majority": lambda yes, no, _: yes > no,
    "absolute-majority-of-members": lambda yes, _, members: 2 * yes > members,
    "two-thirds": lambda yes, no, _: 3 * yes >= 2 * (yes + no) > 0,
    "two-thirds-of-members": lambda yes, _, members: 3 * yes >= 2 * members,
    "three-fifths-of-members": lambda yes, _, members: 5 * yes >= 3 * members,
    "sixty-in-support": lambda yes, _no, _members: yes >= 60,
}


def count(call: RollCall) -> Counter[str]:
    """Option → votes."""
    return Counter(cast["choice"] for cast in call["casts"])


def by_group(call: RollCall) -> dict[str, Counter[str]]:
    """Group → option → votes; members without a known group under ""."""
    groups = {member["id"]: member.get("group", "") for member in call["members"]}
    split: dict[str, Counter[str]] = {group: Counter() for group in groups.values()}
    for cast in call["casts"]:
        split[groups[cast["member"]]][cast["choice"]] += 1
    return split


def decide(call: RollCall) -> str:
    """The outcome by the rule's name. Raises `KeyError` for a rule that no source uses."""
    votes = count(call)
    if call["rule"] == "quorum-call":
        return "no-decision"
    if call["rule"] == "majority-for-person":
        persons = Counter({option: n for option, n in votes.items() if option not in NOT_PERSONS})
        ((best, most),) = persons.most_common(1)
        return f"elected:{best}" if 2 * most > persons.total() else "no-decision"
    adopted = _ADOPTED[call["rule"]](votes["yes"], votes["no"], len(call["members"]))
    if call.get("polarity") == "against":
        return "rejected" if adopted else "no-decision"
    return "adopted" if adopted else "rejected"


def differs(call: RollCall) -> bool:
    """Whether something that was published is not what the votes give."""
    votes, said = count(call), call["published"]
    wrong = any(votes[option] != number for option, number in said.get("counts", {}).items())
    return wrong or said.get("outcome", decide(call)) != decide(call)


def said(calls: list[RollCall]) -> tuple[int, int, int]:
    """How many roll calls, how many of them with published numbers, how many with a published outcome."""
    published = [call["published"] for call in calls]
    return len(calls), sum("counts" in p for p in published), sum("outcome" in p for p in published)
