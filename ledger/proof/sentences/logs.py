"""What is wrong with the published form of a log (group 8): notes, checkpoints, trees, tiles."""

from __future__ import annotations

from ledger.sentence import Sentence

TEXT_TOO_LONG = Sentence(
    "{what} has {size} bytes; {limit} are allowed", "{what} hat {size} Bytes; erlaubt sind {limit}"
)
NO_TEXT = Sentence(
    "{what} is not UTF-8 text: {reason} at {place}",
    "{what} ist kein Text in UTF-8: {reason} an der Stelle {place}",
)
CONTROL_CHARACTER = Sentence("{what} has a control character", "{what} enthält ein Steuerzeichen")
NO_NUMBER = Sentence(
    "{what} is a decimal number below 2^63, not {text!r}",
    "{what} ist eine Dezimalzahl unter 2^63, nicht {text!r}",
)
NO_BASE64 = Sentence("{what} is not in base64: {error}", "{what} ist nicht in Base64: {error}")
TOO_MANY_HASHES = Sentence(
    "{what} has {size} hashes; {limit} are allowed", "{what} hat {size} Hashes; erlaubt sind {limit}"
)

A_NOTE = Sentence("a note", "eine Notiz")
A_SIGNATURE = Sentence("a signature", "eine Unterschrift")
A_HASH = Sentence("a hash of a proof", "ein Hash eines Beweises")
SIZE_OF_CHECKPOINT = Sentence("the size of a checkpoint", "die Größe eines Prüfpunkts")
ROOT_OF_CHECKPOINT = Sentence("the root of a checkpoint", "die Wurzel eines Prüfpunkts")
A_VERIFICATION_KEY = Sentence("a verification key", "ein Prüfschlüssel")
A_RECEIPT = Sentence("a receipt", "eine Quittung")
THE_INDEX = Sentence("the index", "die Nummer (index)")
AN_INCLUSION_PROOF = Sentence("an inclusion proof", "ein Beweis der Zugehörigkeit")
THE_EXTRA_LINE = Sentence("the extra line", "die Zeile extra")

NO_SIGNATURES = Sentence(
    "a note ends in an empty line and signatures",
    "eine Notiz endet mit einer leeren Zeile und Unterschriften",
)
NUMBER_OF_SIGNATURES = Sentence(
    "1 to {limit} signatures, each on a line, are expected",
    "erwartet werden 1 bis {limit} Unterschriften, jede auf einer Zeile",
)
UNWRITABLE_NOTE = Sentence(
    "this note cannot be written: it would be read as another one",
    "diese Notiz kann nicht geschrieben werden: sie würde als eine andere gelesen",
)
NO_KNOWN_KEY = Sentence(
    "no known key signed this note", "kein bekannter Schlüssel hat diese Notiz unterschrieben"
)
SIGNATURE_OF = Sentence("the signature of {name}: {error}", "die Unterschrift von {name}: {error}")
SAME_HASH_TWICE = Sentence(
    "two keys of {name} have the same hash", "zwei Schlüssel von {name} haben denselben Hash"
)
NO_SIGNATURE_LINE = Sentence("{line!r} is no signature line", "{line!r} ist keine Zeile einer Unterschrift")
SHORT_SIGNATURE_LINE = Sentence(
    "a signature line has a key hash and a signature",
    "die Zeile einer Unterschrift hat den Hash eines Schlüssels und eine Unterschrift",
)

A_CHECKPOINT_IS = Sentence(
    "a checkpoint consists of origin, size and root, a line each",
    "ein Prüfpunkt besteht aus Herkunft, Größe und Wurzel, auf je einer Zeile",
)
ORIGIN_TOO_LONG = Sentence(
    "the origin has more than {limit} bytes", "die Herkunft hat mehr als {limit} Bytes"
)
SIGN_IN_ITS_NAME = Sentence(
    "a checkpoint of {origin} is signed in this name first",
    "ein Prüfpunkt von {origin} wird zuerst in diesem Namen unterschrieben",
)
UNKNOWN_ORIGIN = Sentence(
    "the checkpoint is of {origin}, whose key is not known",
    "der Prüfpunkt ist von {origin}, und dessen Schlüssel ist nicht bekannt",
)
NOT_SIGNED_BY = Sentence(
    "no known key of {origin} signed the checkpoint",
    "kein bekannter Schlüssel von {origin} hat den Prüfpunkt unterschrieben",
)

NO_VERIFICATION_KEY = Sentence(
    "{text!r} is no verification key name+hash+base64",
    "{text!r} ist kein Prüfschlüssel Name+Hash+Base64",
)
NO_SUCH_TYPE = Sentence(
    "no signature type has the number {kind}", "keine Art von Unterschrift hat die Nummer {kind}"
)
WRONG_KEY_HASH = Sentence(
    "the hash {hash} of the key of {name} is wrong", "der Hash {hash} des Schlüssels von {name} ist falsch"
)
UNUSABLE_KEY = Sentence(
    "the key of {name} cannot be used: {error}", "der Schlüssel von {name} ist nicht benutzbar: {error}"
)
MLDSA_LENGTH = Sentence(
    "an ML-DSA-44 key has {wanted} bytes, not {found}",
    "ein Schlüssel für ML-DSA-44 hat {wanted} Bytes, nicht {found}",
)

A_RECEIPT_IS = Sentence(
    "a receipt starts with {header} and ends in a checkpoint",
    "eine Quittung beginnt mit {header} und endet mit einem Prüfpunkt",
)
NO_INDEX = Sentence(
    "a receipt names the index of its entry", "eine Quittung nennt die Nummer (index) ihres Eintrags"
)
EMPTY_EXTRA = Sentence("an empty extra line is left out", "eine leere Zeile extra wird weggelassen")

NO_SUCH_ENTRY = Sentence(
    "there is no entry {index} in a tree of {size}",
    "in einem Baum der Größe {size} gibt es keinen Eintrag {index}",
)
NOT_AMONG = Sentence(
    "there is no entry {index} among the entries {first} to {last}",
    "unter den Einträgen {first} bis {last} gibt es keinen Eintrag {index}",
)
PROOF_TOO_LONG = Sentence("the inclusion proof is too long", "der Beweis der Zugehörigkeit ist zu lang")
NOT_TO_THE_ROOT = Sentence(
    "the inclusion proof does not lead to the root",
    "der Beweis der Zugehörigkeit führt nicht zur Wurzel",
)
NOT_CONTINUED_BY = Sentence(
    "a tree of {new} entries does not continue one of {old}",
    "ein Baum mit {new} Einträgen setzt keinen mit {old} fort",
)
NOTHING_TO_VERIFY = Sentence(
    "every tree continues the empty one: there is nothing to verify",
    "jeder Baum setzt den leeren fort: es gibt nichts zu prüfen",
)
TREE_TOO_SMALL = Sentence(
    "a tree of {size} does not hold the entries up to {end}",
    "ein Baum der Größe {size} enthält nicht die Einträge bis {end}",
)
EMPTY_SUBTREE = Sentence(
    "an empty subtree has the empty root and no proof",
    "ein leerer Teilbaum hat die leere Wurzel und keinen Beweis",
)
NOT_CONTINUED = Sentence(
    "the newer tree does not continue the older one", "der neuere Baum setzt den älteren nicht fort"
)
NO_SUBTREE = Sentence(
    "the entries {start} to {end} are no subtree", "die Einträge {start} bis {end} sind kein Teilbaum"
)
HASHES_OF_A_PROOF = Sentence(
    "a proof consists of hashes of {wanted} bytes", "ein Beweis besteht aus Hashes von {wanted} Bytes"
)

NO_TILE_PATH = Sentence("{path!r} is no path of a tile", "{path!r} ist kein Pfad einer Kachel")
OTHER_TILE_PATH = Sentence(
    "{path!r} is not how the path of a tile is written",
    "so lautet kein Pfad einer Kachel: {path!r}",
)
NOT_INTO_BUNDLE = Sentence(
    "an entry of {size} bytes does not fit into a bundle",
    "ein Eintrag von {size} Bytes passt nicht in ein Bündel",
)
NO_BUNDLE = Sentence(
    "these {size} bytes are no bundle of {count} entries",
    "diese {size} Bytes sind kein Bündel von {count} Einträgen",
)
NO_NODE = Sentence(
    "a tree of {size} has no node {index} at {level}",
    "ein Baum der Größe {size} hat keinen Knoten {index} auf der Stufe {level}",
)
OTHER_TILE_SIZE = Sentence(
    "{path} has {wanted} bytes, not {found}", "{path} hat {wanted} Bytes, nicht {found}"
)
ENTRY_TOO_LONG = Sentence("an entry has more than {limit} bytes", "ein Eintrag hat mehr als {limit} Bytes")
