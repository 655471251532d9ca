"""What is wrong with `access.toml`, and with what a login service says of itself."""

from __future__ import annotations

from ledger.sentence import Sentence

OTHER_ISSUER = Sentence("{issuer} describes another issuer", "{issuer} beschreibt einen anderen Aussteller")
ANSWERS_WITHOUT_JSON = Sentence(
    "{address} answers {status} without JSON",
    "{address} antwortet {status} ohne JSON",
)
PROVIDERS_ARE = Sentence(
    "a provider is written as [[provider]]",
    "ein Anmeldedienst wird als [[provider]] geschrieben",
)
ISSUER_TWICE = Sentence("an issuer is named twice", "ein Aussteller ist zweimal genannt")
ANONYMOUS_IS = Sentence(
    "anonymous.roles can only be [] or [{public!r}]: every other role is somebody's",
    "anonymous.roles kann nur [] oder [{public!r}] sein: jede andere Rolle gehört jemandem",
)
ALGORITHMS_ARE = Sentence("algorithms are some of {known}", "algorithms sind einige von {known}")
LEEWAY_IS = Sentence("leeway is 0 to {limit} seconds", "leeway ist 0 bis {limit} Sekunden")
ROLES_ARE_A_TABLE = Sentence(
    "roles is a table: value of the claim = [our roles]",
    "roles ist eine Tabelle: Wert der Angabe = [unsere Rollen]",
)
ROLES_ARE = Sentence("roles.{name}: the roles are {known}", "roles.{name}: die Rollen sind {known}")
A_TABLE = Sentence("{where} is a table", "{where} ist eine Tabelle")
NOT_KNOWN = Sentence("{where} knows no {name!r}", "{where} kennt kein {name!r}")
NEEDED = Sentence("{where} needs {name!r}", "{where} braucht {name!r}")
A_LIST = Sentence("{where} is a list of texts", "{where} ist eine Liste von Texten")
A_TEXT = Sentence("{where} is a text", "{where} ist ein Text")
NOT_TOML = Sentence("not TOML: {error}", "kein TOML: {error}")
ADDRESS_IS = Sentence(
    "an address like https://host/path is expected, not {url!r}",
    "erwartet wird eine Adresse wie https://host/path, nicht {url!r}",
)
TOO_MANY_KEYS = Sentence("a JWK Set has at most {limit} keys", "ein JWK Set hat höchstens {limit} Schlüssel")
OTHER_DISCOVERY = Sentence(
    "the discovery document is not that of this issuer",
    "die Beschreibung (Discovery) ist nicht die dieses Ausstellers",
)
NO_JWKS_URI = Sentence(
    "the discovery document names no jwks_uri",
    "die Beschreibung (Discovery) nennt keine jwks_uri",
)
NOT_JSON = Sentence("{url} is not JSON", "{url} ist kein JSON")
NO_ADDRESS = Sentence("{url!r} is no address", "{url!r} ist keine Adresse")
ANSWERS_WITH = Sentence("{url} answers with {status}", "{url} antwortet mit {status}")
KEYS_NOT_FETCHED = Sentence(
    "the keys of {issuer} cannot be fetched",
    "die Schlüssel von {issuer} sind nicht erreichbar",
)
FILE_TOO_LARGE = Sentence("more than {limit} bytes", "mehr als {limit} Bytes")
FILE_NOT_READ = Sentence("{path} cannot be read: {reason}", "{path} ist nicht lesbar: {reason}")
FILE_IS_WRONG = Sentence("{path}: {error}", "{path}: {error}")
