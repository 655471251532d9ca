"""Berichte auf Deutsch."""

TITLES = {
    "extract": "Auszug aus der Niederschrift",
    "interim": "Zwischenstand",
    "audit": "Prüfbericht",
    "resolution": "Beschluss",
}

SUBJECT = {
    "extract": "Beschlussfassung im Umlaufverfahren",
    "audit": "Umlaufverfahren, geprüft aus den signierten Einträgen",
    "resolution": "Beschlussfassung im Umlaufverfahren, ohne Namen",
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

EVIDENCE = "Nachweis: {text}"

SECTIONS = {
    "facts": "Verfahren",
    "items": "Beschluss",
    "item": "Punkt {item}",
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
    "whole": "Das ganze Buch",
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
    "occasion": "Anlass",
    "profile": "Regelprofil",
    "chair": "Vorsitz",
    "opened": "Eröffnet",
    "opens": "Abstimmung ab",
    "closes": "Fristende",
    "closed": "Geschlossen",
    "state": "Stand",
    "zone": "Zeitzone",
    "voted": "Gültig abgestimmt",
    "publicity": "Behandlung",
    "condition": "Bedingung",
    "valid": "Befristet",
    "position": "Stand der Angaben",
    "size": "Größe des Buchs",
    "root": "Wurzel",
    "signed": "Unterzeichnet von",
    "sha256": "SHA-256 des Prüfpunkts",
    "leaf": "Blatt-Hash des letzten Eintrags",
    "ballot": "Hashwert des Stimmzettels",
    "source": "Quelle",
}

COLUMNS = {
    "option": "Option",
    "votes": "Stimmen",
    "share": "Anteil",
    "member": "Mitglied",
    "members": "Sitze",
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
    "groups": "Stimmen zu {item} nach Gruppen",
    "rollcall": "Wer wie abgestimmt hat",
    "course": "Schritte des Verfahrens",
    "documents": "Unterlagen mit ihren Hashwerten",
    "sequence": "Einträge in der Reihenfolge des Buchs; von mehreren Stimmen zählt die letzte",
    "attempts": "Zurückgewiesene Versuche; sie zählen nie",
    "checks": "Nummerierte Prüfungen und ihr Ergebnis",
    "whole": "Prüfungen des ganzen Buchs und ihr Ergebnis",
    "unmade": "Prüfungen, die nicht angestellt wurden",
    "nothing": "Prüfungen, für die es nichts zu prüfen gab",
    "faults": "Was nicht stimmt",
    "keys": "Schlüssel derer, die hier unterzeichnet haben oder mehr als Mitglied sind, und des Buchs",
    "electorate": "Änderungen der Sitze des Gremiums",
    "anchors": "Zeitstempel über Prüfpunkte des Buchs",
    "chart": "Balken: {bars}",
}

UNDETERMINED = "nach den Einträgen; noch nicht festgestellt"
NO_VOTE = "keine Stimme"

ABSENT = "{member} (vertreten durch {substitute})"

EXCLUDED = "ausgeschlossen: Punkt {items}"

NOT_COUNTED = "zählt nicht"

PROXY_EXCLUDED = "von jemandem abgegeben, der ausgeschlossen ist: Punkt {items}"

OLDER_PAPER = "auf einem älteren Stimmzettel, vor Eintrag {entry}"

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

MONTHS = "{months:# Monat|# Monate} ab der Feststellung"

PUBLICITY = {True: "öffentlich", False: "nicht öffentlich"}
PUBLIC_SINCE = "nicht öffentlich; der Beschluss ist öffentlich seit {entry}"

AGAINST = "Abgestimmt wurde über die Empfehlung, den Antrag abzulehnen."

VOTED = "{voted} von {members}"

NOTHING_ATTEMPTED = "Kein zurückgewiesener Versuch ist verzeichnet."

NOTHING_LATE = "Keine Stimme wurde nach der ersten Frist abgegeben."

LATE_VOTES = "Nach der ersten Frist abgegeben, rechtzeitig nur wegen einer Verlängerung: {members}."

SIGN = (("Vorsitz", "Ort, Datum, Unterschrift"), ("Protokollführung", "Ort, Datum, Unterschrift"))

RECORDS = {
    "head": "Kopf",
    "count": "Stimmen",
    "group": "Gruppe",
    "vote": "Stimme",
    "event": "Vorgang",
    "document": "Unterlage",
    "check": "Prüfung",
    "attempt": "Versuch",
}

SEPARATOR = ";"
