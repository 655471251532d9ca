"""Both questions together: was deciding by circulation valid, and what was decided?

`decide` is a pure function of the rule profile and of what is known: no clock, no store. The steps of the
first question come first; where one does not hold, nothing is counted.
"""

from __future__ import annotations

from ledger.domain.circulation import Circulation, approval_needed, circulates
from ledger.domain.counting import Outcome, Poll, Step, count
from ledger.domain.profile import Profile


def decide(profile: Profile, known: Circulation, poll: Poll, *, polarity: str = "for") -> Outcome:
    """The outcome of one item, with its derivation."""
    failed, steps = circulates(profile, known)
    if known.excluded:
        numbers = {"excluded": known.excluded, "seats": known.seats}
        steps.append(Step("excluded", numbers, True, "exclusion"))
    if known.void:
        steps.append(Step("void-by-proxy", {"votes": known.void}, True, "exclusion"))
    if failed is not None:
        return Outcome(failed, tuple(steps), valid=False)
    counted = count(profile, poll, polarity=polarity)
    steps += counted.steps
    if counted.result == "adopted" and approval_needed(profile, known):
        numbers = {"excluded": known.excluded, "seats": known.seats}
        steps.append(Step("approval-needed", numbers, False, "too_many_excluded"))
    if counted.result == "adopted" and profile.result == "provisional":
        steps.append(Step("provisional", {}, True, "result"))
    return Outcome(counted.result, tuple(steps))
