"""Regelprofile auf Deutsch."""

VALIDITY = {
    (False, False): "",
    (True, False): "; in Kraft seit {begins}",
    (False, True): "; in Kraft bis {ends}",
    (True, True): "; in Kraft von {begins} bis {ends}",
}
MORE, AT_LEAST = "mehr als", "mindestens"
OF = {
    "yes_no": "der Ja- und Nein-Stimmen",
    "cast": "der abgegebenen Stimmen",
    "participating": "der Teilnehmenden",
    "present": "der Anwesenden",
    "members": "aller Mitglieder",
    "votes": "aller Stimmen",
    "votes_existing": "aller vorhandenen Stimmen",
    "persons": "der Stimmen für Personen",
}
COUNT = "Angenommen mit mindestens {count} Ja."
PLURALITY = "Gewählt ist, wer die meisten Stimmen hat."
MAJORITY = "Erforderlich sind {sign} {n}/{d} {of}."
ALL_OF = {"members": "alle Mitglieder", "votes": "alle Stimmen"}
UNANIMOUS = {
    "yes_no": "Niemand darf mit Nein stimmen.",
    "cast": "Alle abgegebenen Stimmen müssen Ja sein.",
    "participating": "Alle Teilnehmenden müssen mit Ja stimmen.",
    "present": "Alle Anwesenden müssen mit Ja stimmen.",
    "members": "Alle Mitglieder müssen mit Ja stimmen.",
    "votes_existing": "Alle vorhandenen Stimmen müssen Ja sein.",
    "persons": "Alle Stimmen müssen auf dieselbe Person entfallen.",
}
CONSENT = "Dem Umlaufverfahren müssen {share} zustimmen"
PARTIAL = {True: ", auch nur zu einzelnen Punkten", False: ""}
IMPLIED = {
    "none": ".",
    "vote": "; wer abstimmt, stimmt zu.",
    "yes": "; wer mit Ja stimmt, stimmt zu.",
}
OBJECTION = "Widerspruch gegen das Umlaufverfahren: {who}, wirksam ab {number}; Folge: {effect}."
WHO = {"member": "jedes Mitglied", "entitled": "Mitglieder und Teilnahmeberechtigte"}
EFFECT = {
    "terminate": "kein Umlaufverfahren",
    "reject": "abgelehnt",
    "refer": "Verweisung an eine Sitzung",
    "count": "nur vermerkt",
}
QUORUM = "Beschlussfähig, wenn {sign} {n}/{d} der Mitglieder abstimmen"
AT_LEAST_HEADS = ", mindestens aber {count}"
WITH_CHAIR = ", darunter der Vorsitz"
BY_GROUP = ", in jeder Gruppe"
PERIOD = "Frist: {period} ab Zugang bei dem einzelnen Mitglied (BGB §§ 187–188)"
UNITS = {
    "days": "{count:# Tag|# Tage}",
    "weeks": "{count:# Woche|# Wochen}",
    "months": "{count:# Monat|# Monate}",
}
WORKING_DAY = "; an Wochenenden und {holidays} der nächste Werktag (BGB § 193)"
HOLIDAYS, NAMED_HOLIDAYS = "Feiertagen ({region})", "den in der Eröffnung genannten Feiertagen"
TRIGGERS = {
    "declared_emergency": "Nur in einer festgestellten Notlage",
    "council_resolution": "Nur nach einem Beschluss der Vertretung",
    "either": "Nur in einer festgestellten Notlage oder nach einem Beschluss der Vertretung",
}
MONTHS = ", für höchstens {months:# Monat|# Monate}"
ONLY = {
    "any": "",
    "simple": "Nur Gegenstände einfacher Art.",
    "urgent": "Nur dringende Angelegenheiten.",
}
MISSING_WITHOUT = "Die Zustimmung aller fehlt dann: so ein Punkt kann hier nicht angenommen werden."
EXCLUDED = " Ausgenommen: {subjects}."
NAMED = "Es wird namentlich abgestimmt."
DEMAND = (
    "Es wird namentlich abgestimmt; wird geheime Abstimmung verlangt ({items}, "
    "ab {count:# Mitglied|# Mitgliedern}), geht der Punkt an eine Sitzung."
)
ITEMS = {"elections": "bei Wahlen", "all": "bei jedem Punkt"}
PORTAL = "Ein Portal darf Stimmen übermitteln (Vertrauensniveau {level}). "
LEVELS = {"low": "niedrig", "substantial": "substanziell", "high": "hoch"}
BY_CLERK = "Der Sitzungsdienst darf Stimmen mit Quelle und zweiter Unterschrift erfassen."
GRACE = (
    "Der Dienst schließt {period} nach der Frist, am Ende des Tages, damit die Frist noch verlängert "
    "werden kann; Vorsitz oder Sitzungsdienst können früher schließen."
)
PROXY = "Vollmachten sind möglich; je Bevollmächtigtem höchstens {count}."
WITHDRAW = {
    (True, False): "Eine Stimme kann zurückgenommen werden.",
    (True, True): "Eine Stimme kann zurückgenommen werden und wird dann nicht noch einmal abgegeben.",
    (False, False): "Eine Stimme kann nicht zurückgenommen werden.",
    (False, True): "Eine Stimme kann nicht zurückgenommen werden.",
}
"""Ob Stimmen zurückgenommen werden können, und ob sie nicht geändert werden können."""
CHOICES: dict[str, dict[object, str]] = {
    "trigger": {},
    "subject": {},
    "proposer": {"chair": "Der Vorsitz leitet das Verfahren ein."},
    "reach": {"everyone": "Alle Mitglieder müssen erreicht sein."},
    "objection": {},
    "procedure_consent": {},
    "quorum": {},
    "majority": {None: "Es wird nichts entschieden."},
    "groups": {"each": "Jede Gruppe muss die Mehrheit für sich erreichen."},
    "abstention": {
        "ignored": "Enthaltungen sind weder Ja noch Nein.",
        "as_no": "Enthaltungen zählen als Nein.",
        "as_yes": "Enthaltungen zählen als Ja.",
        "forbidden": "Enthaltungen sind unzulässig.",
    },
    "silence": {
        "ignored": "Wer nicht abstimmt, zählt nicht.",
        "as_abstain": "Wer nicht abstimmt, enthält sich.",
        "as_no": "Wer nicht abstimmt, lehnt ab.",
        "as_yes": "Wer nicht abstimmt, stimmt zu.",
        "voids": "Stimmt jemand nicht ab, kommt kein Beschluss zustande.",
    },
    "tie": {
        "rejected": "Bei Stimmengleichheit ist abgelehnt.",
        "casting_vote": "Bei Stimmengleichheit hat der Vorsitz den Stichentscheid.",
        "chair_decides": "Bei Stimmengleichheit entscheidet die Stimme des Vorsitzes.",
        "lot": "Bei Stimmengleichheit entscheidet das Los.",
    },
    "chair_votes": {"last": "Der Vorsitz stimmt zuletzt ab; danach stimmt niemand mehr ab."},
    "exclusion": {
        "none": "Mitwirkungsverbote gelten hier nicht.",
        "motion": "Wer befangen ist, stimmt über den Punkt nicht ab.",
        "both": "Wer befangen ist, stimmt über den Punkt nicht ab, noch zählt die Zustimmung zum Verfahren.",
    },
    "too_many_excluded": {
        "authority_approval": "Ist mehr als die Hälfte ausgeschlossen, muss die Aufsichtsbehörde genehmigen."
    },
    "deadline": {
        "fixed": "Die Frist endet für alle zum selben Zeitpunkt; genau zum Fristende ist zu spät.",
        "personal": "Das Verfahren endet mit der letzten Frist. Ist jemand nicht zu erreichen, schließen "
        "Vorsitz oder Sitzungsdienst, und das Umlaufverfahren ist unwirksam.",
        "chair": "Der Vorsitz schließt die Abstimmung.",
    },
    "period": {},
    "extension": {
        "never": "Die Frist wird nicht verlängert.",
        "before_deadline": "Die Frist kann vor ihrem Ende verlängert werden.",
        "retroactive": "Die Frist kann auch nach ihrem Ende verlängert werden, bis zum Schluss.",
    },
    "grace": {},
    "early_close": {
        "all_voted": "Haben alle abgestimmt, kann früher geschlossen werden.",
        "unlosable": "Steht das Ergebnis fest, kann früher geschlossen werden.",
    },
    "change": {
        "until_deadline": "Eine Stimme kann bis zur Frist geändert werden.",
        "until_closing": "Eine Stimme kann bis zum Schluss geändert werden.",
        "never": "Eine Stimme kann nicht geändert werden.",
    },
    "withdraw": {},
    "substitution": {
        "before_start": "Vertretung wird vor Beginn benannt.",
        "during": "Vertretung ist auch während des Verfahrens möglich.",
    },
    "proxy": {},
    "weights": {"one": "Jedes Mitglied hat eine Stimme.", "table": "Die Stimmen zählen nach Gewicht."},
    "secrecy": {},
    "provenance": {},
    "documents": {
        "frozen": "Unterlagen ändern sich nach der Eröffnung nicht.",
        "reconfirm": "Kommt eine Unterlage hinzu, zählen Stimmen erst, wenn sie bestätigt sind.",
        "keep": "Kommt eine Unterlage hinzu, bleiben die Stimmen stehen.",
    },
    "result_visibility": {
        "live": "Zwischenstände sind sichtbar.",
        "after_closing": "Zwischenstände sind bis zum Schluss verborgen.",
    },
    "result": {"provisional": "Eine Sitzung muss den Beschluss bestätigen."},
    "publication": {"required": "Der Beschluss ist bekannt zu machen."},
}
