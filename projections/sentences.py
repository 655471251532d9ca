"""Why views cannot be read or made now."""

from __future__ import annotations

from ledger.sentence import Sentence

KINDS_OF_REPORTS = Sentence(
    "a report is one of {kinds}, not {kind!r}", "ein Bericht ist eines von {kinds}, nicht {kind!r}"
)
OTHER_LEADS = Sentence(
    "another process has the lead, and the views stay at entry {position}",
    "ein anderer Prozess führt, und die Ansichten bleiben bei Eintrag {position}",
)
REBUILDING = Sentence("the views are being rebuilt already", "die Ansichten werden schon neu aufgebaut")
SOMEBODY_WROTE = Sentence(
    "somebody else wrote into the fresh views",
    "jemand anderes hat in die frischen Ansichten geschrieben",
)
SCHEMA_MISSING = Sentence(
    "the schema {name} is missing: the ledger's owner has to prepare the views",
    "das Schema {name} fehlt: wem das Buch gehört, muss die Ansichten vorbereiten",
)
DATABASE_REFUSES = Sentence("the database refuses: {reason}", "die Datenbank lehnt ab: {reason}")
VIEWS_LOCKED = Sentence(
    "another program holds a lock on the views ({reason})",
    "ein anderes Programm hält eine Sperre auf die Ansichten ({reason})",
)
RIGHT_MISSING = Sentence(
    "a right is missing: the ledger's owner prepares the views, the service writes them ({reason})",
    "ein Recht fehlt: wem das Buch gehört, bereitet die Ansichten vor, der Dienst schreibt sie ({reason})",
)
DATABASE_SILENT = Sentence(
    "the database does not answer: {reason}",
    "die Datenbank antwortet nicht: {reason}",
)
TOO_FAST = Sentence(
    "the views move on too fast to be compared: try again when less happens",
    "die Ansichten ändern sich zu schnell für einen Vergleich: versuchen, wenn weniger geschieht",
)
FILE_LOCKED = Sentence(
    "another program holds the lock of {path}",
    "ein anderes Programm hält die Sperre von {path}",
)
DAMAGED_VIEWS = Sentence(
    "damaged views: stop the service, delete {path}, start it ({error})",
    "beschädigte Ansichten: den Dienst anhalten, {path} löschen, ihn starten ({error})",
)
NO_PUBLIC_ITEM = Sentence(
    "the procedure {procedure} has no public item",
    "das Verfahren {procedure} hat keinen öffentlichen Punkt",
)
NOT_READABLE = Sentence(
    "the opening of this procedure, or the register, cannot be read",
    "die Eröffnung dieses Verfahrens oder das Register ist nicht lesbar",
)
TEXT_CHANGED = Sentence("the text {digest} was changed", "der Text {digest} wurde verändert")

ROW_DIFFERS = Sentence("{table}, {where}: differs", "{table}, {where}: weicht ab")
ROW_MISSING = Sentence("{table}, {where}: missing", "{table}, {where}: fehlt")
ROW_UNEXPECTED = Sentence("{table}, {where}: unexpected", "{table}, {where}: überzählig")
COLUMN = Sentence("{name} is {ours!r}, not {logs!r}", "{name} ist {ours!r}, nicht {logs!r}")
