"""Rule profiles: the rules of one procedure as data, signed in full in its opening statement.

A profile is complete or refused: every parameter is named, every value is known, and settings that
contradict each other or the items are refused with the reason. `complete` fills what a roll-call
file leaves out; a signed profile is never filled.

==================  ====================================================================================
majority            {n, d, strict, base}: yes·d > n·base (strict) or yes·d ≥ n·base; or {count}: at
                    least so many yes; or null: nothing is decided
base                yes_no · cast (every vote given) · present · members (all seats) · persons (the
                    votes for persons: the option with the majority is elected)
abstention          ignored · as_no · forbidden (no such option)
silence             of members who did not vote: ignored · as_abstain · as_no · as_yes
tie                 rejected · casting_vote (of the chair, where exactly half is reached)
deadline            fixed (a closing instant) · chair (open until the chair closes)
change              until_deadline · never
withdraw            whether a vote may be taken back
documents           added after opening: frozen (refused) · reconfirm (votes count once given again on
                    the new ballot paper) · keep (votes stand)
result_visibility   live · after_closing
==================  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.errors import BadProfile

RESERVED_OPTIONS = ("yes", "no", "abstain", "present", "invalid")
"""Options with a fixed meaning. Every other option is a person or another alternative."""

BASES = ("yes_no", "cast", "present", "members", "persons")

_VALUES: dict[str, tuple[Any, ...]] = {
    "abstention": ("ignored", "as_no", "forbidden"),
    "silence": ("ignored", "as_abstain", "as_no", "as_yes"),
    "tie": ("rejected", "casting_vote"),
    "deadline": ("fixed", "chair"),
    "change": ("until_deadline", "never"),
    "withdraw": (True, False),
    "documents": ("frozen", "reconfirm", "keep"),
    "result_visibility": ("live", "after_closing"),
}
_MEMBERS = frozenset({"name", "legal_basis", "majority", *_VALUES})


@dataclass(frozen=True)
class Majority:
    """What is needed. Either `count` yes votes, or n/d of `base`, more than that where `strict`."""

    n: int = 0
    d: int = 1
    strict: bool = False
    base: str = "yes_no"
    count: int | None = None


@dataclass(frozen=True)
class Profile:
    """A valid rule profile. The fields are those of the table above."""

    name: str
    legal_basis: str
    majority: Majority | None
    abstention: str
    silence: str
    tie: str
    deadline: str
    change: str
    withdraw: bool
    documents: str
    result_visibility: str


def parse_profile(data: Any) -> Profile:
    """The profile of signed data. Raises `BadProfile` with the reason."""
    if not isinstance(data, Mapping):
        raise BadProfile("a rule profile is an object")
    if missing := sorted(_MEMBERS - data.keys()):
        raise BadProfile(f"the rule profile lacks {', '.join(missing)}")
    if unknown := sorted(data.keys() - _MEMBERS):
        raise BadProfile(f"the rule profile has a setting that is not known: {', '.join(unknown)}")
    for setting, allowed in _VALUES.items():
        if data[setting] not in allowed or type(data[setting]) is not type(allowed[0]):
            raise BadProfile(f"{setting} is one of {', '.join(map(str, allowed))}, not {data[setting]!r}")
    settings = {setting: data[setting] for setting in _VALUES}
    profile = Profile(
        name=_text(data, "name", 64),
        legal_basis=_text(data, "legal_basis", 200),
        majority=_majority(data["majority"]),
        **settings,
    )
    _refuse_contradictions(profile)
    return profile


def check_options(profile: Profile, options: list[str]) -> None:
    """Returns if the profile can decide an item with these options. Raises `BadProfile`."""
    if profile.abstention == "forbidden" and "abstain" in options:
        raise BadProfile("abstention is forbidden, but the item offers it")
    if profile.silence == "as_abstain" and profile.abstention == "forbidden":
        raise BadProfile("silence counts as abstention, but abstention is forbidden")
    if profile.majority is None:
        return
    if profile.majority.base == "persons":
        if not persons(options):
            raise BadProfile("a majority for persons needs options that are persons")
    elif "yes" not in options:
        raise BadProfile("this majority counts yes votes, but the item has no option yes")
    elif extra := persons(options):
        raise BadProfile(f"this majority knows {', '.join(RESERVED_OPTIONS)} only, not {extra[0]}")


def persons(options: list[str]) -> list[str]:
    """The options that are not reserved words."""
    return [option for option in options if option not in RESERVED_OPTIONS]


def _majority(data: Any) -> Majority | None:
    if data is None:
        return None
    if isinstance(data, Mapping) and data.keys() == {"count"}:
        return Majority(base="members", count=_integer(data, "count", 1))
    if not isinstance(data, Mapping) or data.keys() != {"n", "d", "strict", "base"}:
        raise BadProfile("a majority is {n, d, strict, base}, {count}, or null")
    if data["base"] not in BASES:
        raise BadProfile(f"the base of a majority is one of {', '.join(BASES)}")
    if type(data["strict"]) is not bool:
        raise BadProfile("strict is true or false")
    return Majority(_integer(data, "n", 0), _integer(data, "d", 1), data["strict"], data["base"])


def _refuse_contradictions(profile: Profile) -> None:
    majority = profile.majority
    if profile.tie == "casting_vote" and not (
        majority and (majority.n * 2, majority.strict) == (majority.d, True) and majority.count is None
    ):
        raise BadProfile("a casting vote decides where exactly half is reached: the majority must be > 1/2")
    if majority is None or majority.count is not None:
        return
    if majority.n > majority.d or (majority.n == majority.d and majority.strict):
        raise BadProfile("a majority above all votes can never be reached")
    if majority.base == "persons" and (profile.silence != "ignored" or profile.tie != "rejected"):
        raise BadProfile("in a vote on persons silence is ignored and there is no casting vote")


def _text(data: Mapping[str, Any], name: str, limit: int) -> str:
    value = data[name]
    if not isinstance(value, str) or not 1 <= len(value) <= limit:
        raise BadProfile(f"{name} is a text of 1 to {limit} characters")
    return value


def _integer(data: Mapping[str, Any], name: str, low: int) -> int:
    value = data[name]
    if type(value) is not int or not low <= value <= 10**9:
        raise BadProfile(f"{name} is an integer from {low} to 1,000,000,000")
    return value
