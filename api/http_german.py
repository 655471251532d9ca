"""Was HTTP selbst ablehnt, auf Deutsch: Fehler, die niemand von uns wirft, und falsch geformte Anfragen.

Ein Test hält die Tabellen vollständig: gegen `api.errors` und gegen alles, was die Schemata melden.
"""

from __future__ import annotations

import re

CODES: dict[str, tuple[str, str]] = {
    "bad-request": ("Die Anfrage ist nicht lesbar", "Die Anfrage berichtigen und erneut senden."),
    "not-found": (
        "Unter dieser Adresse gibt es nichts",
        "Die Adresse prüfen; alle Aufrufe: /v1/openapi.json.",
    ),
    "method-not-allowed": (
        "Diese Methode gibt es hier nicht",
        "Eine der Methoden aus der Kopfzeile Allow benutzen.",
    ),
    "request-timeout": ("Die Anfrage kam zu langsam", "Die Anfrage erneut senden."),
    "too-large": ("Die Anfrage ist zu groß", "Verkleinern; Grenzen: ledger/FORMAT.md."),
    "unsupported-media-type": (
        "Diese Art von Inhalt wird nicht gelesen",
        "application/json senden, in UTF-8 und ohne Content-Encoding.",
    ),
    "unprocessable": (
        "Eine Angabe fehlt, ist unbekannt oder von falscher Art",
        "Die genannten Angaben berichtigen und erneut senden.",
    ),
    "too-many-requests": (
        "Von dieser Adresse kommen zu viele Anfragen",
        "Nach der Zeit aus Retry-After erneut senden, und seltener fragen.",
    ),
    "internal": (
        "Im Dienst ist ein Fehler aufgetreten",
        "Das ist ein Fehler des Dienstes: ihn mit der request_id melden.",
    ),
    "unavailable": ("Der Dienst ist gerade nicht verfügbar", "Dieselbe Anfrage später erneut senden."),
    "view-behind": (
        "Die Ansichten enthalten den Eintrag noch nicht, den `wait_for` nennt",
        "Nach Retry-After erneut fragen; ohne wait_for kommt sofort eine ältere Antwort.",
    ),
    "busy": (
        "Es folgen so viele den Ereignissen oder blicken in die Vergangenheit, wie es zugleich dürfen",
        "Nach Retry-After erneut fragen, oder nach der Gegenwart.",
    ),
    "receiving": (
        "Es sind so viele Anfragen unterwegs wie zugleich erlaubt, von diesem Absender oder von allen",
        "Nach Retry-After erneut senden, jede Anfrage in einem Stück.",
    ),
    "procedure-limit": (
        "Von einem Absender kommt zu einem Verfahren zu viel",
        "Nach Retry-After erneut senden; andere Verfahren und andere Absender sind nicht betroffen.",
    ),
    "not-ready": (
        "Kein Buch dieses Dienstes ist bereit; zu jedem steht, warum",
        "Die Gründe ansehen, dann das Protokoll des Dienstes.",
    ),
}
"""Code → Bedeutung, Hinweis."""

_FAULTS = (
    (r"Missing data for required field\.", "Diese Angabe fehlt."),
    (r"Field may not be null\.", "Diese Angabe darf nicht null sein."),
    (r"Unknown field\.", "Diese Angabe ist nicht bekannt."),
    (r"Not a valid string\.", "Erwartet wird ein Text."),
    (r"Not a valid utf-8 string\.", "Der Text ist kein UTF-8."),
    (r"Not a valid integer\.", "Erwartet wird eine ganze Zahl."),
    (r"Not a valid number\.", "Erwartet wird eine Zahl."),
    (r"Number too large\.", "Die Zahl ist zu groß."),
    (r"Not a valid boolean\.", "Erwartet wird true oder false."),
    (r"Not a valid list\.", "Erwartet wird eine Liste."),
    (r"Not a valid mapping type\.", "Erwartet wird ein Objekt."),
    (r"Invalid (?:input )?type\.", "Erwartet wird ein Objekt."),
    (r"Invalid (?:value|input)\.", "Dieser Wert ist nicht zulässig."),
    (r"String does not match expected pattern\.", "Der Text hat nicht die erwartete Form."),
    (r"Must be one of: (.+)\.", r"Muss eines davon sein: \1."),
    (
        r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.",
        r"Muss mindestens \1 und höchstens \2 sein.",
    ),
    (r"Length must be between (\d+) and (\d+)\.", r"Muss \1 bis \2 Teile haben."),
    (r"an object is expected", "erwartet wird ein Objekt"),
    (r"is there more than once", "steht mehr als einmal da"),
    (r"there is no such time", "diese Zeit gibt es nicht"),
    (r"there is no such list", "eine solche Liste gibt es nicht"),
    (
        r"an RFC 3339 time is expected; write \+ as %2B",
        "erwartet wird eine Zeit nach RFC 3339; + als %2B schreiben",
    ),
    (
        r"an entry's number or an RFC 3339 time is expected; write \+ as %2B",
        "erwartet wird die Nummer eines Eintrags oder eine Zeit nach RFC 3339; + als %2B schreiben",
    ),
)
_TABLE = [(re.compile(english, re.DOTALL), german) for english, german in _FAULTS]


def of_http(code: str, status: int) -> tuple[str, str]:
    """Bedeutung und Hinweis zu einem Code; auch zu einem Status, den niemand erwartet hat."""
    return CODES.get(code, (f"Die Anfrage wurde mit dem Status {status} beantwortet", "Die Anfrage prüfen."))


def fault(english: str) -> str:
    """Was an einer Angabe falsch ist. Ein unbekannter Satz bleibt, wie er ist."""
    for pattern, german in _TABLE:
        if match := pattern.fullmatch(english):
            return match.expand(german)
    return english
