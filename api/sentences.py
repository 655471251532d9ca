"""Refusals that only the service or the command line knows, in both languages."""

from __future__ import annotations

from ledger.sentence import Sentence

WITHHELD_UNTIL_CLOSING = Sentence(
    "the tally is withheld until the closing: prepare this closing beside the store",
    "die Zahlen sind bis zum Schluss verborgen: diesen Schluss beim Speicher vorbereiten",
)
WITHHELD_UNTIL_DEADLINE = Sentence(
    "the tally is withheld until the deadline {deadline}: prepare an earlier closing, where the rules allow "
    "one, beside the store",
    "die Zahlen sind verborgen bis zur Frist {deadline}: einen früheren Schluss, wo die Regeln ihn erlauben, "
    "beim Speicher vorbereiten",
)
WITHHELD_UNTIL_DUE = Sentence(
    "the deadline may still be extended, and the tally is withheld until {due}: prepare an earlier closing "
    "beside the store",
    "die Frist kann noch verlängert werden, und die Zahlen sind verborgen bis {due}: einen früheren Schluss "
    "beim Speicher vorbereiten",
)
ENTRIES_WITHHELD = Sentence(
    "these entries hold votes that are withheld until the procedure {procedure} is closed",
    "diese Einträge enthalten Stimmen, die bis zum Schluss des Verfahrens {procedure} verborgen sind",
)
NO_DOCUMENT = Sentence("no document has the digest {sha256}", "kein Dokument hat die Prüfsumme {sha256}")
NO_PROCEDURE = Sentence("there is no procedure {procedure}", "ein Verfahren {procedure} gibt es nicht")
NOT_PUBLIC_YET = Sentence(
    "the result of {procedure} was not published yet at entry {entry}",
    "das Ergebnis von {procedure} war mit Eintrag {entry} noch nicht veröffentlicht",
)
OPENED_LATER = Sentence(
    "the procedure was opened later, at entry {entry}",
    "das Verfahren wurde später eröffnet, mit Eintrag {entry}",
)
NOT_IN_REGISTER = Sentence("{person} is not in the register", "{person} steht nicht im Register")
NO_BODY = Sentence(
    "there is no body {body} in the register as of entry {entry}",
    "ein Gremium {body} gibt es im Register mit Eintrag {entry} nicht",
)
NOBODY_WITH_KEY = Sentence(
    "nobody is registered with the key {key}", "mit dem Schlüssel {key} ist niemand eingetragen"
)
NAME_A_LIVE_KEY = Sentence(
    "name one of the live keys of {who}: {keys}", "einen geltenden Schlüssel von {who} nennen: {keys}"
)
NO_LIVE_KEY = Sentence("{who} has no live key", "{who} hat keinen geltenden Schlüssel")
NO_PROFILE_FILE = Sentence(
    "{path} is no built-in profile, and there is no such file; `stimmbuch profiles` lists the built-in ones",
    "{path} ist kein mitgeliefertes Profil, und eine solche Datei gibt es nicht; "
    "`stimmbuch profiles` nennt die mitgelieferten",
)
PROFILE_UNREADABLE = Sentence(
    "the file {path} cannot be read; `stimmbuch profiles` lists the built-in profiles",
    "die Datei {path} ist nicht lesbar; `stimmbuch profiles` nennt die mitgelieferten Profile",
)
NO_JSON = Sentence("{path} is no JSON: {reason}", "{path} ist kein JSON: {reason}")
NO_JSON_OBJECT = Sentence("{path} holds no JSON object", "{path} enthält kein JSON-Objekt")
SEVERAL_LEDGERS = Sentence(
    "there are several ledgers here: name one in the address",
    "hier gibt es mehrere Bücher: eines in der Adresse nennen",
)
NOTHING_PUBLISHED = Sentence(
    "no {what} is published under {address}",
    "unter {address} ist kein {what} veröffentlicht",
)
NO_SUCH_LIST = Sentence(
    "OParl has no list of {kind!r} here; there are {kinds}",
    "OParl hat hier keine Liste von {kind!r}; es gibt {kinds}",
)
NO_OBJECTS = Sentence("OParl has no objects of {kind!r} here", "OParl hat hier keine Objekte von {kind!r}")
NO_SUCH_ERROR = Sentence(
    "there is no error with the code {code}",
    "einen Fehler mit dem Code {code} gibt es nicht",
)
OTHER_DISCLOSURE = Sentence(
    "this disclosure has the digest {found}, not {digest}",
    "diese Offenlegung hat den Digest {found}, nicht {digest}",
)
NO_LOG_FILE = Sentence(
    "the published log has no file of this name",
    "das veröffentlichte Buch hat keine Datei dieses Namens",
)
A_NUMBER = Sentence("a number is expected, not {text!r}", "erwartet wird eine Zahl, nicht {text!r}")
MORE_THAN_ALLOWED = Sentence("more than the {limit} bytes allowed", "mehr als die erlaubten {limit} Bytes")
DOCUMENT_TOO_LARGE = Sentence(
    "the document is larger than {limit} bytes",
    "das Dokument ist größer als {limit} Bytes",
)
PAYLOAD_TOO_LARGE = Sentence(
    "the payload would have {size} bytes; {limit} are allowed",
    "die Nutzlast hätte {size} Bytes; erlaubt sind {limit}",
)
MORE_PUBLISHED = Sentence(
    "more entries are published than there are",
    "veröffentlicht sind mehr Einträge, als es gibt",
)
REMEMBERED = Sentence(
    "the signer remembers {signed} entries, {published} are published",
    "der Unterzeichner erinnert sich an {signed} Einträge, veröffentlicht sind {published}",
)
VIEWS_GO_UP_TO = Sentence(
    "the views go up to entry {position}, not yet to {wanted}",
    "die Ansichten reichen bis Eintrag {position}, noch nicht bis {wanted}",
)
TOO_MANY_AT_ONCE = Sentence("too many callers do that at this moment", "im Augenblick tun das zu viele")
TOO_MANY_ON_THEIR_WAY = Sentence(
    "too many requests are on their way at this moment", "im Augenblick sind zu viele Anfragen unterwegs"
)
LOG_GOES_UP_TO = Sentence(
    "the log goes up to entry {head}, not to {seq}", "das Buch reicht bis Eintrag {head}, nicht bis {seq}"
)
ASKS_TOO_OFTEN = Sentence("this address asks too often", "von dieser Adresse wird zu oft gefragt")
ASKS_TOO_MUCH = Sentence(
    "this client asks too much about the procedure {procedure}",
    "dieser Absender fragt zu viel zum Verfahren {procedure}",
)
BODY_IS_JSON = Sentence("the body must be application/json", "der Inhalt muss application/json sein")
BODY_IS_PLAIN = Sentence(
    "the body must come without Content-Encoding", "der Inhalt muss ohne Content-Encoding kommen"
)
