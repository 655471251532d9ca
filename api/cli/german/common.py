"""Auf Deutsch: was mehrere Befehle von sich sagen."""

from __future__ import annotations

GERMAN = {
    "Show the version and exit.": "Die Version zeigen, sonst nichts.",
    "Print one JSON object.": ("Ein JSON-Objekt ausgeben."),
    "Of the words.": ("Sprache der Wörter."),
    "STIMMBUCH_LANG, else en": ("STIMMBUCH_LANG, sonst en"),
    "A directory (embedded) or postgresql://…": ("Ein Verzeichnis (eingebettet) oder postgresql://…"),
    "A directory or postgresql://…": ("Ein Verzeichnis oder postgresql://…"),
    "Folder of keys and documents; for a directory store the store itself.": (
        "Ordner der Schlüssel und Dokumente; bei einem Verzeichnis der Speicher selbst."
    ),
    "Passphrase of encrypted keys. Else: systemd credential, STIMMBUCH_PASSPHRASE_FILE, prompt.": (
        "Kennwort verschlüsselter Schlüssel. Sonst: Credential von systemd,"
        " STIMMBUCH_PASSPHRASE_FILE, Rückfrage."
    ),
    "Instead of a store: http://…/v1/ledgers/NAME of a running service.": (
        "Statt eines Speichers: http://…/v1/ledgers/NAME eines laufenden Dienstes."
    ),
    "With --url: the file with the bearer token (or STIMMBUCH_TOKEN_FILE, or `stimmbuch login`).": (
        "Mit --url: die Datei mit dem Zugangstoken (oder STIMMBUCH_TOKEN_FILE, oder `stimmbuch login`)."
    ),
    "With --url: how long to ask again where that may help.": (
        "Mit --url: wie lange erneut gefragt wird, wo das helfen kann."
    ),
    "As of this entry, or this time with offset.": (
        "Stand bei diesem Eintrag, oder zu dieser Zeit mit ihrem Abstand zu UTC."
    ),
    "A signed, hash-chained voting ledger for circular resolutions (Umlaufverfahren).": (
        "Ein unterschriebenes, verkettetes Buch für Abstimmungen im Umlaufverfahren."
    ),
}
