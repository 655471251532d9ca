"""What is wrong with the settings of a service, or with its list of ledgers."""

from __future__ import annotations

from ledger.sentence import Sentence

UNKNOWN_SETTING = Sentence(
    "there is no {what} called {name}: {meant}",
    "{what} namens {name} gibt es nicht: {meant}",
)
OUT_OF_BOUNDS = Sentence(
    "{where} is {value!r}: {bounds} is allowed",
    "{where} ist {value!r}: erlaubt ist {bounds}",
)
OUT_OF_BOUNDS_WHOLE = Sentence(
    "{where} is {value!r}: a whole number, {bounds} is allowed",
    "{where} ist {value!r}: erlaubt ist eine ganze Zahl, {bounds}",
)
NO_HOST = Sentence(
    "server.host is {host!r}: an address of this machine is expected, like 127.0.0.1 or ::1",
    "server.host ist {host!r}: erwartet wird eine Adresse dieses Rechners, wie 127.0.0.1 oder ::1",
)
CANNOT_LISTEN = Sentence(
    "the service cannot listen at {place}: {reason}",
    "der Dienst kann an {place} nicht lauschen: {reason}",
)
NO_SLASH = Sentence("public_url ends in a slash: {url}/", "public_url endet mit einem Schrägstrich: {url}/")
ANCHORS_NEED_BOTH = Sentence(
    "anchor_every and tsa go together: how often, and by whom",
    "anchor_every und tsa gehören zusammen: wie oft, und bei wem",
)
EACH_LEDGER = Sentence(
    "each ledger is a table of its own: write [[ledger]], with two brackets",
    "jedes Buch ist eine eigene Tabelle: [[ledger]] schreiben, mit zwei Klammern",
)
AN_ORIGIN_IS = Sentence(
    "an origin is like https://portal.example, without a path, not {origin!r}",
    "eine Herkunft (Origin) ist wie https://portal.example, ohne Pfad, nicht {origin!r}",
)
NOT_TOML = Sentence("{path} is not TOML: {error}", "{path} ist kein TOML: {error}")
NO_STORE = Sentence(
    "a [[ledger]] without `store`: a directory, or postgresql://…",
    "ein [[ledger]] ohne `store`: ein Verzeichnis, oder postgresql://…",
)
A_TEXT = Sentence(
    "ledger.{name} is {value!r}: a text is expected",
    "ledger.{name} ist {value!r}: erwartet wird ein Text",
)
NO_LEDGER = Sentence("there is no ledger {name!r} here", "ein Buch {name!r} gibt es hier nicht")
SAME_NAME = Sentence(
    "two ledgers are called {name}: {one}, {other}",
    "zwei Bücher heißen {name}: {one}, {other}",
)
SAME_HOME = Sentence(
    "{one} and {other} have the same home, {home}",
    "{one} und {other} haben denselben Ort, {home}",
)
NOT_OPEN = Sentence("the ledger {name!r} is not open", "das Buch {name!r} ist nicht geöffnet")
OTHER_LEDGER = Sentence(
    "the ledger {expected} was expected, and {found} found",
    "erwartet wurde das Buch {expected}, gefunden ist {found}",
)
POLLS_BELOW_THREADS = Sentence(
    "long_polls is below threads ({threads}): who waits holds a thread",
    "long_polls ist kleiner als threads ({threads}): wer wartet, hält einen Thread",
)
DID_YOU_MEAN = Sentence("did you mean {there}?", "gemeint ist vielleicht {there}")
THERE_ARE = Sentence("there are {there}", "es gibt {there}")
A_SECTION = Sentence("section", "einen Abschnitt")
A_SETTING = Sentence("setting in [{section}]", "eine Einstellung in [{section}]")
A_SETTING_OF_A_LEDGER = Sentence("setting in [[ledger]]", "eine Einstellung in [[ledger]]")
UNITS = (
    Sentence("a list of texts", "eine Liste von Texten"),
    Sentence("a text", "ein Text"),
    Sentence("seconds", "Sekunden"),
    Sentence("bytes", "Bytes"),
    Sentence("requests", "Anfragen"),
    Sentence("processes", "Prozesse"),
    Sentence("threads", "Threads"),
    Sentence("proxies", "Proxys"),
    Sentence("documents and texts", "Dokumente und Texte"),
)
"""What `Row.bounds` is made of."""
