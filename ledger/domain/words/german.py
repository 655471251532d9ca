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

SHARE, MORE, AT_LEAST = "{sign} {part} der {whole}, also {required}", "mehr als", "mindestens"
PARTS = {
    (1, 2): "die Hälfte",
    (1, 3): "ein Drittel",
    (2, 3): "zwei Drittel",
    (1, 4): "ein Viertel",
    (3, 4): "drei Viertel",
    (3, 5): "drei Fünftel",
    (4, 5): "vier Fünftel",
}
ALL, MOST = "sämtliche {whole}", "die meisten der {whole}"
WHOLES = {
    "majority": {
        "yes_no": "{base} Ja- und Nein-Stimmen",
        "cast": "{base} abgegebenen Stimmen",
        "participating": "{base} Stimmen der Teilnehmenden",
        "present": "{base} Stimmen der Anwesenden",
        "members": "{base} Stimmen aller Mitglieder",
        "votes_existing": "{base} vorhandenen Stimmen",
        "persons": "{base} Stimmen für Personen",
    },
    "consent": {"members": "{base} Mitglieder", "votes": "{base} Stimmen"},
}
ONE_VOTE = "einen Ja- oder Nein-Stimme"
"""Where the whole is a single vote for yes or no."""

TERMS = {
    "effect": {
        "terminate": "ab {threshold} ist es unzulässig",
        "reject": "ab {threshold} ist der Antrag abgelehnt",
        "refer": "ab {threshold} geht die Angelegenheit an eine Sitzung",
        "count": "nach dieser Regel ohne Wirkung",
    },
    "chair": {"yes": "; Vorsitz beteiligt", "no": "; Vorsitz nicht beteiligt", "not-asked": ""},
    "groups": {"yes": "; jede Gruppe beteiligt", "no": "; nicht jede Gruppe beteiligt", "not-asked": ""},
    "before": OUTCOMES,
}

THRESHOLD = {True: "einem Widerspruch", False: "{required} Widersprüchen"}
"""From how many objections on: one, or more."""

SENTENCES = {
    # Ist das Umlaufverfahren zulässig?
    "reached": "von {seats} Mitgliedern nicht erreicht: {unreached}; alle müssen erreicht sein",
    "reached/none": "alle {seats} Mitglieder sind erreicht",
    "objections": "{objections} Widersprüche gegen das Umlaufverfahren; {effect}",
    "objections/one": "1 Widerspruch gegen das Umlaufverfahren; {effect}",
    "objections/none": "kein Widerspruch gegen das Umlaufverfahren; {effect}",
    "secret-ballot": "geheime Abstimmung verlangt: {demands}-mal; ab {required}-mal geht der Punkt an eine "
    "Sitzung",
    "consent": "Zustimmung zum Umlaufverfahren: erforderlich {share}; zugestimmt haben {given} – {verdict}",
    "quorum": "Beschlussfähigkeit: {required} von {seats} Mitgliedern erforderlich, beteiligt "
    "{took_part}{chair}{groups} – {verdict}",
    "quorum-by-exclusion": "beschlussfähig, obwohl {excluded} Mitglieder ausgeschlossen sind",
    "nobody-silent": "von {seats} Mitgliedern haben {silent} nicht abgestimmt; es müssen alle abstimmen",
    "nobody-silent/one": "von {seats} Mitgliedern hat {silent} nicht abgestimmt; es müssen alle abstimmen",
    "nobody-silent/none": "alle, die abstimmen dürfen, haben abgestimmt (von {seats} Mitgliedern); "
    "es müssen alle abstimmen",
    "excluded": "wegen Mitwirkungsverbots ausgeschlossen: {excluded} von {seats} Mitgliedern; ihre Stimmen "
    "zählen nicht",
    "void-by-proxy": "{votes} Stimmen, die Ausgeschlossene für andere abgegeben haben, zählen nicht; die "
    "Vertretenen gelten als Mitglieder, die nicht abgestimmt haben",
    "void-by-proxy/one": "eine Stimme, die ein ausgeschlossenes Mitglied für ein anderes abgegeben hat, "
    "zählt nicht; das andere gilt als Mitglied, das nicht abgestimmt hat",
    # Was wurde beschlossen?
    "counts": "abgegebene Stimmen: {list}",
    "persons": "abgegebene Stimmen: {list}",
    "silence": "nicht abgestimmt: {silent}; Schweigen gilt als {as}",
    "abstention": "Enthaltungen: {abstained}; sie gelten als {as}",
    "majority": "erforderlich: {share}; {option}: {votes} – {verdict}",
    "group-majority": "Gruppe {group}: erforderlich: {share}; {option}: {votes} – {verdict}",
    "fixed-number": "{required} Ja erforderlich, {yes} gegeben – {verdict}",
    "casting-vote": "genau die Hälfte; Stichentscheid des Vorsitzes: {choice}",
    "chair-decides": "genau die Hälfte; die Stimme des Vorsitzes entscheidet: {choice}",
    "lot": "genau gleich viele; das Los entscheidet: {choice}",
    "tie": "gleich viele Stimmen: {list}",
    "polarity": "abgestimmt wurde über die Empfehlung, den Antrag abzulehnen",
    "nothing": "nach dieser Regel wird nichts entschieden",
    "approval-needed": "von {seats} Mitgliedern sind {excluded} ausgeschlossen: der Beschluss bedarf der "
    "Genehmigung der Aufsichtsbehörde",
    "provisional": "vorläufig: eine Sitzung muss den Beschluss bestätigen",
    "corrected": "berichtigt durch Eintrag {entry}; zuvor: {before}",
    "annulled": "das Ergebnis ist aufgehoben; die Zahlen bleiben stehen",
    # Wäre das Ergebnis ein anderes?
    "without-vote": "ohne eine der {votes} Stimmen „{option}“{weighing}",
    "without-vote/one": "ohne die eine Stimme „{option}“{weighing}",
    "without-late": "ohne die nach der ersten Frist abgegebenen Stimmen ({votes})",
    "without-members": "ohne die Stimmen der genannten Mitglieder ({votes})",
    "with-excluded": "wenn die Stimmen der Ausgeschlossenen zählten ({votes})",
    "abstention-ignored": "wenn Enthaltungen ({votes}) nicht mitzählten",
    "abstention-as-no": "wenn Enthaltungen ({votes}) als Nein zählten",
}

HEADING = "{state}; {voted} von {members} Mitgliedern haben abgestimmt"
HEADING_ONE = "{state}; {voted} von {members} Mitgliedern hat abgestimmt"
RULE = "Regel {name}: {basis}"
ITEM = "Punkt {item}: {outcome}"
INTERIM = "Punkt {item}, wie die Stimmen jetzt stehen: {outcome}"

WEIGHING = {True: "", False: " (Gewicht {weight})"}
SURVIVES = {True: "{what}: ebenfalls {result}", False: "{what}: {result} – das Ergebnis hängt davon ab"}
