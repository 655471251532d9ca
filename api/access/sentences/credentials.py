"""What is wrong with a credential, and for whom a call is; and with the tokens that are made."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_CLAIMS = Sentence("the token holds no claims", "das Token enthält keine Angaben")
TIMES_NO_NUMBERS = Sentence("the token's times are no numbers", "die Zeiten des Tokens sind keine Zahlen")
NO_TIMES = Sentence(
    "the token does not say from when to when it counts",
    "das Token sagt nicht, von wann bis wann es gilt",
)
EXPIRED = Sentence("the token has expired", "das Token ist abgelaufen")
NOT_YET = Sentence("the token does not count yet", "das Token gilt noch nicht")
LIVES_TOO_LONG = Sentence(
    "the token lives longer than {hours} hours",
    "das Token gilt länger als {hours} Stunden",
)
NO_ACCESS_TOKEN = Sentence(
    "the token is no access token: its `typ` must be at+jwt",
    "das Token ist kein Zugangstoken: sein `typ` muss at+jwt sein",
)
ALGORITHM_NOT_ALLOWED = Sentence(
    "the token's algorithm is not allowed",
    "das Verfahren des Tokens ist nicht erlaubt",
)
NO_KEY_NAMED = Sentence("the token does not name its key", "das Token nennt seinen Schlüssel nicht")
UNKNOWN_EXTENSION = Sentence(
    "the token asks for an extension that is not known",
    "das Token verlangt eine Erweiterung, die nicht bekannt ist",
)
ALGORITHM_OF_ANOTHER_KEY = Sentence(
    "the token's algorithm is not that of its key",
    "das Verfahren des Tokens ist nicht das seines Schlüssels",
)
OTHER_ISSUER = Sentence(
    "the token is of another issuer",
    "das Token hat ein anderer Anmeldedienst ausgestellt",
)
OTHER_SERVICE = Sentence(
    "the token is meant for another service",
    "das Token ist für einen anderen Dienst bestimmt",
)
NO_ROLE_HERE = Sentence(
    "the token is good, but names no role of this ledger",
    "das Token gilt, nennt aber keine Rolle dieses Buchs",
)
NO_JWT = Sentence("the token is no JWT", "das Token ist kein JWT")
NO_JSON = Sentence("the token holds no JSON", "das Token enthält kein JSON")
NOT_SIGNED = Sentence(
    "the token is not a JWT with a signature of its issuer",
    "das Token ist kein JWT mit einer Unterschrift seines Ausstellers",
)
NO_ID = Sentence(
    "the token's subject is no id of the register",
    "der Inhaber des Tokens ist keine Kennung des Registers",
)
NO_LEDGER_OPEN = Sentence("no ledger is open here", "hier ist kein Buch geöffnet")
CALL_IS_FOR = Sentence("this call is for {roles}", "für diesen Aufruf ist zugelassen: {roles}")
ADDRESS_OF_ANOTHER = Sentence(
    "this credential stands for {subject}, and the address names another",
    "dieser Ausweis steht für {subject}, und die Adresse nennt jemand anderen",
)
TOKEN_NEEDED = Sentence("this call needs a bearer token", "dieser Aufruf braucht ein Token (Bearer)")
HEADER_IS = Sentence(
    "`Authorization` must be `Bearer`, one space, and one token",
    "`Authorization` muss aus `Bearer`, einem Leerzeichen und einem Token bestehen",
)
TOKEN_UNKNOWN = Sentence(
    "the token is unknown here, has expired, or was revoked",
    "das Token ist hier unbekannt, abgelaufen oder widerrufen",
)
ACTOR_IS_ANOTHER = Sentence(
    "this credential stands for {subject}, and the actor is another",
    "dieser Ausweis steht für {subject}, und es handelt jemand anderes",
)
SUBMITTED_BY = Sentence("{kind} is submitted by {roles}", "{kind} darf einreichen: {roles}")
THIS_MACHINE_ONLY = Sentence(
    "until it is said who may do what, only programs on this machine are served, directly",
    "bis gesagt ist, wer was darf, werden nur Programme auf diesem Rechner bedient, und nur unmittelbar",
)
NOT_AT_THIS_HOST = Sentence(
    "nobody has said who may do what: this ledger is not served at {host}",
    "niemand hat gesagt, wer was darf: dieses Buch wird unter {host} nicht bedient",
)
NOT_CONFIRMED = Sentence(
    "nobody has confirmed the code in time",
    "niemand hat den Code rechtzeitig bestätigt",
)
PROVIDER_REFUSES = Sentence("the provider refuses: {error}", "der Anmeldedienst lehnt ab: {error}")
NO_CODE_AND_ADDRESS = Sentence(
    "the provider does not name a code and an address",
    "der Anmeldedienst nennt keinen Code und keine Adresse",
)
PROVIDER_HAS_NO = Sentence("the provider has no {name}", "der Anmeldedienst hat kein {name}")
ISSUER_DOES_NOT_COUNT = Sentence(
    "tokens of this issuer do not count here",
    "Token dieses Ausstellers gelten hier nicht",
)
KEY_NOT_PUBLISHED = Sentence(
    "the token is signed with a key that its issuer does not publish",
    "das Token ist mit einem Schlüssel unterschrieben, den sein Aussteller nicht veröffentlicht",
)
NO_TOKEN_CALLED = Sentence(
    "there is no token with the name {name!r}",
    "ein Token mit dem Namen {name!r} gibt es nicht",
)
TOKEN_LIVES = Sentence("a token lives for 1 to {longest} days", "ein Token gilt 1 bis {longest} Tage")
A_NAME_IS = Sentence(
    "a token's name has 1 to 64 of a-z 0-9 . _ - and begins with one of the first two kinds",
    "der Name eines Tokens hat 1 bis 64 Zeichen aus a-z 0-9 . _ - und beginnt mit einem der ersten beiden",
)
A_ROLE_NEEDED = Sentence(
    "a token has at least one role of {roles}",
    "ein Token hat mindestens eine Rolle aus {roles}",
)
SUBJECT_NEEDED = Sentence(
    "a member's token stands for somebody: name the subject",
    "das Token eines Mitglieds steht für jemanden: den subject nennen",
)
NO_FILE_OF_TOKENS = Sentence("not a file of tokens of this version", "keine Datei von Token dieser Version")
OTHER_MEMBERS = Sentence(
    "a token with other members than it must have ({error})",
    "ein Token mit anderen Angaben, als es haben muss ({error})",
)
NAME_TAKEN = Sentence(
    "there is, or was, a token with the name {name!r}",
    "ein Token mit dem Namen {name!r} gibt es, oder gab es",
)
NOBODY = Sentence("nobody", "niemand")
