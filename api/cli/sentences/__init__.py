"""What only the command line knows to be wrong."""

from __future__ import annotations

from ledger.sentence import Sentence

NOTHING_TO_SIGN = Sentence(
    "neither an envelope nor what `stimmbuch prepare` prints",
    "weder ein Umschlag noch das, was `stimmbuch prepare` ausgibt",
)
NO_TEXT = Sentence(
    "there is no text to erase: name digests, a --procedure, a --person or a --body",
    "es gibt keinen Text zu löschen: Digests nennen, ein --procedure, eine --person oder ein --body",
)
NO_TEXT_FILE = Sentence("{path} cannot be read as text: {error}", "{path} ist nicht als Text lesbar: {error}")
AN_ORIGIN_IS = Sentence(
    "an origin is like ledger.example.org/rat, not {origin!r}",
    "eine Herkunft ist wie ledger.example.org/rat, nicht {origin!r}",
)
NO_LIST_OF_IDS = Sentence("{path} is no JSON list of ids", "{path} ist keine JSON-Liste von Kennungen")
NOT_TO_ITS_END = Sentence(
    "{path} cannot be read to its end: {error}",
    "{path} ist nicht bis zum Ende lesbar: {error}",
)
NO_LIST_OF_IDS_BUT = Sentence(
    "{path} is no JSON list of ids: {error}",
    "{path} ist keine JSON-Liste von Kennungen: {error}",
)
OFFSET_MISSING = Sentence(
    "--at: a time needs its offset from UTC, like 2026-01-31T12:00:00+01:00",
    "--at: eine Zeit braucht ihren Abstand zu UTC, wie 2026-01-31T12:00:00+01:00",
)
AT_IS = Sentence(
    "--at is the number of an entry or a time, not {at!r}",
    "--at ist die Nummer eines Eintrags oder eine Zeit, nicht {at!r}",
)
NO_MIGRATIONS = Sentence(
    "only a ledger on PostgreSQL has migrations; a directory needs none",
    "nur ein Buch in PostgreSQL hat Migrationen; ein Verzeichnis braucht keine",
)
STORE_OR_EXPORT = Sentence(
    "name a store with --store, or an exported log with --from",
    "einen Speicher mit --store nennen, oder ein exportiertes Buch mit --from",
)
NAME_AND_VALUE = Sentence("NAME=VALUE expected, not {text!r}", "erwartet wird NAME=WERT, nicht {text!r}")
NO_JSON = Sentence("{path} cannot be read as JSON: {error}", "{path} ist nicht als JSON lesbar: {error}")
RECORDED_ONLY = Sentence(
    "entry {seq} is recorded, not published yet: {error}",
    "Eintrag {seq} ist verzeichnet, aber noch nicht veröffentlicht: {error}",
)
STORE_OR_URL = Sentence(
    "name a store with --store, or a running service with --url",
    "einen Speicher mit --store nennen, oder einen laufenden Dienst mit --url",
)
NO_TOKEN_IN = Sentence(
    "{path} holds no token: one line of printable characters is expected",
    "{path} enthält kein Token: erwartet wird eine Zeile aus druckbaren Zeichen",
)
NO_AUTHORIZATION_IN = Sentence(
    "{path} does not hold the value of a header: one line of printable ASCII characters is expected",
    "{path} enthält nicht den Wert einer Kopfzeile: erwartet wird eine Zeile aus druckbaren ASCII-Zeichen",
)
PROPOSAL_THERE = Sentence(
    "{path} is there, and something may be confirmed in it: name another file, or replace it with --force",
    "{path} gibt es, und darin kann etwas bestätigt sein: eine andere Datei nennen oder mit --force ersetzen",
)
SINCE_IS = Sentence(
    "--modified-since is a time with its offset from UTC, like 2026-01-31T12:00:00+01:00, not {time!r}",
    "--modified-since ist eine Zeit mit ihrem Abstand zu UTC, wie 2026-01-31T12:00:00+01:00, nicht {time!r}",
)
TOKEN_NOT_READ = Sentence(
    "the token file {path} cannot be read: {reason}",
    "die Datei {path} mit dem Token ist nicht lesbar: {reason}",
)
NO_DEMONSTRATION = Sentence(
    "{store} is the ledger {origin}, not a demonstration",
    "{store} ist das Buch {origin} und keine Vorführung",
)
FEWER_THAN_PUBLISHED = Sentence(
    "this checkpoint has {size} entries, and {published} are published in {folder}",
    "dieser Prüfpunkt hat {size} Einträge, und {published} sind in {folder} veröffentlicht",
)
CANNOT_BE_READ = Sentence("{path} cannot be read: {reason}", "{path} ist nicht lesbar: {reason}")
NEITHER_FILE_NOR_KEY = Sentence(
    "{named!r} is neither a file nor a key like name+hash+base64",
    "{named!r} ist weder eine Datei noch ein Schlüssel wie Name+Hash+Base64",
)
