"""Why a statement has no place in this ledger."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_PROCEDURE = Sentence("there is no procedure {stream}", "ein Verfahren {stream} gibt es nicht")
LEDGER_CREATED = Sentence("this ledger is created already", "dieses Buch ist bereits gegründet")
PROCEDURE_EXISTS = Sentence(
    "the procedure {stream} exists already",
    "das Verfahren {stream} gibt es bereits",
)
NOTHING_DECIDES = Sentence("nothing decides {kind}", "über {kind} entscheidet nichts")
FIRST_ENTRY = Sentence(
    "the first entry of a ledger is ledger-created",
    "der erste Eintrag eines Buchs ist ledger-created",
)
NO_KEY_AT_ALL = Sentence(
    "{person} has no key: not in the register",
    "{person} hat keinen Schlüssel: steht nicht im Register",
)
KEY_ENDED = Sentence(
    "the key {key} of {person} ended at entry {entry}",
    "der Schlüssel {key} von {person} endete mit Eintrag {entry}",
)
NO_SUCH_KEY = Sentence("{person} has no key {key}", "{person} hat keinen Schlüssel {key}")
BALLOT_DIGEST = Sentence(
    "the ballot paper has the digest {computed}, not {signed}",
    "der Stimmzettel hat den Digest {computed}, nicht {signed}",
)
DERIVATION_DIGEST = Sentence(
    "the derivation that follows from the entries has the digest {computed}",
    "die Herleitung, die aus den Einträgen folgt, hat den Digest {computed}",
)
NO_KEY_OF_KIND = Sentence("the log has no key of this kind", "das Buch hat keinen Schlüssel dieser Art")
REFERENCE_USED = Sentence(
    "the key {reference} is or was a key of this log already",
    "der Schlüssel {reference} ist oder war schon einer dieses Buchs",
)
NO_STATEMENT = Sentence(
    "no statement with this digest is recorded",
    "keine Erklärung mit diesem Digest ist vermerkt",
)
NO_PROCEDURE_THEN = Sentence(
    "there is no procedure {stream} at this point of the log",
    "ein Verfahren {stream} gibt es an dieser Stelle nicht",
)
IN_THE_FUTURE = Sentence(
    "{at} is in the future: here it is {now} ({zone})",
    "{at} liegt in der Zukunft: hier ist es {now} ({zone})",
)
NO_ENTRY = Sentence(
    "the ledger has no entry yet: it needs an origin",
    "das Buch hat noch keinen Eintrag: es braucht einen Namen",
)
ANOTHER_LOG = Sentence(
    "the statement is for {named!r}, this is {own!r}",
    "die Erklärung gilt dem Buch {named!r}, dies ist {own!r}",
)
ANCHOR_TOO_LARGE = Sentence(
    "a tree of {size} entries cannot be anchored by entry {seq}",
    "ein Baum von {size} Einträgen kann nicht mit Eintrag {seq} verankert werden",
)
NO_SUCH_KIND = Sentence(
    "no statement is called {kind!r}; there are {kinds}",
    "eine Erklärung {kind!r} gibt es nicht; es gibt {kinds}",
)
MISSING_TO_PREPARE = Sentence(
    "{kind}: this cannot be prepared without {error}",
    "{kind}: ohne {error} kann das nicht vorbereitet werden",
)
CANNOT_PREPARE = Sentence(
    "{kind}: this cannot be prepared from what was given: {error}",
    "{kind}: aus dem, was angegeben wurde, kann das nicht vorbereitet werden: {error}",
)
SHUTTING_DOWN = Sentence("the service is shutting down", "der Dienst wird beendet")
CANNOT_BE_PROVEN = Sentence(
    "entry {seq} is stored, but cannot be proven: {error}",
    "Eintrag {seq} ist gespeichert, lässt sich aber nicht belegen: {error}",
)
NOT_FOR_CERTAIN = Sentence(
    "the statements could not be stored for certain: {error}",
    "die Erklärungen konnten nicht mit Gewissheit gespeichert werden: {error}",
)
FEWER_THAN_PUBLISHED = Sentence(
    "the database ends at entry {head}, but {published} were published",
    "die Datenbank endet mit Eintrag {head}, veröffentlicht sind aber {published}",
)
CLOCKS_DIFFER = Sentence(
    "this process's clock says {before}, the database's {theirs}",
    "die Uhr dieses Prozesses zeigt {before}, die der Datenbank {theirs}",
)
CLOCK_BEHIND_LOG = Sentence(
    "this process's clock says {before}, the log's last entry {last}",
    "die Uhr dieses Prozesses zeigt {before}, der letzte Eintrag des Buchs {last}",
)
CLOCK_NOT_COMPARED = Sentence(
    "this process's clock was compared with no other since the start, or since it was set",
    "die Uhr dieses Prozesses ist seit dem Start, oder seit sie gestellt wurde, mit keiner verglichen",
)
ERASED = Sentence(
    "{digest} was erased by entry {entry} ({basis})",
    "{digest} ist mit Eintrag {entry} gelöscht worden ({basis})",
)
ANOTHER_HISTORY = Sentence(
    "the first {size} entries of this log have the root {root}, and the signer had seen {named}",
    "die ersten {size} Einträge dieses Buchs haben die Wurzel {root}, der Unterzeichner sah {named}",
)
NOT_SO_LARGE = Sentence(
    "the signer had seen a log of {size} entries, and {published} are published here",
    "der Unterzeichner hatte ein Buch mit {size} Einträgen gesehen, und hier sind {published} veröffentlicht",
)
PUBLISHED_LOG_DAMAGED = Sentence(
    "what the signer had seen cannot be compared with the published log: {error}",
    "was der Unterzeichner gesehen hatte, ist mit dem veröffentlichten Buch nicht zu vergleichen: {error}",
)
