"""Why a store cannot be used, or cannot be used now."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_DOCUMENT = Sentence("no document has the digest {digest}", "kein Dokument hat die Prüfsumme {digest}")
OTHER_DIGEST = Sentence(
    "these bytes have the SHA-256 {found}, not {digest}",
    "diese Bytes haben den SHA-256 {found}, nicht {digest}",
)
DOCUMENT_DIGEST = Sentence(
    "a document's digest is 64 lower-case hexadecimal digits",
    "die Prüfsumme eines Dokuments hat 64 hexadezimale Ziffern in Kleinbuchstaben",
)
DOCUMENT_TOO_LARGE = Sentence(
    "the document is larger than {limit} bytes",
    "das Dokument ist größer als {limit} Bytes",
)
DOCUMENT_NOT_WRITTEN = Sentence(
    "the document cannot be written or removed: {reason}",
    "das Dokument kann nicht geschrieben oder entfernt werden: {reason}",
)
NO_CONNECTION_STRING = Sentence(
    "not a connection string that libpq understands",
    "diese Verbindungsangabe versteht libpq nicht",
)
SCHEMA_OF_VIEWS = Sentence(
    "the schema {schema} is where the views of {name} lie",
    "im Schema {schema} liegen die Ansichten von {name}",
)
BAD_CONNECTION_STRING = Sentence(
    "not a connection string: the part after `?` is malformed",
    "keine Verbindungsangabe: der Teil nach `?` ist fehlerhaft",
)
NO_NAME = Sentence(
    "not a name for a schema or role: {name!r} (a-z, 0-9, _; at most 48)",
    "kein Name für ein Schema oder eine Rolle: {name!r} (a-z, 0-9, _; höchstens 48)",
)
IS_A_FILE = Sentence(
    "{folder} is a file; a ledger is a directory that holds {file}",
    "{folder} ist eine Datei; ein Buch ist ein Verzeichnis, in dem {file} liegt",
)
BATCH_ENDED = Sentence(
    "this batch has ended: open a new one",
    "dieser Stapel ist zu Ende: einen neuen öffnen",
)
NEWER_MIGRATION = Sentence(
    "the schema {schema} has the migration {migration}, which this program lacks",
    "das Schema {schema} hat die Migration {migration}, die diesem Programm fehlt",
)
FUNCTIONS_REPLACED = Sentence(
    "the functions in {schema} are not those of the migrations: somebody replaced them",
    "die Funktionen in {schema} sind nicht die der Migrationen: jemand hat sie ersetzt",
)
SCHEMA_HAS_LEDGER = Sentence(
    "there is a ledger already in the schema {schema}",
    "im Schema {schema} liegt schon ein Buch",
)
SCHEMA_WITHOUT_LEDGER = Sentence(
    "there is no ledger in the schema {schema}",
    "im Schema {schema} liegt kein Buch",
)
MIGRATIONS_MISSING = Sentence(
    "the schema {schema} lacks {missing}: migrate it as its owner",
    "dem Schema {schema} fehlt {missing}: als Eigentümer migrieren",
)
ROLE_MISSING = Sentence(
    "the role is missing: let an administrator run `{order}`, then repeat",
    "die Rolle fehlt: ein Administrator muss `{order}` ausführen, dann wiederholen",
)
FOREIGN_TABLES = Sentence(
    "the schema {schema} holds tables of another program: choose an empty one",
    "im Schema {schema} liegen Tabellen eines anderen Programms: ein leeres wählen",
)
MIGRATION_CHANGED = Sentence(
    "{name} was changed after it had been applied to {schema}",
    "{name} wurde geändert, nachdem es auf {schema} angewandt worden war",
)
ALL_IN_USE = Sentence(
    "all connections of this process are in use",
    "alle Verbindungen dieses Prozesses sind belegt",
)
STORE_CLOSED = Sentence("this store was closed", "dieser Speicher wurde geschlossen")
STANDBY = Sentence(
    "this server is a standby, which only reads",
    "dieser Server ist eine Kopie, die nur gelesen werden kann",
)
LOST_BEFORE = Sentence(
    "the connection was lost before the commit",
    "die Verbindung ging vor dem Abschluss verloren",
)
COMMIT_WITH_WARNING = Sentence(
    "the commit came with a warning: {warning}",
    "der Abschluss kam mit einer Warnung: {warning}",
)
ROLLED_BACK = Sentence(
    "the database answered the commit with a rollback: nothing was stored",
    "die Datenbank hat den Abschluss zurückgerollt: nichts wurde gespeichert",
)
LOST_DURING = Sentence(
    "the connection was lost during the commit",
    "die Verbindung ging während des Abschlusses verloren",
)
READER_KEEPS_FILES = Sentence(
    "erased, but a reader keeps the table's old files: erase again",
    "gelöscht, aber ein Leser hält die alten Dateien der Tabelle: noch einmal löschen",
)
DATABASE_REFUSES = Sentence("the database refuses: {reason}", "die Datenbank lehnt ab: {reason}")
DATABASE_SILENT = Sentence(
    "the database does not answer: {reason}",
    "die Datenbank antwortet nicht: {reason}",
)
DAMAGED_ENTRY = Sentence("the entry with seq {seq} is damaged", "der Eintrag mit seq {seq} ist beschädigt")
THREAD_HOLDS_LOCK = Sentence(
    "another thread holds the lock of {path}",
    "ein anderer Thread hält die Sperre von {path}",
)
READER_KEEPS_COPY = Sentence(
    "erased, but a reader keeps an old copy in the write-ahead log: erase again",
    "gelöscht, aber ein Leser hält eine alte Kopie im Write-Ahead-Log: noch einmal löschen",
)
NO_LEDGER = Sentence("there is no ledger in {path}", "in {path} liegt kein Buch")
PROGRAM_HOLDS_LOCK = Sentence(
    "another program holds the lock of {path}",
    "ein anderes Programm hält die Sperre von {path}",
)
NO_LEDGER_OR_DAMAGED = Sentence(
    "not a ledger, or a damaged one: {path} ({error})",
    "kein Buch, oder ein beschädigtes: {path} ({error})",
)
DISK_FAILED = Sentence(
    "the disk failed during the commit: {path} ({error})",
    "die Platte hat während des Abschlusses versagt: {path} ({error})",
)
FOREIGN_FILE = Sentence(
    "this SQLite file belongs to another program: {path}",
    "diese SQLite-Datei gehört einem anderen Programm: {path}",
)
NEWER_FORMAT = Sentence(
    "{path} has format {version}; this program knows formats up to {known}",
    "{path} hat das Format {version}; dieses Programm kennt Formate bis {known}",
)
SCHEMA_NO_TEXT = Sentence(
    "{path} is damaged: its schema is not text",
    "{path} ist beschädigt: das Schema ist kein Text",
)
DATABASE_EXISTS = Sentence("there is a database already: {path}", "es gibt schon eine Datenbank: {path}")
TOO_MUCH_OF_A_CLIENT = Sentence(
    "{count} uploads of this client with {size} bytes are named by no statement;"
    " allowed are {most} with {bytes} bytes",
    "{count} Sendungen dieses Aufrufers mit {size} Bytes nennt keine Erklärung;"
    " erlaubt sind {most} mit {bytes} Bytes",
)
TOO_MUCH_OF_ALL = Sentence(
    "{count} uploads of this ledger with {size} bytes are named by no statement;"
    " allowed are {most} with {bytes} bytes",
    "{count} Sendungen an dieses Buch mit {size} Bytes nennt keine Erklärung;"
    " erlaubt sind {most} mit {bytes} Bytes",
)
UPLOADS_UNUSABLE = Sentence("{path} cannot be used: {reason}", "{path} kann nicht benutzt werden: {reason}")
SWEPT_ELSEWHERE = Sentence(
    "another process sweeps this ledger", "ein anderer Prozess räumt dieses Buch gerade auf"
)
