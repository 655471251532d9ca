"""Built-in rule profiles for votes in a sitting, and what roll calls have in common."""

from __future__ import annotations

from typing import Any

IN_A_SITTING: dict[str, Any] = {
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

MORE_YES_THAN_NO = {"n": 1, "d": 2, "strict": True, "base": "yes_no"}

PARLIAMENT: dict[str, dict[str, Any]] = {
    "simple-majority": {
        "legal_basis": "parliamentary practice: more yes than no",
        "majority": MORE_YES_THAN_NO,
    },
    "simple-majority-casting-vote": {
        "legal_basis": "parliamentary practice: more yes than no, casting vote of the chair on a tie",
        "majority": MORE_YES_THAN_NO,
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
    "plurality-for-person": {
        "legal_basis": "parliamentary practice: the most votes for a person",
        "majority": {"n": 0, "d": 1, "strict": True, "base": "persons"},
    },
    "quorum-call": {
        "legal_basis": "parliamentary practice: a call of the roll decides nothing",
        "majority": None,
    },
}
