"""Why a backup is not taken, or not restored."""

from __future__ import annotations

from ledger.sentence import Sentence

NEWER = Sentence("{folder} was written by a newer version", "{folder} hat ein neueres Programm geschrieben")
MISSING_OR_FOREIGN = Sentence(
    "{folder}: {file} is missing, or does not belong here",
    "{folder}: {file} fehlt oder gehört nicht hierher",
)
UNFINISHED = Sentence(
    "{folder} is no finished backup: its {file} is missing or malformed",
    "{folder} ist keine fertige Sicherung: {file} fehlt oder ist fehlerhaft",
)
CHANGED = Sentence("{path} was changed or damaged", "{path} wurde verändert oder ist beschädigt")
OTHER_ENTRIES = Sentence(
    "{folder}: its entries are not those that it names",
    "{folder}: ihre Einträge sind nicht die, die sie nennt",
)
DOES_NOT_CONTINUE = Sentence(
    "entry {seq} in the backup does not continue the one before",
    "Eintrag {seq} der Sicherung setzt den vorigen nicht fort",
)
BAD_ENTRY = Sentence("entry {seq} in the backup: {error}", "Eintrag {seq} der Sicherung: {error}")
ENDS_IN_THE_MIDDLE = Sentence("{path} ends in the middle", "{path} endet mittendrin")
BAD_DOCUMENT = Sentence(
    "a document in the backup was changed: {error}",
    "ein Dokument der Sicherung wurde verändert: {error}",
)
NOT_EMPTY = Sentence(
    "there are entries already: a backup is restored into an empty store only",
    "es gibt schon Einträge: zurückgespielt wird nur in einen leeren Speicher",
)
FOLDER_NOT_EMPTY = Sentence(
    "{folder} is not empty: each backup has a place of its own",
    "{folder} ist nicht leer: jede Sicherung hat ihren eigenen Ort",
)
DOES_NOT_CONTINUE = Sentence(
    "entry {count} does not continue the one before", "Eintrag {count} setzt den davor nicht fort"
)
