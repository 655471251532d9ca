"""What is wrong with a dossier, or with what it holds."""

from __future__ import annotations

from ledger.sentence import Sentence

NOTHING_AT = Sentence("there is nothing at {path}", "bei {path} liegt nichts")
FILE_NOT_READ = Sentence("{name} cannot be read: {error}", "{name} ist nicht lesbar: {error}")
FILE_TOO_LONG = Sentence("{name} has more than {limit} bytes", "{name} hat mehr als {limit} Bytes")
FILE_MORE_THAN_ONCE = Sentence(
    "the file {name!r} is there {times} times", "die Datei {name!r} ist {times} Mal da"
)
NO_PLACE = Sentence(
    "the file {name!r} has no place in a dossier", "die Datei {name!r} gehört nicht in ein Dossier"
)
NO_CHECKPOINT = Sentence("there is no checkpoint", "es gibt keinen Prüfpunkt")
NO_ENTRY = Sentence("it holds no entry", "es enthält keinen Eintrag")
HOLDS_STREAMS = Sentence("it holds the streams {streams}", "es enthält die Stränge {streams}")
OF_NOBODY = Sentence("of nobody", "von niemandem")
PROOF_WITHOUT_ENTRY = Sentence("the proof does not hold its entry", "der Beweis enthält seinen Eintrag nicht")
PROOF_UNDER_ANOTHER = Sentence(
    "the proof lies under another number", "der Beweis liegt unter einer anderen Nummer"
)
PROOF_AGAINST_ANOTHER = Sentence(
    "the proof is against another checkpoint", "der Beweis gilt einem anderen Prüfpunkt"
)
OTHER_KEYS = Sentence("{file} holds other keys", "{file} enthält andere Schlüssel")
A_SEEN_PROOF = Sentence("a proof of what was seen", "ein Beweis für Gesehenes")
ROOT_AND_PROOF = Sentence(
    "it holds a root and a proof, a hash a line",
    "sie enthält eine Wurzel und einen Beweis, einen Hash je Zeile",
)
NO_ENTRY_NAMES_DOCUMENT = Sentence(
    "no entry names the document {sha256}", "kein Eintrag nennt das Dokument {sha256}"
)
NOT_IN_DOSSIER = Sentence(
    "the document {sha256} is not in this dossier", "das Dokument {sha256} ist nicht in diesem Dossier"
)
NO_ENTRY_NAMES_TEXT = Sentence("no entry names the text {digest}", "kein Eintrag nennt den Text {digest}")
TEXT_CHANGED = Sentence(
    "the text {digest} was changed (it has {found})", "der Text {digest} wurde verändert (er hat {found})"
)
TEXT_NOT_READ = Sentence(
    "the text {digest} cannot be read: {error}", "der Text {digest} ist nicht lesbar: {error}"
)
OVER_ANOTHER = Sentence(
    "{name} is over another checkpoint than this dossier",
    "{name} gilt einem anderen Prüfpunkt als dieses Dossier",
)
YOUNGER_THAN_SAID = Sentence("an entry is younger than {tsa} says", "ein Eintrag ist jünger, als {tsa} sagt")
