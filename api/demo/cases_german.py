"""Die Testfälle auf Deutsch: worum es geht, und was herauskommt. Verglichen werden die englischen Wörter."""

from __future__ import annotations

ABOUT = {
    "1": "10 Ja, 10 Nein, 5 Enthaltungen von 25",
    "2": "1 Ja, 24 Enthaltungen von 25",
    "3": "5 Ja, 4 Nein, 3 Enthaltungen von 12",
    "4": "40 Ja, 10 Nein, 50 von 100 schweigen",
    "5": "26 von 33 stimmen dem Verfahren zu; 25 Ja, 1 Nein",
    "6": "ein Widerspruch am letzten Tag, 33 Ja",
    "7": "eine Stimme 1 ms nach der Frist; die Frist ist ein genannter Sonntag, 24:00 Uhr",
    "8": "zwei Wochen nach Zugang; zugegangen am Montag, 3. März 2025, 14:05 Uhr",
    "9": "eine Frist am 30. März 2025, 02:30 Uhr, die es nicht gibt",
    "10": "am 9. von 14 Tagen übernimmt eine Vertretung",
    "11": "18 von 33 unterliegen dem Mitwirkungsverbot",
    "12": "ein ausgeschlossenes Mitglied hat abgestimmt: bei 1 und bei 5 Stimmen Vorsprung",
    "13": "ein Mitglied eines Aufsichtsrats widerspricht: es gibt eine Sondersitzung",
    "isernhagen": "32 von 35 stimmen zu, 15 davon nur zu den Punkten 1–4; bedingt; auf drei Monate",
}
"""Name → worum es geht."""

_PHRASES = (
    ("invalid: ", "Umlaufverfahren unzulässig: "),
    ("no-decision", "kein Beschluss"),
    ("rejected", "abgelehnt"),
    ("adopted", "angenommen"),
    ("referred", "an eine Sitzung verwiesen"),
    (", 1 late vote on record, not counted", "; 1 verspätete Stimme vermerkt, nicht gezählt"),
    ("refused at the opening: no-such-time", "bei der Eröffnung abgewiesen: diese Uhrzeit gibt es nicht"),
    ("own 14 days; others unchanged", "eigene 14 Tage; für die anderen bleibt es dabei"),
    ("ends ", "endet "),
    ("decisive", "ausschlaggebend"),
    ("survives", "das Ergebnis bleibt"),
    ("expired: items", "außer Kraft getreten: Punkte"),
    (", margin ", ", Vorsprung "),
    (", item ", ", Punkt "),
    (", after three months", ", nach drei Monaten"),
    ("the substitute's deadline", "Frist der Vertretung"),
    ("everybody else's", "Frist aller anderen"),
    ("the last one", "die letzte Frist"),
)


def in_german(told: str) -> str:
    """Ein Ergebnis eines Falls; was die Regeln selbst sagen, ist schon deutsch."""
    for english, german in _PHRASES:
        told = told.replace(english, german)
    return told
