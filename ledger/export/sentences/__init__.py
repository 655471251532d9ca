"""Why something is not handed out, or not written where it was asked for."""

from __future__ import annotations

from ledger.sentence import Sentence

OTHER_DIGEST = Sentence(
    "these bytes have the SHA-256 {found}, not {sha256}",
    "diese Bytes haben den SHA-256 {found}, nicht {sha256}",
)
DOSSIER_EXISTS = Sentence(
    "there is something in {path} already; a dossier is not written over another",
    "in {path} liegt schon etwas; ein Dossier wird nicht über ein anderes geschrieben",
)
NAME_OF_AN_ENTRY = Sentence(
    "an entry is named by its number or its statement's SHA-256, not {text!r}",
    "ein Eintrag wird durch seine Nummer oder den SHA-256 seiner Erklärung genannt, nicht durch {text!r}",
)
NOT_AMONG = Sentence(
    "there is no procedure {procedure} among the first {size} entries",
    "unter den ersten {size} Einträgen gibt es kein Verfahren {procedure}",
)
NO_ENTRY_YET = Sentence(
    "the log has no entry {at}: it goes from 0 to {head}",
    "das Buch hat keinen Eintrag {at}: es geht von 0 bis {head}",
)
NO_PROCEDURE = Sentence("there is no procedure {procedure}", "ein Verfahren {procedure} gibt es nicht")
SO_EARLY = Sentence("nothing is recorded so early", "so früh ist nichts verzeichnet")
NOT_YET = Sentence(
    "there is no procedure {procedure} after entry {last}",
    "nach Eintrag {last} gibt es kein Verfahren {procedure}",
)
EMPTY_LEDGER = Sentence("the ledger has no entry yet", "das Buch hat noch keinen Eintrag")
GOES_FURTHER = Sentence(
    "{path} goes up to {old} entries already; {new} are fewer",
    "{path} reicht schon bis {old} Einträge; {new} sind weniger",
)
IS_A_FILE = Sentence(
    "{path} is a file; an export is a directory",
    "{path} ist eine Datei; ein Export ist ein Verzeichnis",
)
LEFT_OUT = Sentence(
    "{path} holds {folder}, which this export was to leave out",
    "{path} enthält {folder}, und dieser Export sollte das weglassen",
)
OTHER_LOG_KEY = Sentence(
    "{path} holds an export of {name} under another log key",
    "{path} enthält einen Export von {name} unter einem anderen Schlüssel",
)
NO_EXPORT = Sentence(
    "{path} is not empty, and holds no export",
    "{path} ist nicht leer und enthält keinen Export",
)
MISSING_IN_DATABASE = Sentence(
    "entry {entry} is published, and not in the database",
    "Eintrag {entry} ist veröffentlicht und fehlt in der Datenbank",
)
NOTHING_PUBLISHED = Sentence("nothing is published yet", "noch ist nichts veröffentlicht")
NO_SUCH_SIZE = Sentence(
    "no checkpoint of size {size} was published, the newest {newest}",
    "ein Prüfpunkt der Größe {size} wurde nicht veröffentlicht, der neueste hat {newest}",
)
NO_SUCH_SIZE_BUT_BELOW = Sentence(
    "no checkpoint of size {size} was published; the one below has {below}, the newest {newest}",
    "ein Prüfpunkt der Größe {size} wurde nicht veröffentlicht; der davor hat {below}, der neueste {newest}",
)
ENTRY_IS_NOT = Sentence("entry {seq} is not {where}", "Eintrag {seq} ist nicht {where}")
STATEMENT_IS_NOT = Sentence(
    "no statement with this digest is {where}", "keine Erklärung mit diesem Digest ist {where}"
)
RECORDED = Sentence("recorded", "verzeichnet")
PUBLISHED = Sentence("published", "veröffentlicht")

DOCUMENT_CHANGED = Sentence(
    "the document {sha256} was changed in the store", "das Dokument {sha256} wurde im Speicher verändert"
)
DISCLOSURE_CHANGED = Sentence(
    "the disclosure {digest} was changed in the store", "die Offenlegung {digest} wurde im Speicher verändert"
)
ANOTHER_HISTORY = Sentence(
    "the {size} entries in {path} are not the first {size} of this log: one of the two is another history."
    " Keep both",
    "die {size} Einträge in {path} sind nicht die ersten {size} dieses Buchs: eines von beiden ist eine"
    " andere Geschichte. Beide aufbewahren",
)
ANOTHER_ROOT_THAN_SIGNED = Sentence(
    "the {size} published entries have another root than was signed",
    "die {size} veröffentlichten Einträge haben eine andere Wurzel, als unterschrieben wurde",
)
DAMAGED_BUT = Sentence(
    "{path} is damaged, {error}: make a new export", "{path} ist beschädigt, {error}: neu exportieren"
)
DAMAGED_TILES = Sentence(
    "{path} is damaged, its tiles are changed: make a new export",
    "{path} ist beschädigt, seine Kacheln sind verändert: neu exportieren",
)
DOES_NOT_VERIFY = Sentence(
    "this procedure does not verify: {what}", "dieses Verfahren hält der Prüfung nicht stand: {what}"
)
OTHER_TILE = Sentence(
    "{name} in the published log is not what the entries give",
    "{name} im veröffentlichten Buch ist nicht, was die Einträge ergeben",
)
ANOTHER_ROOT = Sentence(
    "the checkpoint of size {size} has another root", "der Prüfpunkt der Größe {size} hat eine andere Wurzel"
)
NOT_THE_PUBLISHED = Sentence(
    "entry {seq} in the database is not the one that was published",
    "Eintrag {seq} in der Datenbank ist nicht der veröffentlichte",
)
SAYS_ANOTHER_SIZE = Sentence(
    "the checkpoint of size {size} says {found}", "der Prüfpunkt der Größe {size} sagt {found}"
)
NOT_SIGNED_WITH = Sentence(
    "the checkpoint of size {size} is not signed with the log key {key}",
    "der Prüfpunkt der Größe {size} ist nicht mit dem Schlüssel {key} unterschrieben",
)
FILE_NOT_UTF8 = Sentence("{file} is not UTF-8 text", "{file} ist kein Text in UTF-8")
ONE_KEY_A_LINE = Sentence(
    "{file} holds one verification key a line", "{file} enthält je Zeile einen Prüfschlüssel"
)

TILE_MISSING = Sentence(
    "a tile of the published log is missing", "eine Kachel des veröffentlichten Buchs fehlt"
)
COLUMNS_DIFFER = Sentence("the columns differ", "die Spalten weichen ab")
DOCUMENT_NOT_THERE = Sentence("the document {sha256} is not there", "das Dokument {sha256} ist nicht da")
ANOTHER_DOCUMENT = Sentence("another document is kept there", "dort liegt ein anderes Dokument")
