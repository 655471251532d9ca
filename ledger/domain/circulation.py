"""Is deciding by circulation valid? The first question, asked for each item.

In this order, because the first that fails decides: everyone reached, no objection, no demand for a secret
ballot, enough consents, quorum, and nobody silent where silence voids the procedure. Exact integers: 4/5
of 33 members are 27 consents, because 5·26 < 4·33.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ledger.domain.counting import Step, needed
from ledger.domain.profile import Profile


class Circulation(NamedTuple):
    """What is known about one item, beside its counts. Numbers of members, unless it says weights."""

    seats: int
    weight: int = 0
    """All weights."""
    heads: int = 0
    """Members whose vote counts on this item."""
    consents: int = 0
    consent_weight: int = 0
    objections: int = 0
    excluded: int = 0
    void: int = 0
    """Members for whom an excluded proxy voted: they are silent."""
    unreached: int = 0
    demands: int = 0
    """Members who demand a secret ballot on this item."""
    election: bool = False
    chair_took_part: bool = False
    implied: Mapping[str, int] = {}
    """Option → members of whose consents nothing is on record but such a vote."""
    left_out: int = 0
    """Members whose vote is left out to see what it decided: neither silent nor excluded."""
    groups: Mapping[str, tuple[int, int]] = {}
    """Group → members whose vote counts, and seats; where the quorum asks for each group."""


Check = tuple[Step | None, str]
"""A step, and the result if it does not hold."""


def circulates(profile: Profile, known: Circulation) -> tuple[str | None, list[Step]]:
    """The steps of the first question, and None if all hold: else the result of the first that does not."""
    steps = []
    for check in _CHECKS:
        step, result = check(profile, known)
        if step is not None:
            steps.append(step)
            if not step.holds:
                return result, steps
    return None, steps


def _reached(profile: Profile, known: Circulation) -> Check:
    if profile.reach != "everyone" and not known.unreached:
        return None, ""
    numbers = {"seats": known.seats, "unreached": known.unreached}
    setting = "reach" if profile.reach == "everyone" else "period"
    return Step("reached", numbers, known.unreached == 0, setting), "no-decision"


def _objections(profile: Profile, known: Circulation) -> Check:
    rule = profile.objection
    if rule is None or (rule.effect == "count" and not known.objections):
        return None, ""
    required = rule.count if rule.count is not None else needed(rule.n, rule.d, known.seats, strict=False)
    numbers = {"objections": known.objections, "required": required}
    holds = rule.effect == "count" or not rule.reached(known.objections, known.seats)
    result = {"reject": "rejected", "refer": "referred"}.get(rule.effect, "no-decision")
    return Step("objections", numbers, holds, "objection", {"effect": rule.effect}), result


def _secret_ballot(profile: Profile, known: Circulation) -> Check:
    demand = profile.secrecy["demand"]
    if demand is None or not known.demands or not demandable(profile, known.election):
        return None, ""
    numbers = {"demands": known.demands, "required": demand}
    return Step("secret-ballot", numbers, known.demands < demand, "secrecy"), "referred"


def demandable(profile: Profile, election: bool) -> bool:
    """Whether a secret ballot may be demanded on such an item."""
    return profile.secrecy["demand"] is not None and (election or profile.secrecy["items"] == "all")


def _consents(profile: Profile, known: Circulation) -> Check:
    rule = profile.procedure_consent
    if rule is None:
        return None, ""
    given, of = (
        (known.consents, known.seats) if rule.of == "members" else (known.consent_weight, known.weight)
    )
    required = needed(rule.n, rule.d, of, strict=False)
    numbers = {"given": given, "n": rule.n, "d": rule.d, "of_count": of, "required": required}
    holds = given * rule.d >= rule.n * of and given > 0
    return Step("consent", numbers, holds, "procedure_consent", {"of": rule.of}), "no-decision"


def _quorum(profile: Profile, known: Circulation) -> Check:
    rule = profile.quorum
    if rule is None:
        return None, ""
    if approval_needed(profile, known):
        return Step("quorum-by-exclusion", {"excluded": known.excluded}, True, "too_many_excluded"), ""
    share = known.heads * rule.d > rule.n * known.seats
    share = share or (not rule.strict and known.heads * rule.d == rule.n * known.seats)
    by_group = all(
        took_part * rule.d > rule.n * seats or (not rule.strict and took_part * rule.d == rule.n * seats)
        for took_part, seats in known.groups.values()
    )
    holds = share and by_group and known.heads >= rule.at_least and (known.chair_took_part or not rule.chair)
    required = max(needed(rule.n, rule.d, known.seats, strict=rule.strict), rule.at_least)
    numbers = {"took_part": known.heads, "seats": known.seats, "required": required}
    names = {
        "chair": _told(known.chair_took_part) if rule.chair else "not-asked",
        "groups": _told(by_group) if rule.groups else "not-asked",
    }
    return Step("quorum", numbers, holds, "quorum", names), "no-decision"


def _told(holds: bool) -> str:
    return "yes" if holds else "no"


def _nobody_silent(profile: Profile, known: Circulation) -> Check:
    if profile.silence != "voids":
        return None, ""
    silent = known.seats - known.excluded - known.left_out - known.heads
    return Step(
        "nobody-silent", {"silent": silent, "seats": known.seats}, silent <= 0, "silence"
    ), "no-decision"


def approval_needed(profile: Profile, known: Circulation) -> bool:
    """Whether so many are excluded that the resolution needs the supervising authority (NKomVG § 65 III)."""
    return profile.too_many_excluded == "authority_approval" and 2 * known.excluded > known.seats


_CHECKS: tuple[Callable[[Profile, Circulation], Check], ...] = (
    _reached,
    _objections,
    _secret_ballot,
    _consents,
    _quorum,
    _nobody_silent,
)
