"""Built-in rule profiles of companies, associations and owners. Each cites its paragraph."""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles_councils import BY_CIRCULATION, VETO
from ledger.domain.profiles_parliament import MORE_YES_THAN_NO

_PRIVATE: dict[str, Any] = {
    **BY_CIRCULATION,
    "secrecy": {"demand": None, "items": "elections"},
    "provenance": {"portal": "low", "clerk": False},
}
_ALL_AGREE = {"n": 1, "d": 1, "of": "members", "partial": False, "implied": "yes"}
"""Everybody agrees to the motion, or at least to voting in this way."""

_ALL_MEMBERS = {"n": 1, "d": 1, "strict": False, "base": "members"}
_SHARES = {**_PRIVATE, "weights": "table", "exclusion": "none"}

COMPANIES: dict[str, dict[str, Any]] = {
    "aktg-108": {
        **_PRIVATE,
        "legal_basis": "AktG § 108 Abs. 4",
        "objection": {**VETO, "effect": "refer"},
        "majority": MORE_YES_THAN_NO,
        "quorum": {"n": 1, "d": 2, "strict": False, "at_least": 3, "chair": False, "groups": False},
        "paragraphs": {"quorum": "AktG § 108 Abs. 2"},
    },
    "gmbhg-48": {
        **_SHARES,
        "legal_basis": "GmbHG § 48 Abs. 2",
        "procedure_consent": _ALL_AGREE,
        "majority": MORE_YES_THAN_NO,
        "paragraphs": {"majority": "GmbHG § 47 Abs. 1", "weights": "GmbHG § 47 Abs. 2"},
    },
    # "All members" declare their consent, and § 34 takes the vote from who is concerned; the statutes of the
    # association cannot soften that (§ 40). Whether the consent of that member is needed all the same is
    # open: no source known to us says. Our reading is the wording of § 32 Abs. 3: a consent that may not be
    # given is missing, and the item belongs in a meeting, where those who vote decide (§ 32 Abs. 1 Satz 3).
    # So nothing is told as adopted that may be void. Whoever reads it otherwise takes an own profile: 1/1 of
    # yes_no, where silence and abstentions are a no.
    "bgb-32": {
        **_PRIVATE,
        "legal_basis": "BGB § 32 Abs. 3",
        "paragraphs": {"exclusion": "BGB § 34"},
        "majority": _ALL_MEMBERS,
        "validity": {"version": None, "from": "2023-03-21", "to": None},
    },
    "weg-23": {
        **_PRIVATE,
        "legal_basis": "WEG § 23 Abs. 3 Satz 1",
        "procedure_consent": _ALL_AGREE,
        "majority": _ALL_MEMBERS,
        "exclusion": "none",
    },
    "weg-23-majority": {
        **_PRIVATE,
        "legal_basis": "WEG § 23 Abs. 3 Satz 2",
        "majority": MORE_YES_THAN_NO,
        "exclusion": "none",
    },
    "or-713": {
        **_PRIVATE,
        "legal_basis": "OR Art. 713 Abs. 2",
        "objection": {**VETO, "effect": "refer"},
        "majority": MORE_YES_THAN_NO,
        "tie": "casting_vote",
        "paragraphs": {"majority": "OR Art. 713 Abs. 1", "tie": "OR Art. 713 Abs. 1"},
    },
    "at-gmbhg-34": {
        **_SHARES,
        "legal_basis": "öGmbHG § 34 Abs. 1",
        "procedure_consent": _ALL_AGREE,
        "majority": {"n": 1, "d": 2, "strict": True, "base": "votes_existing"},
        "paragraphs": {"majority": "öGmbHG § 34 Abs. 2"},
    },
}
