"""What an audit finds, and why there can be none.

What is wrong with entries, notes, tiles and time stamps by themselves stands in `ledger.proof.sentences`.
"""

from __future__ import annotations

from ledger.sentence import Sentence

ANOTHER_EDGE = Sentence(
    "the edge of the tree that was kept has another length",
    "der aufbewahrte Rand des Baums hat eine andere Länge",
)
NOT_OURS = Sentence("{path} was not written by this program", "{path} hat nicht dieses Programm geschrieben")
UNUSABLE = Sentence("{path} cannot be used: {error}", "{path} ist nicht benutzbar: {error}")
OF_ANOTHER_LOG = Sentence(
    "what was kept is of the log {kept}, this is {origin}",
    "was aufbewahrt wurde, gehört zum Buch {kept}, dies ist {origin}",
)
CHANGED_MEANWHILE = Sentence(
    "entry {number} was changed while it was verified",
    "Eintrag {number} wurde während der Prüfung geändert",
)
NEITHER_LEDGER_NOR_LOG = Sentence(
    "{path} holds neither a ledger nor a published log",
    "{path} enthält weder ein Buch noch ein veröffentlichtes",
)
PROCESS_DIED = Sentence("a process of the audit died", "ein Prozess der Prüfung ist abgebrochen")

OF_HEAD = Sentence("{head}: {error}", "{head}: {error}")
THE_POLICY = Sentence("the policy", "die Richtlinie")
LAST_TIME = Sentence("the checkpoint that was verified last time", "der beim letzten Mal geprüfte Prüfpunkt")
THE_MEMORY = Sentence("the signer's memory", "das Gedächtnis des Unterzeichners")
OF_SIZE = Sentence("the checkpoint of size {size}", "der Prüfpunkt der Größe {size}")
THE_NEWEST = Sentence("the newest checkpoint", "der neueste Prüfpunkt")
OF_ANOTHER_SIZE = Sentence("{head} is of another size", "{head} hat eine andere Größe")
OVER_OTHER_ENTRIES = Sentence(
    "{head} was signed over other entries", "{head} wurde über andere Einträge unterschrieben"
)
NOBODY_OF_THEN = Sentence(
    "no key that the log had at this size signed it",
    "kein Schlüssel, den das Buch bei dieser Größe hatte, hat ihn unterschrieben",
)
NOT_OF_LAST_TIME = Sentence(
    "entry {number} is not the one that was verified last time",
    "Eintrag {number} ist nicht der, der beim letzten Mal geprüft wurde",
)
NEWEST_NOT_KEPT = Sentence(
    "the newest checkpoint is not kept under its size",
    "der neueste Prüfpunkt ist nicht unter seiner Größe aufbewahrt",
)
NOT_LISTED = Sentence(
    "the checkpoint of size {size} is not listed", "der Prüfpunkt der Größe {size} ist nicht verzeichnet"
)
LISTED_NOT_KEPT = Sentence(
    "a checkpoint of size {size} is listed and not kept",
    "ein Prüfpunkt der Größe {size} ist verzeichnet und nicht aufbewahrt",
)
SIZES_DO_NOT_RISE = Sentence("the listed sizes do not rise", "die verzeichneten Größen steigen nicht an")

REMEMBERS_LESS = Sentence(
    "the signer remembers less than was published, and could sign a second history",
    "der Unterzeichner erinnert sich an weniger, als veröffentlicht ist, und könnte eine zweite Geschichte"
    " unterschreiben",
)
SIGNED_AND_MISSING = Sentence(
    "the signer signed {signed} entries; this one and those after it are missing",
    "der Unterzeichner hat {signed} Einträge unterschrieben; dieser und die danach fehlen",
)
PUBLISHED_AND_MISSING = Sentence(
    "{published} entries are published; this one and those after it are missing",
    "{published} Einträge sind veröffentlicht; dieser und die danach fehlen",
)
LOG_ENDS_EARLY = Sentence(
    "the signer remembers a checkpoint of {signed} entries, and the published log ends after {size}: bring"
    " back a copy of it, or have `stimmbuch recover` make it anew from the database",
    "der Unterzeichner erinnert sich an einen Prüfpunkt mit {signed} Einträgen, und das"
    " veröffentlichte Buch endet nach {size}: eine Kopie zurückholen, oder es mit `stimmbuch recover` neu aus"
    " der Datenbank machen",
)
LOG_IS_MISSING = Sentence(
    "the signer remembers a checkpoint of {signed} entries, and the published log is missing: bring"
    " back a copy of it, or have `stimmbuch recover` make it anew from the database",
    "der Unterzeichner erinnert sich an einen Prüfpunkt mit {signed} Einträgen, und das veröffentlichte Buch"
    " fehlt: eine Kopie zurückholen, oder es mit `stimmbuch recover` neu aus der Datenbank machen",
)
WAITS_OR_REMOVED = Sentence(
    "{signed} entries were signed, and witnesses have not cosigned yet, or it was removed",
    "{signed} Einträge sind unterschrieben, und Zeugen haben noch nicht mitgezeichnet, oder es wurde"
    " entfernt",
)
NOT_UNDER_TRUSTED_KEY = Sentence(
    "the newest checkpoint is not signed with the log key that is trusted",
    "der neueste Prüfpunkt ist nicht mit dem Schlüssel unterschrieben, dem vertraut wird",
)
FOREIGN_KEY = Sentence(
    "{file} names a key that this log does not have",
    "{file} nennt einen Schlüssel, den dieses Buch nicht hat",
)

MISSING_WITH_HASH = Sentence(
    "it is missing here, and so is its published hash", "er fehlt hier, und sein veröffentlichter Hash auch"
)
MISSING_HERE = Sentence("it is published, and is missing here", "er ist veröffentlicht und fehlt hier")
ANOTHER_HASH = Sentence("{path} has another hash", "{path} hat einen anderen Hash")
ANOTHER_ENTRY = Sentence("{path} has another entry", "{path} hat einen anderen Eintrag")
NOT_THE_BEGINNING = Sentence(
    "{path} differs from what took its place", "{path} weicht von dem ab, was an seine Stelle trat"
)

NUMBER_DIFFERS = Sentence("the number differs", "die Nummer weicht ab")
STREAM_DIFFERS = Sentence("the stream differs", "der Strang weicht ab")
POSITION_DIFFERS = Sentence("the position differs", "die Stelle weicht ab")
TYPE_DIFFERS = Sentence("the type differs", "die Art weicht ab")
DIGEST_DIFFERS = Sentence("the digest differs", "der Digest weicht ab")

DOCUMENT_NOT_IN_STORE = Sentence(
    "the document {sha256} is not in this store", "das Dokument {sha256} ist nicht in diesem Speicher"
)

NO_ENTRY_READABLE = Sentence("no entry of this ledger can be read", "kein Eintrag dieses Buchs ist lesbar")
RECEIPT_WITHOUT_ENTRY = Sentence(
    "the receipt does not hold its entry", "die Quittung enthält ihren Eintrag nicht"
)
ENTRY_OF_ANOTHER = Sentence(
    "the entry names the ledger {named}, the checkpoint {origin}",
    "der Eintrag nennt das Buch {named}, der Prüfpunkt {origin}",
)
ENTRY_OF_ANOTHER_NUMBER = Sentence(
    "the entry is number {index}, and says {number}", "der Eintrag hat die Nummer {index} und sagt {number}"
)
