"""Why a client does not send or sign something."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_TRUSTED_KEY = Sentence(
    "without the log's key no receipt can be verified: give `trusted`",
    "ohne den Schlüssel des Buchs lässt sich keine Quittung prüfen: `trusted` angeben",
)
ADDRESS_IS = Sentence(
    "an address is like https://host/v1/ledgers/NAME, not {url!r}",
    "eine Adresse ist wie https://host/v1/ledgers/NAME, nicht {url!r}",
)
HTTPS_ONLY = Sentence("a token is sent over https only", "ein Token geht nur über https")
NO_ADDRESS = Sentence("{url!r} is no address", "{url!r} ist keine Adresse")
NO_ANSWER = Sentence("{host} gives no answer: {reason}", "{host} gibt keine Antwort: {reason}")
ANSWER_LENGTH = Sentence(
    "the answer is too long, or ends too early",
    "die Antwort ist zu lang oder endet zu früh",
)
EARLIER_TRY = Sentence(
    "an earlier try may have arrived; the last one: {error}",
    "ein früherer Versuch kann angekommen sein; der letzte: {error}",
)
OTHER_KIND = Sentence("a {kind} was asked for, not {found!r}", "verlangt war {kind}, nicht {found!r}")
NOT_ASKED_FOR = Sentence("nobody asked for {names}", "das hat niemand verlangt: {names}")
BALLOT_NOT_NAMED = Sentence(
    "name the ballot paper that was read: its digest goes into `ballot`",
    "den gelesenen Stimmzettel nennen: sein Digest gehört in `ballot`",
)
NOT_OF_THIS_KIND = Sentence(
    "the payload is no {kind}: {error}",
    "was zu unterschreiben wäre, ist kein {kind}: {error}",
)
OTHER_ROOTS = Sentence(
    "they have the same size and other roots", "sie haben dieselbe Größe und andere Wurzeln"
)
TWO_HISTORIES = Sentence(
    "the log shows {newest} entries, which do not continue the {size} that it showed before: {error}",
    "das Buch zeigt {newest} Einträge, die die {size} zuvor gezeigten nicht fortsetzen: {error}",
)
OTHER_VALUE = Sentence(
    "{name} is {found!r}; {meant!r} was meant",
    "{name} ist {found!r}; gemeint war {meant!r}",
)
NO_PROCEDURE_SHOWN = Sentence(
    "what the service shows is no procedure", "was der Dienst zeigt, ist kein Verfahren"
)
OTHER_PAPER = Sentence(
    "the ballot paper that is shown is not the one whose digest is to be signed",
    "der gezeigte Stimmzettel ist nicht der, dessen Digest unterschrieben werden soll",
)
LIST_DOES_NOT_GO_ON = Sentence(
    "the pages of the list do not go on", "die Seiten der Liste gehen nicht weiter"
)
OTHER_DOCUMENT = Sentence(
    "the document is not the one of digest {sha256}", "das Dokument ist nicht das mit dem Digest {sha256}"
)
NO_RECEIPT = Sentence("the answer holds no receipt", "die Antwort enthält keine Quittung")
NO_JSON_OBJECT = Sentence(
    "the answer is no JSON object: this is not the service, or it is broken",
    "die Antwort ist kein JSON-Objekt: das ist nicht der Dienst, oder er ist gestört",
)
RECEIPT_WITHOUT_ENTRY = Sentence(
    "the receipt does not hold its entry", "die Quittung enthält ihren Eintrag nicht"
)
RECEIPT_OF_ANOTHER_PLACE = Sentence(
    "the receipt's entry belongs to another place or another log",
    "der Eintrag der Quittung gehört an eine andere Stelle oder in ein anderes Buch",
)
RECEIPT_OF_ANOTHER = Sentence(
    "the receipt is one of another statement than the one that was sent",
    "die Quittung ist die einer anderen Erklärung als der gesandten",
)
