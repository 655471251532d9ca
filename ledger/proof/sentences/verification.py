"""What the verification of entries finds (groups 1 to 5): form, links, statements, signatures.

First, how any failure is told in one line.
"""

from __future__ import annotations

from ledger.sentence import Sentence

AT_ENTRY = Sentence("entry {seq}: ", "Eintrag {seq}: ")
FAILED_CHECK = Sentence("check {check}, {what}: {message}", "Prüfung {check} („{what}“): {message}")
EXPECTED_AND_FOUND = Sentence(
    " (expected {expected}, found {found})", " (erwartet {expected}, gefunden {found})"
)
NO_ENTRY = Sentence("these bytes are not an entry of format 1", "diese Bytes sind kein Eintrag der Fassung 1")
NO_ENTRY_BUT = Sentence(
    "these bytes are not an entry of format 1: {error}",
    "diese Bytes sind kein Eintrag der Fassung 1: {error}",
)
NO_TIME = Sentence(
    "these bytes are not an entry: there is no time {at}",
    "diese Bytes sind kein Eintrag: eine Zeit {at} gibt es nicht",
)
ENVELOPE_MALFORMED = Sentence(
    "the envelope in the entry is malformed: {error}",
    "der Umschlag im Eintrag ist fehlerhaft: {error}",
)
OTHER_ENDING = Sentence(
    "these bytes do not end as an entry of format 1 does",
    "diese Bytes enden nicht wie ein Eintrag der Fassung 1",
)
ANOTHER_LEDGER = Sentence("it names another ledger", "er nennt ein anderes Buch")
WRONG_NUMBER = Sentence("the number is wrong", "die Nummer ist falsch")
BROKEN_LINK = Sentence("the link to the entry before is broken", "das Glied zum Eintrag davor ist gebrochen")
OLDER_THAN_BEFORE = Sentence("it is older than the entry before", "er ist älter als der Eintrag davor")
ANOTHER_STREAM = Sentence("it stands in another stream", "er steht in einem anderen Strang")
WRONG_POSITION = Sentence("the position is wrong", "die Stelle ist falsch")
BROKEN_STREAM = Sentence(
    "the link within the stream is broken", "das Glied innerhalb des Strangs ist gebrochen"
)
RECORDED_BEFORE = Sentence(
    "the statement {statement} was recorded before",
    "die Erklärung {statement} ist schon verzeichnet",
)
OTHER_LEDGERS_STATEMENT = Sentence(
    "it was signed for another ledger", "sie wurde für ein anderes Buch unterschrieben"
)
REFUSED = Sentence("{code}: {error}", "{code}: {error}")
"""With the code of the rule: programs know it."""

OTHER_DISCLOSURE = Sentence(
    "the disclosure has the digest {found}, not {digest}",
    "die Offenlegung hat den Digest {found}, nicht {digest}",
)

DOCUMENT_CHANGED = Sentence("the document was changed", "das Dokument wurde verändert")
DOCUMENT_STILL_THERE = Sentence("the document {sha256} is still there", "das Dokument {sha256} ist noch da")
DISCLOSURE_CHANGED = Sentence("the disclosure was changed", "die Offenlegung wurde verändert")
TEXT_STILL_THERE = Sentence("the text {digest} is still there", "der Text {digest} ist noch da")
CANNOT_STAND = Sentence(
    "entry {seq} cannot stand in the stream {stream}", "Eintrag {seq} kann nicht im Strang {stream} stehen"
)
CANNOT_BE_APPLIED = Sentence(
    "entry {seq} cannot be applied: {error}", "Eintrag {seq} lässt sich nicht anwenden: {error}"
)
MAKES_NO_SENSE = Sentence("entry {seq} makes no sense: {error}", "Eintrag {seq} ergibt keinen Sinn: {error}")
STREAMS_ARE_UUIDS = Sentence("streams are named by UUIDs", "Stränge heißen nach UUIDs")
CLOCKS_DIFFER = Sentence("the clocks differ: {what}", "die Uhren weichen voneinander ab: {what}")
