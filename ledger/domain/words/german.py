"""Die Sätze auf Deutsch: für jeden Code einer, mit den Zahlen, die er nennt."""

VERDICT = {True: "erreicht", False: "nicht erreicht"}

OPTIONS = {
    "yes": ("Ja", "Ja"),
    "no": ("Nein", "Nein"),
    "abstain": ("Enthaltung", "Enthaltungen"),
    "present": ("anwesend", "anwesend"),
    "invalid": ("ungültig", "ungültig"),
    "none": ("keine", "keine"),
}

OUTCOMES = {
    "adopted": "angenommen",
    "rejected": "abgelehnt",
    "no-decision": "kein Beschluss",
    "referred": "an eine Sitzung verwiesen",
    "void": "ungültig",
}
ELECTED = "gewählt: {option}"
UNANIMOUSLY = {
    "adopted": "einstimmig angenommen",
    "rejected": "einstimmig abgelehnt",
    "elected": "einstimmig gewählt: {option}",
}

TERMS = {
    "of": {
        "yes_no": "der Ja- und Nein-Stimmen",
        "cast": "der abgegebenen Stimmen",
        "participating": "der Teilnehmenden",
        "present": "der Anwesenden",
        "members": "der Mitglieder",
        "votes": "der Stimmen",
        "votes_existing": "aller vorhandenen Stimmen",
        "persons": "der Stimmen für Personen",
    },
    "sign": {"more": "mehr als", "at-least": "mindestens"},
    "effect": {
        "terminate": "das Umlaufverfahren ist unzulässig",
        "reject": "der Antrag ist abgelehnt",
        "refer": "die Angelegenheit geht an eine Sitzung",
        "count": "ohne Wirkung",
    },
    "chair": {"yes": "; Vorsitz beteiligt", "no": "; Vorsitz nicht beteiligt", "not-asked": ""},
    "groups": {"yes": "; jede Gruppe beteiligt", "no": "; nicht jede Gruppe beteiligt", "not-asked": ""},
    "before": OUTCOMES,
}

SENTENCES = {
    # Ist das Umlaufverfahren zulässig?
    "reached": "von {seats} Mitgliedern nicht erreicht: {unreached}; alle müssen erreicht sein",
    "objections": "Widersprüche: {objections}; ab {required}: {effect}",
    "secret-ballot": "geheime Abstimmung verlangen {demands}; ab {required} geht der Punkt an eine Sitzung",
    "consent": "Zustimmung zum Verfahren: {required} erforderlich ({n}/{d} von {of_count}, {of}), "
    "zugestimmt haben {given}: {verdict}",
    "quorum": "Beschlussfähigkeit: {required} von {seats} erforderlich, beteiligt "
    "{took_part}{chair}{groups}: {verdict}",
    "quorum-by-exclusion": "beschlussfähig, obwohl {excluded} Mitglieder ausgeschlossen sind",
    "nobody-silent": "von {seats} Mitgliedern haben {silent} nicht abgestimmt; es müssen alle abstimmen",
    "excluded": "vom Mitwirken ausgeschlossen: {excluded} von {seats}; ihre Stimmen zählen nicht",
    # Was wurde beschlossen?
    "counts": "{list}",
    "persons": "Stimmen: {list}",
    "silence": "nicht abgestimmt: {silent}; Schweigen gilt als {as}",
    "abstention": "Enthaltungen: {abstained}; sie gelten als {as}",
    "majority": "{sign} {n}/{d} von {base} ({of}), das sind {required}; {option}: {votes}: {verdict}",
    "group-majority": "Gruppe {group}: {sign} {n}/{d} von {base} ({of}), das sind {required}; "
    "{option}: {votes}: {verdict}",
    "fixed-number": "{required} Ja erforderlich, {yes} gegeben: {verdict}",
    "casting-vote": "genau die Hälfte: Stichentscheid des Vorsitzes: {choice}",
    "chair-decides": "genau die Hälfte: es entscheidet die Stimme des Vorsitzes: {choice}",
    "lot": "genau gleich viele: das Los entscheidet: {choice}",
    "tie": "gleich viele Stimmen: {list}",
    "polarity": "abgestimmt wurde über die Empfehlung, den Antrag abzulehnen",
    "nothing": "nach dieser Regel wird nichts entschieden",
    "approval-needed": "von {seats} Mitgliedern sind {excluded} ausgeschlossen: der Beschluss bedarf der "
    "Genehmigung der Aufsichtsbehörde",
    "provisional": "vorläufig: eine Sitzung muss den Beschluss bestätigen",
    "corrected": "berichtigt durch Eintrag {entry}; zuvor: {before}",
    "annulled": "das Ergebnis ist aufgehoben; die Zahlen bleiben stehen",
    # Wäre das Ergebnis ein anderes?
    "without-vote": "ohne eine der {votes} Stimmen für {option} (Gewicht {weight})",
    "without-late": "ohne die nach der ersten Frist abgegebenen Stimmen ({votes})",
    "without-members": "ohne die Stimmen der genannten Mitglieder ({votes})",
    "with-excluded": "wenn die Stimmen der Ausgeschlossenen zählten ({votes})",
    "abstention-ignored": "wenn Enthaltungen ({votes}) nicht mitzählten",
    "abstention-as-no": "wenn Enthaltungen ({votes}) als Nein zählten",
}

SURVIVES = {True: "{what}: unverändert {result}", False: "{what}: {result} – entscheidend"}
