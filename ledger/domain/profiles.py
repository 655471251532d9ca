"""The built-in rule profiles, by name, and how a roll-call file's `rule` becomes a full profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.errors import BadProfile

_PARLIAMENT: dict[str, Any] = {
    "abstention": "ignored",
    "silence": "ignored",
    "tie": "rejected",
    "deadline": "chair",
    "change": "until_deadline",
    "withdraw": True,
    "documents": "frozen",
    "result_visibility": "live",
}
"""What a roll call in a sitting has in common, and what a profile in a roll-call file may leave out."""

_MORE_YES_THAN_NO = {"n": 1, "d": 2, "strict": True, "base": "yes_no"}

_BUILT_IN: dict[str, dict[str, Any]] = {
    "simple-majority": {
        "legal_basis": "parliamentary practice: more yes than no",
        "majority": _MORE_YES_THAN_NO,
    },
    "simple-majority-casting-vote": {
        "legal_basis": "parliamentary practice: more yes than no, casting vote of the chair on a tie",
        "majority": _MORE_YES_THAN_NO,
        "tie": "casting_vote",
    },
    "absolute-majority-of-members": {
        "legal_basis": "parliamentary practice: more than half of all members",
        "majority": {"n": 1, "d": 2, "strict": True, "base": "members"},
    },
    "absolute-majority-of-present": {
        "legal_basis": "parliamentary practice: more than half of the members present",
        "majority": {"n": 1, "d": 2, "strict": True, "base": "present"},
    },
    "two-thirds": {
        "legal_basis": "parliamentary practice: two thirds of yes and no",
        "majority": {"n": 2, "d": 3, "strict": False, "base": "yes_no"},
    },
    "two-thirds-of-members": {
        "legal_basis": "parliamentary practice: two thirds of all members",
        "majority": {"n": 2, "d": 3, "strict": False, "base": "members"},
    },
    "three-fifths-of-members": {
        "legal_basis": "parliamentary practice: three fifths of all members",
        "majority": {"n": 3, "d": 5, "strict": False, "base": "members"},
    },
    "sixty-in-support": {
        "legal_basis": "Kantonsratsgesetz Zürich: provisional support by 60 members",
        "majority": {"count": 60},
    },
    "majority-for-person": {
        "legal_basis": "parliamentary practice: more than half of the votes for persons",
        "majority": {"n": 1, "d": 2, "strict": True, "base": "persons"},
    },
    "quorum-call": {
        "legal_basis": "parliamentary practice: a call of the roll decides nothing",
        "majority": None,
    },
    "nkomvg-66": {
        "legal_basis": "NKomVG § 66: majority of the votes for yes or no, a tie rejects",
        "majority": _MORE_YES_THAN_NO,
        "deadline": "fixed",
        "documents": "reconfirm",
        "result_visibility": "after_closing",
    },
}

NAMES = tuple(_BUILT_IN)


def complete(rule: Any) -> dict[str, Any]:
    """The full profile of a built-in name, or of an object that may leave out the usual settings.

    Raises `BadProfile` for an unknown name; the settings themselves are checked by `parse_profile`.
    """
    if isinstance(rule, Mapping):
        return {"name": "own", "legal_basis": "as stated by the source", **_PARLIAMENT, **rule}
    if not isinstance(rule, str) or rule not in _BUILT_IN:
        raise BadProfile(f"no rule profile has the name {rule!r}; there are {', '.join(NAMES)}")
    return {"name": rule, **_PARLIAMENT, **_BUILT_IN[rule]}
