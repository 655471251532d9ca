"""Why a witness has not cosigned, in both languages. Its answer is a number; the words are ours."""

from __future__ import annotations

from ledger.errors import StimmbuchError
from ledger.sentence import Sentence, literally

NOT_YET = Sentence("it has not answered yet", "er hat noch nicht geantwortet")
NOT_ASKED = Sentence("it could not be asked: {error}", "er konnte nicht gefragt werden: {error}")
MALFORMED = Sentence("it calls the request malformed (400)", "er hält die Anfrage für fehlerhaft (400)")
KEY_UNKNOWN = Sentence(
    "it does not accept the log's signature (403): its operator must know the log's key",
    "er erkennt die Unterschrift des Buchs nicht an (403): Wer ihn betreibt, muss dessen Schlüssel kennen",
)
LOG_UNKNOWN = Sentence(
    "it does not know this log (404): its operator must add the log's origin and key",
    "er kennt dieses Buch nicht (404): Wer ihn betreibt, muss Namen und Schlüssel des Buchs eintragen",
)
TOO_OFTEN = Sentence("it was asked too often (429)", "er wurde zu oft gefragt (429)")
OTHER_STATUS = Sentence("it answers with status {status}", "er antwortet mit Status {status}")
OTHER_SIZES = Sentence("it names another size each time (409)", "er nennt jedes Mal eine andere Größe (409)")
NO_CONTINUATION = Sentence(
    "it does not accept that our {size} entries continue its {old} (422): it has seen another history of "
    "this log",
    "er erkennt nicht an, dass unsere {size} Einträge seine {old} fortsetzen (422): Er hat einen anderen "
    "Verlauf dieses Buchs gesehen",
)
MORE_THAN_SIGNED = Sentence(
    "it has cosigned {has} entries of this log, we have signed {size} (409): somebody else signs this log, "
    "or went back",
    "er hat {has} Einträge dieses Buchs mitgezeichnet, wir haben {size} unterschrieben (409): Jemand anders "
    "unterschreibt dieses Buch, oder es wurde zurückgesetzt",
)
OTHER_TREE = Sentence(
    "it has another tree of {size} entries (409): there is another history of this log",
    "er hat einen anderen Baum von {size} Einträgen (409): Es gibt einen anderen Verlauf dieses Buchs",
)


def why(error: StimmbuchError) -> Sentence:
    """What went wrong while it was asked."""
    return Sentence(literally(error.message), literally(error.said("de") or f"„{error.message}“"))
