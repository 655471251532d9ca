"""The built-in rule profiles, by name, and how a roll-call file's `rule` becomes a full profile."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from ledger.domain.profile import NEUTRAL
from ledger.domain.profile_schema import SCHEMA, settings_of
from ledger.domain.profiles_companies import COMPANIES
from ledger.domain.profiles_councils import COUNCILS
from ledger.domain.profiles_parliament import AS_STATED, IN_A_SITTING, PARLIAMENT
from ledger.domain.sentences import profiles
from ledger.errors import BadProfile

_BUILT_IN: dict[str, dict[str, Any]] = {**PARLIAMENT, **COUNCILS, **COMPANIES}

NAMES = tuple(_BUILT_IN)

_OF_TIME = ("period", "extension", "grace", "early_close")
_UNKNOWN_TO_A_ROLL_CALL = (
    *("trigger", "subject", "proposer", "objection", "procedure_consent", "reach", "substitution", "proxy"),
    *(
        "weights",
        "secrecy",
        "provenance",
        "exclusion",
        "quorum",
        "chair_votes",
        "groups",
        "validity",
        "result",
    ),
)


def complete(rule: Any) -> dict[str, Any]:
    """The full profile of a built-in name, or of an object that may leave out usual settings of its schema.

    Raises `BadProfile` for an unknown name; the settings themselves are checked by `parse_profile`.
    """
    usual = {"schema": SCHEMA, **copy.deepcopy(NEUTRAL), **IN_A_SITTING}
    if isinstance(rule, Mapping):
        known = {"schema", *settings_of(rule.get("schema"))}
        usual = {name: value for name, value in usual.items() if name in known}
        return {"name": "own", "legal_basis": AS_STATED, **usual, **rule}
    if not isinstance(rule, str) or rule not in _BUILT_IN:
        raise BadProfile(profiles.NO_PROFILE, rule=rule, names=", ".join(NAMES))
    return {**usual, "name": rule, **copy.deepcopy(_BUILT_IN[rule])}


def for_replay(rule: Any) -> dict[str, Any]:
    """The full profile under which a roll call is replayed.

    A roll call shows votes, and nothing of what a statute asks for beside them; it is closed by the
    clerk who replays it, because the deadline of the source lies in the past.
    """
    data = complete(rule)
    said = rule.keys() if isinstance(rule, Mapping) else ()  # what somebody wrote into the file stands
    neutral = [*_OF_TIME, *(name for name in _UNKNOWN_TO_A_ROLL_CALL if name not in said)]
    data |= {name: copy.deepcopy(NEUTRAL[name]) for name in neutral if name in data}
    change = "never" if data["change"] == "never" else "until_deadline"
    return {**data, "deadline": "chair", "change": change}
