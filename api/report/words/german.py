"""Berichte auf Deutsch."""

TITLES = {"extract": "Auszug aus der Niederschrift", "audit": "Prüfbericht"}
SUBJECT = {
    "extract": "Beschlussfassung im Umlaufverfahren",
    "audit": "Umlaufverfahren, geprüft aus den signierten Einträgen",
}
REPLAYED = "Nachvollzug einer Abstimmung, die an anderer Stelle stattgefunden hat"
PAGE = "Seite {page} von {pages}"
HEAD = "{origin} · Größe {size} · Wurzel {root} · Stand Eintrag {seq}"
HEAD_MISSING = "{origin} · noch nicht veröffentlicht · Stand Eintrag {seq}"
UNTITLED = "Verfahren ohne Titel"
ERASED = "[gelöscht, Eintrag {entry}: {basis}]"
UNDISCLOSED = "[nicht offengelegt; Hashwert {digest}]"
NO_WORDING = "[kein Wortlaut erfasst]"
ENTRY = "Eintrag {entry}"
NONE = "–"
YES, NO = "ja", "nein"

SECTIONS = {
    "facts": "Verfahren",
    "items": "Beschluss",
    "item": "Punkt {item}",
    "participation": "Beteiligung",
    "rollcall": "Namentliche Abstimmung",
    "course": "Verlauf",
    "documents": "Unterlagen",
    "signatures": "Unterschriften",
    "head": "Nachweis",
    "rules": "Angewandte Regeln",
    "electorate": "Stimmberechtigte im Zeitverlauf",
    "sequence": "Alle Einträge des Verfahrens",
    "attempts": "Verspätete und zurückgewiesene Versuche",
    "checks": "Prüfungen",
    "unmade": "Hier nicht geprüft",
    "keys": "Schlüssel",
    "again": "Selbst nachprüfen",
    "derivation": "Herleitung",
    "relevance": "Wäre das Ergebnis ein anderes?",
}
FACTS = {
    "title": "Gegenstand",
    "body": "Gremium",
    "procedure": "Kennung",
    "legal": "Rechtsgrundlage",
    "profile": "Regelprofil",
    "chair": "Vorsitz",
    "opened": "Eröffnet",
    "opens": "Abstimmung ab",
    "closes": "Fristende",
    "closed": "Geschlossen",
    "state": "Stand",
    "zone": "Zeitzone",
    "members": "Stimmberechtigt",
    "voted": "Gültig abgestimmt",
    "condition": "Bedingung",
    "valid": "Befristet",
    "position": "Stand der Angaben",
    "size": "Größe des Protokolls",
    "root": "Wurzel",
    "signed": "Unterzeichnet von",
    "sha256": "SHA-256 der Kopfzeile",
    "leaf": "Blatt-Hash des letzten Eintrags",
    "ballot": "Hashwert des Stimmzettels",
    "source": "Quelle",
    "examined": "Geprüfte Einträge",
    "result": "Ergebnis",
}
COLUMNS = {
    "option": "Option",
    "votes": "Stimmen",
    "share": "Anteil",
    "member": "Mitglied",
    "group": "Gruppe",
    "weight": "Gewicht",
    "vote": "Stimme",
    "how": "Weg",
    "time": "Zeitpunkt",
    "utc": "UTC",
    "entry": "Eintrag",
    "what": "Vorgang",
    "who": "Wer",
    "detail": "Inhalt",
    "leaf": "Blatt-Hash",
    "sha256": "SHA-256",
    "size": "Größe",
    "kind": "Art",
    "item": "Punkt",
    "kept": "Datei",
    "check": "Nr.",
    "sentence": "Prüfung",
    "result": "Ergebnis",
    "made": "Anzahl",
    "owner": "Inhaber",
    "roles": "Rollen",
    "key": "Schlüssel",
    "since": "ab",
    "ended": "bis",
    "granted": "Sitze vergeben",
    "given_up": "Sitze beendet",
    "seats": "Sitze danach",
    "code": "Grund",
    "count": "Anzahl",
    "deadline": "Frist",
    "authority": "Zeitstempelstelle",
    "record": "Satz",
    "id": "Kennung",
    "text": "Text",
    "outcome": "Ergebnis",
    "paragraph": "Grundlage",
    "counts": "Zählt",
}
CAPTIONS = {
    "counts": "Stimmen zu {item}",
    "rollcall": "Wer wie abgestimmt hat",
    "course": "Schritte des Verfahrens",
    "documents": "Unterlagen mit ihren Hashwerten",
    "sequence": "Einträge in der Reihenfolge des Protokolls; von mehreren Stimmen zählt die letzte",
    "attempts": "Zurückgewiesene Versuche; sie zählen nie",
    "checks": "Nummerierte Prüfungen und ihr Ergebnis",
    "unmade": "Prüfungen, die das ganze Protokoll oder weitere Dateien brauchen",
    "faults": "Was nicht stimmt",
    "keys": "Schlüssel derer, die hier unterzeichnet haben oder mehr als Mitglied sind, und des Protokolls",
    "electorate": "Änderungen der Sitze des Gremiums",
    "anchors": "Zeitstempel über Kopfzeilen des Protokolls",
    "chart": "Balken: {bars}",
}
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
    "members": "{members}",
    "items": "Punkt {items}",
    "closes_at": "neue Frist {closes_at}",
    "substitute": "{substitute} für {member}",
    "proxy": "an {proxy}",
    "document": "{media_type}, {size}",
    "code": "{code}",
    "late": "nach der ersten Frist",
    "to": {"members": "an die Mitglieder", "everybody": "öffentlich"},
    "confirmed": {True: "bestätigt", False: "nicht bestätigt"},
}
NO_VOTE = "keine Stimme"
ABSENT = "{member} (vertreten durch {substitute})"
EXCLUDED = "ausgeschlossen: Punkt {items}"
NOT_COUNTED = "zählt nicht"
LATE = "nach der ersten Frist"
OBJECTED = "Widerspruch"
CONSENTED = "stimmt dem Verfahren zu"
WITHHELD = "vorenthalten bis zum Schluss der Abstimmung"
TO_A_MEETING = (
    "Geheime Abstimmung wurde verlangt: Der Punkt geht an eine Sitzung, einzelne Stimmen sind nicht genannt."
)
RESULTS = {"holds": "in Ordnung", "fails": "FEHLER", "not-made": "nicht geprüft"}
KEPT = {True: "vorhanden", False: "nicht vorhanden"}
INVALID = "Das Umlaufverfahren war nicht zulässig."
MONTHS = "{months} Monate ab Bekanntgabe"
AGAINST = "Abgestimmt wurde über die Empfehlung, den Antrag abzulehnen."
VOTED = "{voted} von {members}"
NOTHING_ATTEMPTED = "Kein zurückgewiesener Versuch ist verzeichnet."
NOTHING_LATE = "Keine Stimme wurde nach der ersten Frist abgegeben."
LATE_VOTES = "Nach der ersten Frist abgegeben, rechtzeitig nur wegen einer Verlängerung: {members}."

NOTES = {
    "open": "Die Abstimmung läuft noch: Stand nach Eintrag {seq}, kein Ergebnis.",
    "withheld": "Solange abgestimmt wird, sind Zahlen, Ergebnis und einzelne Stimmen nach dem Regelprofil "
    "vorenthalten. Wer abgestimmt hat, ist zu sehen.",
    "faults": "DIESES VERFAHREN IST NICHT IN ORDNUNG: {faults} Prüfungen schlagen fehl. Die Angaben unten "
    "sind nicht verlässlich.",
    "holds": "Alle {made} angestellten Prüfungen dieses Verfahrens sind in Ordnung.",
    "unpublished": "Der Stand nach Eintrag {seq} steht noch in keiner veröffentlichten, signierten "
    "Kopfzeile. Dieser Bericht ist insoweit vorläufig.",
    "annulled": "Das Ergebnis ist aufgehoben. Die Zahlen bleiben stehen.",
    "rollcall": "Belegt durch die genannten Einträge; Signaturen und Regeln durch die Prüfungen 4.1, 4.2 "
    "und 5.1.",
    "items": "Zahlen und Ergebnis folgen aus den Einträgen (Prüfung 5.1); mit der Schließung sind sie "
    "versiegelt (Prüfung 5.3).",
    "documents": "Auf diese Unterlagen bezieht sich jede Stimme (Prüfung 5.2); die Dateien haben diese "
    "Hashwerte (Prüfungen 7.1 und 7.2).",
    "sequence": "Blatt-Hash: SHA-256 des Eintrags nach RFC 6962. Jeder Eintrag steht im Baum der unten "
    "genannten Kopfzeile (Prüfung 8.8).",
    "electorate": "Bis zu dem mit ✓ bezeichneten Eintrag gilt das Verzeichnis für dieses Verfahren; spätere"
    " Änderungen berühren es nicht (Prüfung 5.1).",
    "keys": "Eine Signatur zählt, wenn der Schlüssel nach seinem ersten und bis zu seinem letzten Eintrag "
    "gilt (Prüfung 4.1).",
    "unmade": "Diese Prüfungen brauchen das ganze Protokoll oder Dateien neben ihm. stimmbuch verify "
    "stellt sie an.",
    "head": "Jeder Eintrag steht im Baum dieser Kopfzeile (Prüfungen 8.2, 8.3, 8.4 und 8.8). Es ist die "
    "erste veröffentlichte, die den Stand enthält; sie bleibt für immer dieselbe.",
    "attachment": "Die Einträge des Verfahrens liegen diesem PDF als entries.jsonl bei, Byte für Byte wie"
    " sie gehasht sind.",
    "again": "Das ganze Protokoll, dieses Verfahren für sich allein, und dieser Bericht noch einmal, Byte "
    "für Byte gleich:",
    "limits": "Dieser Bericht sagt nicht, ob vor einer Stimme jemand unter Druck stand, ob eine Unterlage "
    "inhaltlich stimmt, oder ob neben diesem Protokoll ein zweites geführt wird. Gegen das Letzte helfen "
    "aufbewahrte Kopfzeilen, Quittungen, Zeugen und Zeitstempel.",
    "signatures": "Für die Richtigkeit des Auszugs:",
    "attempts": "Jeder Versuch ist ein Eintrag mit dem Grund und dem Hashwert des Versuchten, ohne dessen "
    "Inhalt.",
}
SIGN = (("Vorsitz", "Ort, Datum, Unterschrift"), ("Protokollführung", "Ort, Datum, Unterschrift"))
RECORDS = {
    "head": "Kopf",
    "count": "Stimmen",
    "vote": "Stimme",
    "event": "Vorgang",
    "document": "Unterlage",
    "check": "Prüfung",
    "attempt": "Versuch",
}
SEPARATOR = ";"
