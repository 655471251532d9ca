"""Why a private key, or its passphrase, cannot be used."""

from __future__ import annotations

from ledger.sentence import Sentence

NOT_ED25519 = Sentence(
    "{path} holds another kind of key; Ed25519 is needed",
    "{path} enthält eine andere Art von Schlüssel; gebraucht wird Ed25519",
)
KEY_NOT_WRITTEN = Sentence(
    "the key file {path} cannot be written: {reason}",
    "die Schlüsseldatei {path} kann nicht geschrieben werden: {reason}",
)
NO_PRIVATE_KEY = Sentence(
    "{path} is no private key in PEM, or not all of it",
    "{path} ist kein privater Schlüssel in PEM, oder nicht ganz",
)
KEY_EXISTS = Sentence(
    "{path} exists already; a key is never overwritten",
    "{path} gibt es schon; ein Schlüssel wird nie überschrieben",
)
WRONG_PASSPHRASE = Sentence(
    "{path} cannot be decrypted with this passphrase",
    "{path} lässt sich mit diesem Kennwort nicht entschlüsseln",
)
KEY_NOT_READ = Sentence(
    "the key file {path} cannot be read: {reason}",
    "die Schlüsseldatei {path} ist nicht lesbar: {reason}",
)
PASSPHRASE_TOO_LONG = Sentence(
    "{path} holds more than a passphrase ({limit} bytes at most)",
    "{path} enthält mehr als ein Kennwort (höchstens {limit} Bytes)",
)
PASSPHRASE_EMPTY = Sentence("the passphrase file {path} is empty", "die Kennwortdatei {path} ist leer")
NO_PASSPHRASE = Sentence(
    "{what} is encrypted, and no passphrase is at hand",
    "{what} ist verschlüsselt, und es ist kein Kennwort zur Hand",
)
PASSPHRASE_NOT_READ = Sentence(
    "the passphrase file {path} cannot be read: {reason}",
    "die Kennwortdatei {path} ist nicht lesbar: {reason}",
)
NO_LOG_KEY = Sentence(
    "{path} holds another kind of key; a log signs with Ed25519 or ML-DSA-44",
    "{path} enthält eine andere Art von Schlüssel; ein Buch unterzeichnet mit Ed25519 oder ML-DSA-44",
)
OTHER_KIND = Sentence(
    "the key {reference} is of another kind",
    "der Schlüssel {reference} ist von anderer Art",
)
NOT_AT_HAND = Sentence(
    "the log key {key} is not at hand: {why}",
    "der Schlüssel {key} des Buchs ist nicht zur Hand: {why}",
)
LIST_NOT_READ = Sentence(
    "the list of log keys {path} cannot be read",
    "die Liste der Schlüssel {path} ist nicht lesbar",
)
LIST_NOT_WRITTEN = Sentence(
    "{path} cannot be written: {reason}",
    "{path} kann nicht geschrieben werden: {reason}",
)
MODULE_MISSING = Sentence(
    "a pkcs11 URI needs ?module-path=, the library that talks to the token",
    "eine pkcs11-URI braucht ?module-path=, die Bibliothek, die mit dem Token spricht",
)
TOKEN_AND_KEY = Sentence(
    "a pkcs11 URI names the token (token= or serial=) and the key (object= or id=)",
    "eine pkcs11-URI nennt das Token (token= oder serial=) und den Schlüssel (object= oder id=)",
)
TYPE_PRIVATE = Sentence(
    "a pkcs11 URI of a log key has type=private, or none",
    "eine pkcs11-URI eines Buchschlüssels hat type=private, oder nichts",
)
PAIRS = Sentence(
    "a pkcs11 URI consists of name=value, each name once, not {part!r}",
    "eine pkcs11-URI besteht aus Name=Wert, jeder Name einmal, nicht aus {part!r}",
)
UNKNOWN_ATTRIBUTE = Sentence(
    "the attribute {name!r} of a pkcs11 URI is not known here; {known} are",
    "das Merkmal {name!r} einer pkcs11-URI ist hier nicht bekannt; bekannt sind {known}",
)
NOT_ED25519_IN_TOKEN = Sentence("{reference} is no Ed25519 key", "{reference} ist kein Ed25519-Schlüssel")
PIN_REFUSED = Sentence(
    "{reference}: the token refused the PIN, and is not asked again",
    "{reference}: das Token hat die PIN abgelehnt und wird nicht noch einmal gefragt",
)
NO_PKCS11 = Sentence(
    "keys in tokens need python-pkcs11: pip install stimmbuch[hsm]",
    "Schlüssel in Token brauchen python-pkcs11: pip install stimmbuch[hsm]",
)
SIGNS_OTHERWISE = Sentence(
    "{reference}: the token signs with another key",
    "{reference}: das Token unterzeichnet mit einem anderen Schlüssel",
)
NO_REFERENCE = Sentence("no reference names it", "keine Angabe nennt ihn")
TOKEN_SAYS = Sentence("{reference}: {error}", "{reference}: {error}")
