"""Built-in rule profiles of public bodies: councils, committees, special-purpose associations.

Each cites its paragraph. No legal advice: a statute leaves things to the standing orders, and where it
is silent, the setting is one that the statute does not forbid. A profile of one's own starts from these.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles_parliament import MORE_YES_THAN_NO

BY_CIRCULATION: dict[str, Any] = {
    "deadline": "fixed",
    "documents": "reconfirm",
    "result_visibility": "after_closing",
    "extension": "before_deadline",
    "exclusion": "motion",
    "weights": "one",
    "secrecy": {"demand": 1, "items": "elections"},
    "provenance": {"portal": "low", "clerk": True},
}
"""What circular procedures of public bodies have in common."""

VETO = {"who": "member", "count": 1, "until": "deadline"}
NOBODY_SAYS_NO = {"n": 1, "d": 1, "strict": False, "base": "yes_no"}
"""All who may vote say yes, where silence and abstentions are read as one or the other. A share of all seats
would count those with a conflict of interest, who may not vote: with one of them nothing could be adopted."""

_NKOMVG = {
    **BY_CIRCULATION,
    "majority": MORE_YES_THAN_NO,
    "too_many_excluded": "authority_approval",
    "paragraphs": {
        "majority": "NKomVG § 66 Abs. 1 Satz 1",
        "tie": "NKomVG § 66 Abs. 1 Satz 2",
        "abstention": "NKomVG § 66 Abs. 1",
        "exclusion": "NKomVG § 41",
        "too_many_excluded": "NKomVG § 65 Abs. 3",
        "secrecy": "NKomVG § 67",
    },
}
_BY_RESOLUTION_182 = {
    **_NKOMVG,
    "procedure_consent": {"n": 4, "d": 5, "of": "members", "partial": True, "implied": "none"},
    "objection": {**VETO, "effect": "count"},
    "publication": "required",
    "validity": {"version": None, "from": "2020-07-18", "to": None},
    "paragraphs": {
        **_NKOMVG["paragraphs"],
        "procedure_consent": "NKomVG § 182 Abs. 2 Satz 1 Nr. 1",
        "publication": "NKomVG § 182 Abs. 2 Satz 2",
        "trigger": "NKomVG § 182 Abs. 1",
    },
}

COUNCILS: dict[str, dict[str, Any]] = {
    "nkomvg-66": {
        "legal_basis": "NKomVG § 66",
        "majority": MORE_YES_THAN_NO,
        "deadline": "fixed",
        "documents": "reconfirm",
        "result_visibility": "after_closing",
        "exclusion": "motion",
        "too_many_excluded": "authority_approval",
        "paragraphs": _NKOMVG["paragraphs"],
    },
    # No quorum. § 65 Abs. 1 asks who is present after a sitting was convened, and lets that stand until it is
    # doubted; § 78 Abs. 4 applies it mutatis mutandis, and no source known to us says how to a circulation,
    # in which nobody is present. § 78 Abs. 3 protects members by the objection of one. By the case of 40 yes
    # and 10 no of 100 (§ 66) silence does not prevent a resolution. Whoever reads it otherwise takes an own
    # profile with `quorum`. § 65 Abs. 3 (too many excluded) does not depend on presence, and applies.
    "nkomvg-78": {
        **_NKOMVG,
        "legal_basis": "NKomVG § 78 Abs. 3",
        "objection": {**VETO, "effect": "terminate"},
        "paragraphs": {**_NKOMVG["paragraphs"], "objection": "NKomVG § 78 Abs. 3"},
    },
    "nkomvg-182": {
        **_BY_RESOLUTION_182,
        "legal_basis": "NKomVG § 182 Abs. 2 Satz 1 Nr. 1",
        "trigger": {"kind": "either", "max_months": 3},
    },
    "nkomvg-182-1": {
        **_BY_RESOLUTION_182,
        "legal_basis": "NKomVG § 182 Abs. 1",
        "majority": {"n": 2, "d": 3, "strict": False, "base": "members"},
        "paragraphs": {**_BY_RESOLUTION_182["paragraphs"], "majority": "NKomVG § 182 Abs. 1"},
    },
    "kvg-lsa-56a": {
        **BY_CIRCULATION,
        "legal_basis": "KVG LSA § 56a Abs. 3",
        "trigger": {"kind": "declared_emergency", "max_months": None},
        "procedure_consent": {"n": 4, "d": 5, "of": "members", "partial": False, "implied": "none"},
        "objection": {**VETO, "effect": "count"},
        "majority": MORE_YES_THAN_NO,
        "silence": "as_abstain",
        "reach": "everyone",
        "too_many_excluded": "authority_approval",
        "publication": "required",
        "paragraphs": {
            "silence": "Erlass des MI LSA 2020 zu § 56a KVG LSA",
            "too_many_excluded": "KVG LSA § 55",
            "publication": "KVG LSA § 56a Abs. 1 Satz 4",
            "trigger": "KVG LSA § 56a Abs. 1",
        },
    },
    "gemo-bw-37": {
        **BY_CIRCULATION,
        "legal_basis": "GemO BW § 37 Abs. 1 Satz 2",
        "subject": {"only": "simple", "excluded": []},
        "objection": {**VETO, "effect": "reject"},
        "majority": NOBODY_SAYS_NO,
        "abstention": "as_yes",
        "silence": "as_yes",
        "reach": "everyone",
    },
    "gemo-rlp-35": {
        **BY_CIRCULATION,
        "legal_basis": "GemO RLP § 35 Abs. 3",
        "trigger": {"kind": "declared_emergency", "max_months": None},
        "objection": {**VETO, "effect": "terminate"},
        "majority": MORE_YES_THAN_NO,
        "publication": "required",
        "validity": {"version": None, "from": "2023-01-01", "to": None},
    },
    "gkg-nrw-15b": {
        **BY_CIRCULATION,
        "legal_basis": "GkG NRW § 15b",
        "trigger": {"kind": "declared_emergency", "max_months": None},
        "subject": {"only": "urgent", "excluded": []},
        "procedure_consent": {"n": 2, "d": 3, "of": "members", "partial": False, "implied": "none"},
        "majority": MORE_YES_THAN_NO,
        "publication": "required",
        "paragraphs": {"publication": "GkG NRW § 15b Abs. 2"},
    },
    "vwvfg-90": {
        **BY_CIRCULATION,
        "legal_basis": "VwVfG § 90 Abs. 1 Satz 2",
        "objection": {**VETO, "effect": "terminate"},
        "majority": MORE_YES_THAN_NO,
        "tie": "chair_decides",
        "quorum": {"n": 1, "d": 2, "strict": True, "at_least": 3, "chair": False, "groups": False},
        "extension": "retroactive",
        # Our choice, and of no paragraph: a deadline on a Friday can still be extended on Monday.
        "grace": {"days": 3},
        "paragraphs": {
            "majority": "VwVfG § 91 Satz 1",
            "tie": "VwVfG § 91 Satz 2",
            "quorum": "VwVfG § 90 Abs. 1 Satz 1",
            "exclusion": "VwVfG § 20",
            "extension": "VwVfG § 31 Abs. 7",
            "secrecy": "VwVfG § 92",
        },
    },
    "bpersvg-39": {
        **BY_CIRCULATION,
        "legal_basis": "BPersVG § 39 Abs. 4",
        "objection": {"who": "entitled", "count": 1, "until": "named", "effect": "terminate"},
        "majority": {"n": 1, "d": 2, "strict": True, "base": "participating"},
        "abstention": "as_no",
        "quorum": {"n": 1, "d": 2, "strict": False, "at_least": 0, "chair": False, "groups": False},
        "substitution": "during",
        "validity": {"version": "BPersVG 2021", "from": "2021-06-15", "to": None},
        "paragraphs": {
            "majority": "BPersVG § 39 Abs. 1 Satz 1",
            "abstention": "BPersVG § 39 Abs. 1 Satz 2",
            "quorum": "BPersVG § 39 Abs. 2",
            "exclusion": "BPersVG § 41",
            "substitution": "BPersVG § 41 Abs. 3",
        },
    },
    "iteos-8": {
        **BY_CIRCULATION,
        "legal_basis": "ITEOS-Satzung § 8 Abs. 11 und 12",
        "objection": {**VETO, "effect": "reject"},
        "majority": NOBODY_SAYS_NO,
        "silence": "as_no",
        "abstention": "as_no",
        "reach": "everyone",
        "deadline": "personal",
        "period": {"unit": "weeks", "count": 2, "working_day_rule": False, "region": None},
        "substitution": "during",
    },
    "w-gbg-10": {
        **BY_CIRCULATION,
        "legal_basis": "W-GBG § 10",
        "majority": MORE_YES_THAN_NO,
        "abstention": "forbidden",
        "tie": "chair_decides",
        "chair_votes": "last",
        "change": "never",
        "withdraw": False,
        "secrecy": {"demand": None, "items": "all"},
    },
    "stlsanrg-7": {
        **BY_CIRCULATION,
        "legal_basis": "StLSanRG 2018 § 7 Abs. 5",
        "subject": {"only": "urgent", "excluded": []},
        "majority": {"n": 1, "d": 2, "strict": True, "base": "participating"},
        "abstention": "as_no",
        "silence": "voids",
        "deadline": "personal",
        "period": {"unit": "days", "count": 3, "working_day_rule": False, "region": None},
        "secrecy": {"demand": 3, "items": "all"},
    },
}
