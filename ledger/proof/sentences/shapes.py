"""Why a field of a statement has not the shape that it must have, and what is expected instead."""

from __future__ import annotations

from ledger.sentence import Sentence

OTHER_BASE64 = Sentence(
    "this base64 has another way to be written: {value!r}",
    "dieses Base64 kann auch anders geschrieben werden: {value!r}",
)
FLAG_EXPECTED = Sentence(
    "true or false expected, not {value}",
    "erwartet wird true oder false, nicht {value}",
)
OTHER_LOG_KEY = Sentence(
    "a log signs with Ed25519 or ML-DSA-44, not with a key of type {kind}",
    "ein Buch unterzeichnet mit Ed25519 oder ML-DSA-44, nicht mit einem Schlüssel der Art {kind}",
)
MISSING = Sentence("missing: {names}", "es fehlt: {names}")
NOT_KNOWN = Sentence("not known here: {names}", "hier nicht bekannt: {names}")
EXPECTED = Sentence("{what} expected, not {value}", "erwartet wird {what}, nicht {value}")
NO_TIME = Sentence("there is no such time: {value}", "diese Zeit gibt es nicht: {value}")
NO_DAY = Sentence("there is no such day: {value}", "diesen Tag gibt es nicht: {value}")
INTEGER_EXPECTED = Sentence(
    "an integer from {low} to {high} expected, not {value}",
    "erwartet wird eine ganze Zahl von {low} bis {high}, nicht {value}",
)
ONE_OF = Sentence(
    "one of {allowed} expected, not {value}",
    "erwartet wird eines von {allowed}, nicht {value}",
)
LIST_EXPECTED = Sentence(
    "a list of {at_least} to {at_most} elements expected, not {value}",
    "erwartet wird eine Liste von {at_least} bis {at_most} Teilen, nicht {value}",
)
TWICE_IN_A_LIST = Sentence("a list has the same element twice", "in einer Liste steht dasselbe zweimal")
MAP_EXPECTED = Sentence(
    "an object of {at_least} to {at_most} members expected, not {value}",
    "erwartet wird ein Objekt mit {at_least} bis {at_most} Teilen, nicht {value}",
)
OBJECT_EXPECTED = Sentence("an object expected, not {value}", "erwartet wird ein Objekt, nicht {value}")
AN_ID = Sentence(
    "an id (letters, digits, . _ -, at most 64)", "eine Kennung (Buchstaben, Ziffern, . _ -, höchstens 64)"
)
A_UUID = Sentence("a UUID in lower case", "eine UUID in Kleinbuchstaben")
A_SHA256 = Sentence("a SHA-256 in lower-case hexadecimal", "ein SHA-256 in hexadezimalen Kleinbuchstaben")
A_DISCLOSURE = Sentence("the base64url digest of a disclosure", "der Digest einer Offenlegung in base64url")
A_KEY_ID = Sentence(
    "a key id (32 hexadecimal digits)", "die Kennung eines Schlüssels (32 hexadezimale Ziffern)"
)
A_MEDIA_TYPE = Sentence("a media type in lower case", "ein Medientyp in Kleinbuchstaben")
A_ZONE = Sentence("an IANA time zone", "eine Zeitzone der IANA")
AN_ORIGIN = Sentence("a ledger's origin", "die Herkunft (der Name) eines Buchs")
A_CODE = Sentence("the code of a refusal", "der Code einer Abweisung")
A_RESULT = Sentence(
    "adopted, rejected, no-decision, referred, void or elected:<option>",
    "adopted, rejected, no-decision, referred, void oder elected:<option>",
)
A_CIVIL_TIME = Sentence("a civil time like 2026-01-31T18:00", "eine Uhrzeit wie 2026-01-31T18:00")
A_DAY = Sentence("a day like 2026-01-31", "ein Tag wie 2026-01-31")
A_VERIFICATION_KEY = Sentence(
    "a verification key (name+hash+base64)", "ein öffentlicher Schlüssel (name+hash+base64)"
)
A_LINK = Sentence("the base64 of 32 bytes", "das Base64 von 32 Bytes")
A_TIME = Sentence("a time like 2026-01-31T12:00:00.000Z", "eine Zeit wie 2026-01-31T12:00:00.000Z")
IN_FIELD = Sentence("{field}: {error}", "{field}: {error}")
