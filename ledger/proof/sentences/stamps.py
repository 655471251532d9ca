"""What is wrong with anchors, and with the time stamps that they name (group 9)."""

from __future__ import annotations

from ledger.sentence import Sentence

ANOTHER_ROOT = Sentence(
    "the tree of {size} entries has another root", "der Baum mit {size} Einträgen hat eine andere Wurzel"
)
NOT_KEPT = Sentence(
    "no time stamp of {tsa} over {size} entries is kept",
    "kein Zeitstempel von {tsa} über {size} Einträge ist aufbewahrt",
)
ANOTHER_KEPT = Sentence("another time stamp is kept", "ein anderer Zeitstempel ist aufbewahrt")
NO_CERTIFICATE_OF = Sentence("no certificate of {tsa} was given", "zu {tsa} wurde kein Zertifikat angegeben")
YOUNGER_THAN_STAMP = Sentence(
    "it claims to be younger than the time stamp over it (entry {anchor})",
    "er will jünger sein als der Zeitstempel über ihn (Eintrag {anchor})",
)
OLDER_THAN_STAMP = Sentence(
    "it claims to be older than the time stamp that it names",
    "er will älter sein als der Zeitstempel, den er nennt",
)
OVER_SOMETHING_ELSE = Sentence("the time stamp is over something else", "der Zeitstempel gilt etwas anderem")
ANOTHER_REQUEST = Sentence(
    "the time stamp answers another request", "der Zeitstempel antwortet auf eine andere Anfrage"
)
RESPONSE_TOO_LONG = Sentence(
    "a response of {size} bytes; {limit} are allowed", "eine Antwort von {size} Bytes; erlaubt sind {limit}"
)
SOMETHING_FOLLOWS = Sentence("something follows the response", "hinter der Antwort folgt noch etwas")
NOT_GRANTED = Sentence(
    "the authority grants no time stamp (status {status})",
    "die Stelle erteilt keinen Zeitstempel (Status {status})",
)
NOT_SHA256 = Sentence("the time stamp is not over SHA-256", "der Zeitstempel gilt keinem SHA-256")
NO_RESPONSE = Sentence("no RFC 3161 response: {reason}", "keine Antwort nach RFC 3161: {reason}")
NOBODY_TRUSTED_SIGNED = Sentence(
    "no trusted authority signed the time stamp: {reason}",
    "keine Stelle, der vertraut wird, hat den Zeitstempel unterzeichnet: {reason}",
)
