"""What an audit does not show, and how somebody else makes the same one."""

from __future__ import annotations

from ledger.sentence import Sentence

WHICH_LEDGER = Sentence(
    "That it is this ledger at all: no key and no policy was named, the first entry is believed",
    "Dass es überhaupt dieses Buch ist: kein Schlüssel und keine Richtlinie wurde genannt, dem ersten Eintrag"
    " wird geglaubt",
)
WHERE_IT_ENDS = Sentence(
    "Where the log ends: neither a published log nor the signer's memory was there",
    "Wo das Buch endet: weder ein veröffentlichtes Buch noch das Gedächtnis des Unterzeichners war da",
)
NOT_CUT_OFF = Sentence(
    "That the end of the log was not cut off: no checkpoint was compared that somebody kept",
    "Dass das Ende des Buchs nicht abgeschnitten wurde: mit keinem aufbewahrten Prüfpunkt wurde verglichen",
)
SAME_FOR_EVERYBODY = Sentence(
    "That everybody is shown the same log: compare the checkpoint with one that somebody else kept, or"
    " look for the cosignatures of witnesses on it",
    "Dass allen dasselbe Buch gezeigt wird: den Prüfpunkt mit einem vergleichen, den jemand anderes"
    " aufbewahrt hat, oder nach Mitzeichnungen von Zeugen darauf sehen",
)
TOOK_EVERYTHING = Sentence(
    "That the service took every statement that it was sent, and that its clock was right between two"
    " anchors",
    "Dass der Dienst jede Erklärung annahm, die ihm gesandt wurde, und dass seine Uhr zwischen zwei Ankern"
    " richtig ging",
)
NO_ONE_PROCEDURE = Sentence(
    "Anything of a procedure: it holds none, or not one alone",
    "Irgendetwas von einem Verfahren: es enthält keines, oder nicht eines allein",
)

UNDER_WHICH_KEY = Sentence(
    "that the statement is signed by the key that is registered: for that, verify the whole log",
    "dass die Erklärung mit dem eingetragenen Schlüssel unterschrieben ist: dafür das ganze Buch prüfen",
)
STILL_COUNTS = Sentence(
    "that the rules allowed it, and that it still counts: a later entry may replace or withdraw it",
    "dass die Regeln sie zuließen und dass sie noch zählt: ein späterer Eintrag kann sie ersetzen oder"
    " zurücknehmen",
)
WHAT_WAS_SEEN = Sentence(
    "that what its signer had seen is this log: for that, verify the whole log, or a dossier",
    "dass das Buch, das der Unterzeichner gesehen hatte, dieses ist: dafür das ganze Buch oder ein Dossier"
    " prüfen",
)
SAME_LOG = Sentence(
    "that everybody is shown the same log: compare the checkpoint with one that somebody else kept",
    "dass allen dasselbe Buch gezeigt wird: den Prüfpunkt mit einem vergleichen, den jemand anderes"
    " aufbewahrt hat",
)

GET_THE_LOG = Sentence(
    "Get the log where it is published, or an export of it, and the key from somebody you trust",
    "Das Buch dort holen, wo es veröffentlicht ist, oder einen Export davon, und den Schlüssel von jemandem,"
    " dem Sie trauen",
)
VERIFY_EXPORT = Sentence(
    "stimmbuch verify EXPORT --key log.vkey   (all of it, with this program)",
    "stimmbuch verify EXPORT --key log.vkey   (alles, mit diesem Programm)",
)
COMPARE_CHECKPOINT = Sentence(
    "Compare the file `checkpoint` of that size with the SHA-256: the same file is the same log",
    "Die Datei `checkpoint` dieser Größe mit dem SHA-256 vergleichen: dieselbe Datei ist dasselbe Buch",
)
OTHERS_READ_IT = Sentence(
    "Other programs read the same files: C2SP tlog-tiles, tlog-checkpoint and signed-note",
    "Andere Programme lesen dieselben Dateien: C2SP tlog-tiles, tlog-checkpoint und signed-note",
)
GET_A_COPY = Sentence("Get a copy of the store", "Eine Kopie des Speichers holen")
VERIFY_STORE = Sentence(
    "stimmbuch verify STORE   (all of it, with this program)",
    "stimmbuch verify STORE   (alles, mit diesem Programm)",
)
COMPARE_HEAD = Sentence(
    "Compare the head: the same leaf hash is the same log",
    "Den Kopf vergleichen: derselbe Blatt-Hash ist dasselbe Buch",
)
GET_THE_DOSSIER = Sentence(
    "Get the dossier, and the log's key from somebody you trust",
    "Das Dossier holen, und den Schlüssel des Buchs von jemandem, dem Sie trauen",
)
VERIFY_DOSSIER = Sentence(
    "stimmbuch verify DOSSIER --key log.vkey   (with this program)",
    "stimmbuch verify DOSSIER --key log.vkey   (mit diesem Programm)",
)
OTHERS_READ_PROOFS = Sentence(
    "Other programs read the proofs in it: C2SP tlog-proof, tlog-checkpoint and signed-note",
    "Andere Programme lesen die Beweise darin: C2SP tlog-proof, tlog-checkpoint und signed-note",
)
GET_THE_RECEIPT = Sentence(
    "Get the receipt: the same SHA-256 is the same receipt. Get the log's key from somebody you trust",
    "Die Quittung holen: derselbe SHA-256 ist dieselbe Quittung. Den Schlüssel des Buchs von jemandem holen,"
    " dem Sie trauen",
)
VERIFY_RECEIPT = Sentence(
    "stimmbuch verify RECEIPT --key log.vkey   (with this program)",
    "stimmbuch verify RECEIPT --key log.vkey   (mit diesem Programm)",
)
OTHERS_READ_RECEIPT = Sentence(
    "Other programs read the same file: C2SP tlog-proof",
    "Andere Programme lesen dieselbe Datei: C2SP tlog-proof",
)
