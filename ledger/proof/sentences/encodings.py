"""Why bytes, texts and envelopes cannot be read, or are larger than allowed."""

from __future__ import annotations

from ledger.sentence import Sentence

SALT_LENGTH = Sentence("a salt has {wanted} bytes, not {found}", "ein Salz hat {wanted} Bytes, nicht {found}")
DISCLOSURE_IS = Sentence(
    "a disclosure is the base64url of a JSON array [salt, name, value] of strings",
    "eine Offenlegung ist das base64url einer JSON-Liste [salt, name, value] aus Texten",
)
DISCLOSURE_IN_ONE_WAY = Sentence(
    "a disclosure is base64url without padding, written in one way only",
    "eine Offenlegung ist base64url ohne Auffüllung und wird nur auf eine Weise geschrieben",
)
DISCLOSURE_TOO_LARGE = Sentence(
    "a disclosure of {size} bytes; {limit} are allowed",
    "eine Offenlegung von {size} Bytes; erlaubt sind {limit}",
)
TEXT_NOT_UNICODE = Sentence(
    "the {name} to be disclosed is not Unicode: {error}",
    "der offenzulegende Text {name} ist kein Unicode: {error}",
)
DISCLOSURE_BASE64 = Sentence(
    "a disclosure is base64url without padding",
    "eine Offenlegung ist base64url ohne Auffüllung",
)
DISCLOSURE_JSON = Sentence("a disclosure holds JSON: {error}", "eine Offenlegung enthält JSON: {error}")
NOT_CANONICAL_ENVELOPE = Sentence(
    "this is no DSSE envelope in its canonical form with 1 to 8 signatures",
    "das ist kein DSSE-Umschlag in seiner einen Form mit 1 bis 8 Unterschriften",
)
NO_ENVELOPE = Sentence(
    "this is no DSSE envelope: payload, payloadType, signatures[keyid, sig]",
    "das ist kein DSSE-Umschlag: payload, payloadType, signatures[keyid, sig]",
)
NUMBERS_ARE_INTEGERS = Sentence(
    "numbers are integers: {text!r} is not",
    "Zahlen sind ganze Zahlen: {text!r} ist keine",
)
NOT_CANONICAL = Sentence(
    "this JSON is not in its canonical form (RFC 8785)",
    "dieses JSON steht nicht in seiner einen Form (RFC 8785)",
)
BASE64_IS_TEXT = Sentence("base64 text expected, not {found}", "erwartet wird Base64 als Text, nicht {found}")
BASE64_SHORTER = Sentence(
    "this base64 has another, shorter way to be written: {text!r}",
    "dieses Base64 kann auf eine andere, kürzere Weise geschrieben werden: {text!r}",
)
BYTES_EXPECTED = Sentence(
    "{size} bytes expected, {found} found",
    "erwartet werden {size} Bytes, gefunden sind {found}",
)
MORE_BYTES = Sentence(
    "{size} bytes are more than the {limit} allowed",
    "{size} Bytes sind mehr als die erlaubten {limit}",
)
NOT_IN_A_STATEMENT = Sentence(
    "a {kind} cannot stand in a statement",
    "ein {kind} kann in einer Erklärung nicht stehen",
)
NESTED_DEEPER = Sentence(
    "this JSON is nested deeper than {limit} levels",
    "dieses JSON ist tiefer als {limit} Ebenen verschachtelt",
)
SAME_KEY_TWICE = Sentence("an object has the same key twice", "ein Objekt nennt denselben Namen zweimal")
NOT_BASE64 = Sentence("this is not base64: {text!r}", "das ist kein Base64: {text!r}")
NESTED_TOO_DEEPLY = Sentence("this JSON is nested too deeply", "dieses JSON ist zu tief verschachtelt")
NOT_JSON = Sentence("this is not JSON: {error}", "das ist kein JSON: {error}")
NO_CANONICAL_FORM = Sentence(
    "this value has no canonical form: {error}",
    "dieser Wert hat keine eine Form: {error}",
)
INTEGER_TOO_LARGE = Sentence(
    "the integer {value} is larger than 2^53 - 1",
    "die ganze Zahl {value} ist größer als 2^53 - 1",
)
NOT_UNICODE = Sentence("this text is not Unicode: {error}", "dieser Text ist kein Unicode: {error}")
NAMES_ARE_TEXTS = Sentence(
    "object keys are strings, not {kind}",
    "die Namen in einem Objekt sind Texte, nicht {kind}",
)
ENTRY_TOO_LARGE = Sentence(
    "the entry would have {size} bytes; {limit} are allowed",
    "der Eintrag hätte {size} Bytes; erlaubt sind {limit}",
)
SIGNATURES_NEEDED = Sentence(
    "{kind} needs {needed} signatures, not {found}",
    "{kind} braucht {needed} Unterschriften, nicht {found}",
)
UNKNOWN_TYPE = Sentence("no statement has the payload type {kind!r}", "keine Erklärung hat die Art {kind!r}")
NOT_SIGNED = Sentence(
    "nobody has signed this: sign the bytes in `pae` (`stimmbuch sign`), and send payload, payloadType and "
    "signatures",
    "das hat niemand unterschrieben: die Bytes in `pae` unterschreiben (`stimmbuch sign`), und payload, "
    "payloadType und signatures senden",
)
