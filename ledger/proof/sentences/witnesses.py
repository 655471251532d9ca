"""What is wrong with cosignatures, with what witnesses answer, and with policies (8.5, 8.9, 8.10)."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_COSIGNATURE_TIME = Sentence(
    "{time} is no time of a cosignature", "{time} ist keine Zeit einer Mitzeichnung"
)
COSIGNATURE_LENGTH = Sentence(
    "a cosignature of this type does not have {size} bytes",
    "eine Mitzeichnung dieser Art hat nicht {size} Bytes",
)
TIME_TOO_LATE = Sentence(
    "the time of a cosignature is later than 2^63 - 1",
    "die Zeit einer Mitzeichnung ist später als 2^63 - 1",
)
NAME_TOO_LONG = Sentence(
    "a name of {size} bytes cannot be cosigned", "ein Name von {size} Bytes kann nicht mitgezeichnet werden"
)
A_REQUEST = Sentence("a request to a witness", "eine Anfrage an einen Zeugen")
THE_OLD_SIZE = Sentence("the old size", "die alte Größe")
A_CONSISTENCY_PROOF = Sentence("a consistency proof", "ein Beweis der Fortsetzung")
A_SIZE = Sentence("a witness's size", "die Größe, die ein Zeuge nennt,")
AN_ANSWER = Sentence("a witness's answer", "die Antwort eines Zeugen")
A_REQUEST_IS = Sentence(
    "a request to a witness has an old size, a proof and a checkpoint",
    "eine Anfrage an einen Zeugen hat eine alte Größe, einen Beweis und einen Prüfpunkt",
)
A_SIZE_IS = Sentence("a witness's size is a line", "die Größe, die ein Zeuge nennt, ist eine Zeile")
NO_COSIGNATURE = Sentence(
    "the witness's answer holds no cosignature of its key with a time",
    "die Antwort des Zeugen enthält keine Mitzeichnung seines Schlüssels mit einer Zeit",
)
QUORUM_NOT_MET = Sentence(
    "the quorum {name} is not met: no cosignature of {witnesses}",
    "das Quorum {name} ist nicht erreicht: keine Mitzeichnung von {witnesses}",
)
NO_TRUSTED_LOG = Sentence(
    "no trusted log signed as {origin}", "kein Buch, dem vertraut wird, hat als {origin} unterschrieben"
)

POLICY_TOO_LONG = Sentence(
    "a policy of {size} bytes; {limit} are allowed", "eine Richtlinie von {size} Bytes; erlaubt sind {limit}"
)
POLICY_LINES = Sentence(
    "a policy consists of lines without control characters, each ended",
    "eine Richtlinie besteht aus abgeschlossenen Zeilen ohne Steuerzeichen",
)
POLICY_LINE = Sentence("line {number} of the policy: {error}", "Zeile {number} der Richtlinie: {error}")
NO_QUORUM = Sentence("the policy names no quorum", "die Richtlinie nennt kein Quorum")
NOT_IN_THE_FORMAT = Sentence(
    "{word} with {count} items is not in the format", "{word} mit {count} Angaben gibt es in der Form nicht"
)
LOG_KEY_TWICE = Sentence("the key of {name} is listed twice", "der Schlüssel von {name} steht zweimal da")
DOES_NOT_COSIGN = Sentence(
    "a key of type {kind} does not cosign", "ein Schlüssel der Art {kind} zeichnet nicht mit"
)
WITNESS_TWICE = Sentence(
    "the key of {name} is listed twice: one key is one witness",
    "der Schlüssel von {name} steht zweimal da: ein Schlüssel ist ein Zeuge",
)
NO_MEMBER = Sentence(
    "{member} is not defined above, or already a member",
    "{member} ist nicht weiter oben erklärt, oder schon ein Mitglied",
)
NO_THRESHOLD = Sentence(
    "{threshold} is no threshold for {count} members", "{threshold} ist keine Schwelle für {count} Mitglieder"
)
SECOND_QUORUM = Sentence("there is a second quorum", "es gibt ein zweites Quorum")
UNDEFINED_QUORUM = Sentence(
    "the quorum {name} is not defined above", "das Quorum {name} ist nicht weiter oben erklärt"
)
NO_NEW_NAME = Sentence("{name} cannot be a new name", "{name} kann kein neuer Name sein")
NOT_UTF8 = Sentence("{text} is not UTF-8", "{text} ist kein UTF-8")
