"""Why the register refuses a key, a person, a seat or an erasure."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_LOG_KEY = Sentence("`old` is no current log key", "`old` ist kein geltender Schlüssel dieses Buchs")
LOG_KEY_USED = Sentence(
    "`new` is or was a key of this log; every key is taken into use once",
    "`new` ist oder war ein Schlüssel dieses Buchs; jeder wird nur einmal benutzt",
)
OTHER_KIND = Sentence(
    "a key of kind {old} cannot be replaced by one of kind {new}",
    "ein Schlüssel der Art {old} wird nicht durch einen der Art {new} ersetzt",
)
FIRST_LOG_KEYS = Sentence(
    "a ledger begins with one Ed25519 log key, and at most one of each other kind",
    "ein Buch beginnt mit einem Ed25519-Schlüssel und höchstens einem jeder anderen Art",
)
OTHER_NAME = Sentence(
    "a log key carries the ledger's name {origin}, not {name}",
    "ein Schlüssel des Buchs trägt dessen Namen {origin}, nicht {name}",
)
NOT_ALONE = Sentence(
    "nobody erases alone: a second person answers for it, and signs",
    "niemand löscht allein: eine zweite Person steht dafür ein und unterschreibt",
)
NOTHING_NAMED = Sentence(
    "no digest of a text or document is named",
    "kein Digest eines Textes oder Dokuments ist genannt",
)
REDACTED_BY = Sentence(
    "{digest} was redacted by entry {entry}",
    "{digest} ist durch Eintrag {entry} geschwärzt",
)
NOT_OF_THE_STREAM = Sentence(
    "{digest} is no text or document of the stream {stream}",
    "{digest} ist kein Text oder Dokument von {stream}",
)
NOT_REGISTERED = Sentence("{actor} is not in the register", "{actor} steht nicht im Register")
NO_BODY = Sentence("the body {body} is not in the register", "das Gremium {body} steht nicht im Register")
NOT_IN_THE_ROLE = Sentence("{actor} is not {roles}", "{actor} hat nicht die Rolle {roles}")
CREATED_ONCE = Sentence(
    "a ledger is created once, by its first entry",
    "ein Buch wird einmal gegründet, durch seinen ersten Eintrag",
)
NO_REGISTRAR = Sentence(
    "{actor} is not among the registrars that are named",
    "{actor} ist keiner der genannten Registrare",
)
DIFFERENT_KEYS = Sentence(
    "registrars and service must have different keys",
    "Registrare und Dienst müssen verschiedene Schlüssel haben",
)
OTHER_ROLES = Sentence(
    "{subject} is registered with other roles",
    "{subject} ist mit anderen Rollen eingetragen",
)
LAST_REGISTRAR = Sentence(
    "the last registrar key cannot be revoked: nobody could register another one",
    "der letzte Schlüssel eines Registrars kann nicht widerrufen werden: niemand könnte einen neuen "
    "eintragen",
)
BODY_REGISTERED = Sentence(
    "the body {body} is already registered",
    "das Gremium {body} ist bereits eingetragen",
)
NO_SEAT_IN = Sentence("{member} has no seat in {body}", "{member} hat keinen Sitz in {body}")
SEAT_TWICE = Sentence(
    "one statement may change a seat only once",
    "eine Erklärung ändert einen Sitz nur einmal",
)
TWO_REGISTRARS = Sentence(
    "for a lost log key two different registrars sign",
    "für einen verlorenen Schlüssel des Buchs unterschreiben zwei verschiedene Registrare",
)
KEY_REGISTERED = Sentence(
    "this key was registered before; every key is registered once, for one person",
    "dieser Schlüssel wurde schon eingetragen; jeder wird einmal eingetragen, für eine Person",
)
NO_LIVE_KEY = Sentence("this is no live key of {subject}", "das ist kein geltender Schlüssel von {subject}")
