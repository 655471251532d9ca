"""Berichte auf Deutsch: wie Zustände, Vorgänge und Gründe heißen."""

STATES = {
    "opened": "offen",
    "closed": "geschlossen, Ergebnis noch nicht festgestellt",
    "terminated": "durch Widerspruch beendet",
    "referred": "an eine Sitzung verwiesen",
    "determined": "Ergebnis festgestellt",
    "announced": "Ergebnis bekannt gegeben",
    "published": "Ergebnis veröffentlicht",
    "ratified": "von einer Sitzung bestätigt",
    "not-ratified": "von einer Sitzung nicht bestätigt",
    "suspended": "ausgesetzt",
    "objected": "beanstandet",
    "expired": "abgelaufen",
    "annulled": "aufgehoben",
}

CLOSED = {
    "deadline": "mit Ablauf der Frist",
    "chair": "durch den Vorsitz",
    "objection": "wegen Widerspruchs",
    "all-voted": "weil alle abgestimmt haben",
    "unlosable": "weil das Ergebnis feststand",
}

PROVENANCE = {
    "own-key": "eigener Schlüssel",
    "proxy": "Vollmacht",
    "portal-attested": "über ein Portal",
    "clerk-recorded": "vom Büro erfasst, mit zweiter Person",
}

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
    "result-announced": "Ergebnis bekannt gegeben",
    "result-published": "Ergebnis veröffentlicht",
    "result-ratified": "Bestätigung durch eine Sitzung",
    "result-suspended": "Vollzug ausgesetzt",
    "result-objected": "Beschluss beanstandet",
    "result-expired": "Beschluss abgelaufen",
    "condition-met": "Bedingung eingetreten",
    "result-corrected": "Ergebnis berichtigt",
    "result-annulled": "Ergebnis aufgehoben",
}

BASES = {
    "gdpr-16": "Art. 16 DSGVO",
    **{f"gdpr-17-1-{letter}": f"Art. 17 Abs. 1 Buchst. {letter} DSGVO" for letter in "abcde"},
    "retention-ended": "Ablauf der Aufbewahrungsfrist",
    "court-order": "gerichtliche Anordnung",
}

DETAILS = {
    "items": "Punkt {items}",
    "closes_at": "neue Frist {closes_at}",
    "substitute": "{substitute} für {member}",
    "proxy": "an {proxy}",
    "document": "{media_type}, {size}",
    "to": {"members": "an die Mitglieder", "everybody": "öffentlich"},
    "confirmed": {True: "bestätigt", False: "nicht bestätigt"},
}
