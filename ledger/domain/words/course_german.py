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
}

STATES = {
    "opened": "offen",
    "closed": "geschlossen, Ergebnis noch nicht festgestellt",
    "terminated": "durch Widerspruch beendet",
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
    "chair": "durch den Vorsitz",
    "objection": "wegen Widerspruchs gegen das Umlaufverfahren",
    "all-voted": "weil alle abgestimmt haben",
    "unlosable": "weil das Ergebnis feststand",
}
TRIGGERS = {
    "declared_emergency": "festgestellte außergewöhnliche Notlage",
    "council_resolution": "Beschluss der Vertretung",
}
SUBJECTS = {"simple": "Gegenstand einfacher Art", "urgent": "dringliche Angelegenheit"}
OPENED_BY = "eröffnet am {at} (unterschrieben: {who})"
CLOSED_BY = "geschlossen am {at} {why} (Eintrag {entry}, unterschrieben: {who})"
TRIGGER = {True: "{what}, {begins} bis {ends}", False: "{what}, seit {begins}"}
OCCASION = "Anlass: {what}"
OFFICES = {"service": "Dienst", "registrar": "Registrar"}
"""Ids that the founding of a ledger gives: these two have no names."""
TIME = "%d.%m.%Y, %H:%M:%S Uhr"
ROLES = {
    "registrar": "Registrar",
    "clerk": "Sitzungsdienst",
    "chair": "Vorsitz",
    "member": "Mitglied",
    "service": "Dienst",
    "portal": "Portal",
}
AGAIN = "geändert"
SEALED = "{entries} Einträge gesiegelt"
REPLAYED = "Nachvollzug einer Abstimmung vom {at}"
UNKNOWN = "unbekanntem Datum"
