"""Was it unanimous (einstimmig)? Said of a result, never a condition for it.

Nobody voted the other way: abstentions do not prevent unanimity (OVG Lüneburg, 10 LC 117/22, on NKomVG § 71
Abs. 10), unless the rule profile reads them, or silence, as votes the other way. It follows from the
derivation and is not a step of it: what was signed before this word was known stays as it was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def unanimous(result: str, derivation: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a result with this derivation (plain steps) was reached without a vote the other way."""
    steps = {step["code"]: step for step in derivation}
    if "corrected" in steps:
        return False  # somebody said another result than the votes give
    if result.startswith("elected:"):
        return _one_person(steps, result.removeprefix("elected:"))
    if result not in ("adopted", "rejected") or "counts" not in steps:
        return False
    # A recommendation to reject that was adopted: those who voted for it rejected the motion.
    carried = (result == "adopted") != ("polarity" in steps)
    one, other = ("yes", "no") if carried else ("no", "yes")
    given = steps["counts"]["numbers"]
    read_as_other = sum(
        steps[code]["numbers"][number]
        for code, number in (("silence", "silent"), ("abstention", "abstained"))
        if code in steps and steps[code]["names"]["as"] == other
    )
    return bool(given.get(one, 0) > 0 and given.get(other, 0) + read_as_other == 0)


def _one_person(steps: Mapping[str, Mapping[str, Any]], elected: str) -> bool:
    votes = steps["persons"]["numbers"]
    return bool(votes[elected] > 0 and sum(votes.values()) == votes[elected])
