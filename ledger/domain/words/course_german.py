"""Der Verlauf auf Deutsch: Zustände, Vorgänge, Anlass und Abschluss."""

KINDS = {
    "procedure-opened": "Verfahren eröffnet",
    "document-attached": "Unterlage beigefügt",
    "consent-declared": "Zustimmung zum Umlaufverfahren",
    "consent-revoked": "Zustimmung zurückgenommen",
    "objection-raised": "Widerspruch gegen das Umlaufverfahren",
    "secret-ballot-demanded": "Geheime Abstimmung verlangt",
    "proxy-given": "Vollmacht erteilt",
    "proxy-revoked": "Vollmacht widerrufen",
    "member-excluded": "Mitwirkungsverbot",
    "exclusion-lifted": "Mitwirkungsverbot aufgehoben",
    "delivery-recorded": "Zugang vermerkt",
    "substitute-named": "Vertretung benannt",
    "deadline-extended": "Frist verlängert",
    "attempt-refused": "Versuch zurückgewiesen",
    "presence-recorded": "Anwesenheit vermerkt",
    "vote-cast": "Stimme abgegeben",
    "vote-changed": "Stimme geändert",
    "vote-confirmed": "Stimme bestätigt",
    "vote-renewed": "Erneut abgestimmt",
    "vote-withdrawn": "Stimme zurückgenommen",
    "casting-vote-given": "Stichentscheid",
    "procedure-closed": "Abstimmung geschlossen",
    "result-determined": "Ergebnis festgestellt",
    "result-announced": "Ergebnis mitgeteilt",
    "result-published": "Ergebnis bekannt gemacht",
    "result-ratified": "Bestätigung durch eine Sitzung",
    "result-suspended": "Vollzug ausgesetzt",
    "result-objected": "Beschluss beanstandet",
    "result-expired": "Beschluss außer Kraft getreten",
    "condition-met": "Bedingung eingetreten",
    "result-corrected": "Ergebnis berichtigt",
    "result-annulled": "Ergebnis aufgehoben",
    "ledger-created": "Buch gegründet",
    "key-registered": "Schlüssel eingetragen",
    "key-rotated": "Schlüssel ersetzt",
    "key-revoked": "Schlüssel widerrufen",
    "log-key-rotated": "Schlüssel des Buchs ersetzt",
    "body-registered": "Gremium eingetragen",
    "seats-changed": "Sitze geändert",
    "redacted": "Text oder Unterlage geschwärzt",
    "anchored": "mit Zeitstempel versehen",
}

STATES = {
    "opened": "offen",
    "closed": "geschlossen, Ergebnis noch nicht festgestellt",
    "terminated": "beendet: im Umlaufverfahren unzulässig",
    "referred": "an eine Sitzung verwiesen",
    "determined": "Ergebnis festgestellt",
    "announced": "Ergebnis mitgeteilt",
    "published": "Ergebnis bekannt gemacht",
    "ratified": "von einer Sitzung bestätigt",
    "not-ratified": "von einer Sitzung nicht bestätigt",
    "suspended": "ausgesetzt",
    "objected": "beanstandet",
    "expired": "außer Kraft getreten",
    "annulled": "aufgehoben",
}
CLOSED = {
    "deadline": "mit Ablauf der Frist",
    "chair": "durch Erklärung",
    "objection": "wegen Widerspruchs gegen das Umlaufverfahren",
    "all-voted": "weil alle abgestimmt haben",
    "unlosable": "weil das Ergebnis feststand",
}
TRIGGERS = {
    "declared_emergency": "festgestellte außergewöhnliche Notlage",
    "council_resolution": "Beschluss der Vertretung",
}
SUBJECTS = {"simple": "Gegenstand einfacher Art", "urgent": "dringliche Angelegenheit"}
BODY = {True: "Gremium: {body}; Vorsitz: {chair}", False: "Gremium: {body}"}
OPENED_BY = "eröffnet am {at}{deadline} (unterschrieben: {who})"
DEADLINE = {True: ", letzte persönliche Frist bis {at}", False: ", Frist bis {at}"}
EXTENDED = {
    "all": "Frist verlängert ({times}-mal); zuerst bis {first}",
    "some": "Frist für einzelne Mitglieder verlängert ({times}-mal)",
    "personal": "persönliche Fristen verlängert ({times}-mal)",
}
ATTACHED = {
    True: "Unterlage nach der Eröffnung beigefügt: Eintrag {entries}",
    False: "Unterlagen nach der Eröffnung beigefügt: Einträge {entries}",
}
EARLIER = {
    "reconfirm": "Stimmen auf einem früheren Stimmzettel, nicht bestätigt (nicht gezählt): {votes}",
    "keep": "Stimmen auf einem früheren Stimmzettel (sie zählen): {votes}",
}
BY_CLERK = "Stimmen, die Sitzungsdienst und eine zweite Person vermerkt haben: {votes} ({entries})"
ENTRIES = {True: "Eintrag {entries}", False: "Einträge {entries}"}
BY_PORTAL = "Stimmen, für die ein Portal einsteht: {votes}"
OBJECTED = "Widerspruch gegen das Umlaufverfahren: {list}"
OBJECTOR = "{member} am {at}"
DEMANDED = "geheime Abstimmung zu Punkt {item} verlangt: {list}"
EXCLUDED = "Mitwirkungsverbot zu Punkt {item}: {list}"
GRACE_ENDS = (
    "der Dienst schließt am {at}, wenn die Frist nicht verlängert wird; Vorsitz oder Sitzungsdienst können "
    "früher schließen"
)
UNREACHED = (
    "bei {missing} von {seats:# Mitglied|# Mitgliedern} kein Zugang vermerkt: bis dahin endet es nicht von "
    "selbst; sind alle anderen Fristen abgelaufen, können Vorsitz oder Sitzungsdienst schließen, und wer "
    "nicht erreicht war, macht es unwirksam"
)
SUBSTITUTE = "Vertretung: {substitute} für {member}"
PROXY = "Vollmacht: {proxy} für {member}"
REFUSED = "zurückgewiesen und nicht gezählt: {list}"
REFUSALS = {
    "too-late": "zu spät",
    "already-closed": "nach dem Schluss",
    "not-entitled": "ohne Stimmrecht",
    "excluded": "bei Mitwirkungsverbot",
    "change-not-allowed": "unzulässige Änderung",
    "proxy-stands": "trotz Vollmacht",
    "stopped": "nach Widerspruch",
}
CLOSED_BY = "geschlossen am {at} (Eintrag {entry}, unterschrieben: {who}), {why}"
AFTERWARDS = "{what} am {at} (Eintrag {entry}, unterschrieben: {who}){detail}"
PUBLICATION_DUE = "steht noch aus: die Bekanntmachung"
UNTIL = {True: ", bis {until}", False: ", ohne bestimmtes Ende"}
ON_ITEMS = {True: "; Punkt {items}", False: "; Punkte {items}"}
NOW_PUBLIC = {True: "; nun öffentlich: Punkt {items}", False: "; nun öffentlich: Punkte {items}"}
MEETING = "; Sitzung am {at}"
REPEATED = "; wiederholt als {procedure}"
CONDITION = {
    True: "Punkt {item}: unter einer Bedingung beschlossen; sie ist eingetreten",
    False: "Punkt {item}: unter einer Bedingung beschlossen; ihr Eintritt ist nicht vermerkt",
}
LIMITED = "Punkt {item}: auf {months:# Monat|# Monate} befristet, bis {ends}"
TRIGGER = {True: "{what}, {begins} bis {ends}", False: "{what}, seit {begins}"}
OCCASION = "Anlass: {what}"
OFFICES = {"service": "Dienst", "registrar": "Registrar"}
"""Ids that the founding of a ledger gives: these two have no names."""
ROLES = {
    "registrar": "Registrar",
    "clerk": "Sitzungsdienst",
    "chair": "Vorsitz",
    "member": "Mitglied",
    "service": "Dienst",
    "portal": "Portal",
}
AGAIN = "geändert"
SEALED = "{entries:# Eintrag|# Einträge} gesiegelt"
REPLAYED = "Nachvollzug einer Abstimmung vom {at}"
UNKNOWN = "unbekanntem Datum"
