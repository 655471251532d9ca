"""What is wrong with what an OParl server, or a clerk's file, proposes."""

from __future__ import annotations

from ledger.sentence import Sentence

FILE_NOT_READ = Sentence("{file} cannot be read: {reason}", "{file} ist nicht lesbar: {reason}")
NO_SYSTEM_OR_BODY = Sentence(
    "{url} is neither a System nor a Body of OParl",
    "{url} ist weder ein System noch ein Body von OParl",
)
NO_LIST = Sentence("{url!r} is no list of OParl", "{url!r} ist keine Liste von OParl")
FILE_TOO_LARGE = Sentence(
    "{file} is too large, or all files together are",
    "{file} ist zu groß, oder alle Dateien zusammen sind es",
)
FORMAT_IS = Sentence(
    "this is no proposal of the format {format}",
    "das ist kein Vorschlag im Format {format}",
)
LIST_MISSING = Sentence("{name}: a list is missing", "{name}: eine Liste fehlt")
NO_PROPOSAL = Sentence("this is no proposal: {error}", "das ist kein Vorschlag: {error}")
CONFIRM_IS = Sentence(
    '{name}[{number}]: "confirm" is true or false',
    '{name}[{number}]: "confirm" ist true oder false',
)
SEAT_TWICE = Sentence(
    "seats, {oparl}: {member} gets one seat in {body}, and {first} is confirmed already",
    "seats, {oparl}: {member} erhält in {body} einen Sitz, und {first} ist schon bestätigt",
)
MEMBER_WRONG = Sentence(
    "{name}, {oparl}: {member} is missing or wrong",
    "{name}, {oparl}: {member} fehlt oder ist falsch",
)
PRIVATE_ADDRESS = Sentence(
    "{host} is at {address}, which is no public address (--private-address allows it)",
    "{host} liegt bei {address}, das ist keine öffentliche Adresse (--private-address erlaubt es)",
)
ADDRESS_IS = Sentence(
    "an address is like https://host/oparl, not {url!r}",
    "eine Adresse ist wie https://host/oparl, nicht {url!r}",
)
HTTPS_ONLY = Sentence("credentials are sent over https only", "Ausweise gehen nur über https")
OTHER_SERVER = Sentence(
    "a link leads to another server and is not followed: {url!r}",
    "ein Verweis führt zu einem anderen Server, ihm wird nicht gefolgt: {url!r}",
)
CIRCLE = Sentence(
    "the links go in a circle, back to {url!r}",
    "die Verweise gehen im Kreis, zurück zu {url!r}",
)
TOO_MANY_PAGES = Sentence("more than {limit} pages", "mehr als {limit} Seiten")
TOO_MUCH = Sentence("more than {limit} bytes in all", "mehr als {limit} Bytes im Ganzen")
TAKES_TOO_LONG = Sentence(
    "all of it was not told within {minutes} minutes (--within)",
    "in {minutes} Minuten wurde nicht alles gesagt (--within)",
)
PAGE_TOO_LARGE = Sentence("{url!r} has more than {limit} bytes", "{url!r} hat mehr als {limit} Bytes")
NO_ADDRESS = Sentence("{url!r} is no address", "{url!r} ist keine Adresse")
HOST_UNKNOWN = Sentence("{host} is not known: {error}", "{host} ist nicht bekannt: {error}")
NO_ANSWER = Sentence("{url!r} gives no answer: {error}", "{url!r} gibt keine Antwort: {error}")
NOT_REACHED = Sentence("{host} cannot be reached: {error}", "{host} ist nicht erreichbar: {error}")
ANSWERS = Sentence("{url!r} answers {status}", "{url!r} antwortet {status}")
ENDS_TOO_EARLY = Sentence("the answer of {url!r} ends too early", "die Antwort von {url!r} endet zu früh")
NO_JSON = Sentence("{where} is no JSON", "{where} ist kein JSON")
