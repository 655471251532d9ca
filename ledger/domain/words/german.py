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

SHARE, MORE, AT_LEAST = "{sign} {part} {whole}, also {required}", "mehr als", "mindestens"
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
THE = "der {whole}"
"""The whole of which a share is asked."""
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
ONLY_ONE = {
    "majority": {
        "yes_no": ("die eine Ja- oder Nein-Stimme", "der einen Ja- oder Nein-Stimme"),
        "cast": ("die eine abgegebene Stimme", "der einen abgegebenen Stimme"),
        "participating": ("die eine Stimme der Teilnehmenden", "der einen Stimme der Teilnehmenden"),
        "present": ("die eine Stimme der Anwesenden", "der einen Stimme der Anwesenden"),
        "members": ("die eine Stimme aller Mitglieder", "der einen Stimme aller Mitglieder"),
        "votes_existing": ("die eine vorhandene Stimme", "der einen vorhandenen Stimme"),
        "persons": ("die eine Stimme für eine Person", "der einen Stimme für eine Person"),
    },
    "consent": {
        "members": ("das eine Mitglied", "des einen Mitglieds"),
        "votes": ("die eine Stimme", "der einen Stimme"),
    },
}
"""Where the whole is a single vote or member: all of it, and what a share is asked of."""

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

THRESHOLD = "{required:einem Widerspruch|# Widersprüchen}"
"""From how many objections on: one, or more."""

SENTENCES = {
    # Ist das Umlaufverfahren zulässig?
    "reached": "von {seats:# Mitglied|# Mitgliedern} nicht erreicht: {unreached}; alle müssen erreicht sein",
    "reached/none": "{seats:das eine Mitglied ist|alle # Mitglieder sind} erreicht",
    "objections": "{objections:# Widerspruch|# Widersprüche} gegen das Umlaufverfahren; {effect}",
    "objections/none": "kein Widerspruch gegen das Umlaufverfahren; {effect}",
    "secret-ballot": "geheime Abstimmung verlangt: {demands}-mal; ab {required}-mal geht der Punkt an eine "
    "Sitzung",
    "consent": "Zustimmung zum Umlaufverfahren: erforderlich {share}; "
    "zugestimmt {given:hat|haben} {given} – {verdict}",
    "quorum": "Beschlussfähigkeit: {required} von {seats:# Mitglied|# Mitgliedern} erforderlich, "
    "beteiligt {took_part}{chair}{groups} – {verdict}",
    "quorum-by-exclusion": "beschlussfähig, obwohl {excluded:# Mitglied ausgeschlossen ist|"
    "# Mitglieder ausgeschlossen sind}",
    "nobody-silent": "von {seats:# Mitglied|# Mitgliedern} {silent:hat|haben} {silent} nicht abgestimmt; es "
    "müssen alle abstimmen",
    "nobody-silent/none": "alle, die abstimmen dürfen, haben abgestimmt (von {seats:# Mitglied|"
    "# Mitgliedern}); es müssen alle abstimmen",
    "excluded": "wegen Mitwirkungsverbots ausgeschlossen: {excluded} von {seats:# Mitglied|# Mitgliedern}; "
    "{excluded:dessen Stimme zählt|deren Stimmen zählen} nicht",
    "void-by-proxy": "{votes:eine Stimme, die ein ausgeschlossenes Mitglied für ein anderes abgegeben hat, "
    "zählt nicht; das andere gilt als Mitglied, das nicht abgestimmt hat|# Stimmen, die Ausgeschlossene für "
    "andere abgegeben haben, zählen nicht; die Vertretenen gelten als Mitglieder, die nicht abgestimmt "
    "haben}",
    # Was wurde beschlossen?
    "counts": "abgegebene Stimmen: {list}",
    "persons": "abgegebene Stimmen: {list}",
    "silence": "nicht abgestimmt: {silent}; Schweigen gilt als {as}",
    "abstention": "{abstained:# Enthaltung; sie gilt|# Enthaltungen; sie gelten} als {as}",
    "majority": "erforderlich: {share}; {option}: {votes} – {verdict}",
    "group-majority": "Gruppe {group}: erforderlich: {share}; {option}: {votes} – {verdict}",
    "fixed-number": "{required} Ja erforderlich, {yes} gegeben – {verdict}",
    "casting-vote": "genau die Hälfte; Stichentscheid des Vorsitzes: {choice}",
    "chair-decides": "genau die Hälfte; die Stimme des Vorsitzes entscheidet: {choice}",
    "lot": "genau gleich viele; das Los entscheidet: {choice}",
    "tie": "gleich viele Stimmen: {list}",
    "polarity": "abgestimmt wurde über die Empfehlung, den Antrag abzulehnen",
    "nothing": "nach dieser Regel wird nichts entschieden",
    "approval-needed": "von {seats:# Mitglied|# Mitgliedern} {excluded:ist|sind} {excluded} "
    "ausgeschlossen: der Beschluss bedarf der "
    "Genehmigung der Aufsichtsbehörde",
    "provisional": "vorläufig: eine Sitzung muss den Beschluss bestätigen",
    "corrected": "berichtigt durch Eintrag {entry}; zuvor: {before}",
    "annulled": "das Ergebnis ist aufgehoben; die Zahlen bleiben stehen",
    # Wäre das Ergebnis ein anderes?
    "without-vote": "ohne {votes:die eine Stimme|eine der # Stimmen} „{option}“{weighing}",
    "without-late": "ohne die {votes:nach der ersten Frist abgegebene Stimme|"
    "# nach der ersten Frist abgegebenen Stimmen}",
    "without-members": "ohne die {votes:genannte Stimme|# genannten Stimmen}",
    "with-excluded": "wenn die {votes:Stimme der Ausgeschlossenen zählte|"
    "# Stimmen der Ausgeschlossenen zählten}",
    "abstention-ignored": "wenn die {votes:Enthaltung nicht mitzählte|# Enthaltungen nicht mitzählten}",
    "abstention-as-no": "wenn die {votes:Enthaltung als Nein zählte|# Enthaltungen als Nein zählten}",
}

HEADING = "{state}; {voted} von {members:# Mitglied|# Mitgliedern} {voted:hat|haben} abgestimmt"
RULE = "Regel {name}: {basis}"
ITEM = "Punkt {item}: {outcome}"
INTERIM = "Punkt {item}, wie die Stimmen jetzt stehen: {outcome}"

WEIGHING = {True: "", False: " (Gewicht {weight})"}
SURVIVES = {True: "{what}: ebenfalls {result}", False: "{what}: {result} – das Ergebnis hängt davon ab"}
