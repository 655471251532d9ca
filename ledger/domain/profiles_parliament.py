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

AS_STATED = "as stated by the source"
"""The legal basis of a profile that a roll-call file brings along and that names none."""

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

PRACTICE = {
    "parliamentary practice: more yes than no": "parlamentarische Übung: mehr Ja als Nein",
    "parliamentary practice: more yes than no, casting vote of the chair on a tie": "parlamentarische Übung: "
    "mehr Ja als Nein, bei Gleichheit Stichentscheid des Vorsitzes",
    "parliamentary practice: more than half of all members": "parlamentarische Übung: mehr als die Hälfte "
    "aller Mitglieder",
    "parliamentary practice: more than half of the members present": "parlamentarische Übung: mehr als die "
    "Hälfte der Anwesenden",
    "parliamentary practice: two thirds of yes and no": "parlamentarische Übung: zwei Drittel der Ja- und "
    "Nein-Stimmen",
    "parliamentary practice: two thirds of all members": "parlamentarische Übung: zwei Drittel aller "
    "Mitglieder",
    "parliamentary practice: three fifths of all members": "parlamentarische Übung: drei Fünftel aller "
    "Mitglieder",
    "Kantonsratsgesetz Zürich: provisional support by 60 members": "Kantonsratsgesetz Zürich: vorläufige "
    "Unterstützung durch 60 Mitglieder",
    "parliamentary practice: more than half of the votes for persons": "parlamentarische Übung: mehr als die "
    "Hälfte der Stimmen für Personen",
    "parliamentary practice: the most votes for a person": "parlamentarische Übung: die meisten Stimmen für "
    "eine Person",
    "parliamentary practice: a call of the roll decides nothing": "parlamentarische Übung: ein Namensaufruf "
    "entscheidet nichts",
    AS_STATED: "nach Angabe der Quelle",
}
"""What is signed as the legal basis, and is no paragraph → the same in German. Signed texts never change."""
