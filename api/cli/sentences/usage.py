"""How a command is used wrongly, as far as only we know."""

from __future__ import annotations

from ledger.sentence import Sentence

ONE_CERTIFICATE_EACH = Sentence(
    "give one --tsa-certificate for each --tsa, or none",
    "zu jedem --tsa ein --tsa-certificate angeben, oder keines",
)
STORE_MISSING = Sentence("Missing option '--store'", "Es fehlt die Option '--store'")
STORE_MISSING_AND_NO_FILE = Sentence(
    "Missing option '--store', and no file names a ledger",
    "Es fehlt die Option '--store', und keine Datei nennt ein Buch",
)
NO_CASE = Sentence(
    "no case is called {name}; there are {known}", "ein Fall {name} ist nicht bekannt; es gibt {known}"
)
ISSUER_OR_FORGET = Sentence(
    "name --issuer and --client-id, or --forget", "--issuer und --client-id nennen, oder --forget"
)
OLD_OR_REGISTRAR = Sentence(
    "name the old key with --old, or, if it is lost, a registrar's with --registrar",
    "den alten Schlüssel mit --old nennen, oder, wenn er verloren ist, den einer Registratur mit --registrar",
)
SEVERAL_BY_COMMA = Sentence(
    "{text!r}: expected are {known}, one or several by comma",
    "{text!r}: erwartet wird {known}, eines oder mehrere durch Komma getrennt",
)
HOME_WITH_ONE_STORE = Sentence(
    "--home goes with one --store: several ledgers need a home each, in a file",
    "--home gehört zu einem --store: mehrere Bücher brauchen je ein eigenes, in einer Datei",
)
ONLY_WITH_URL = Sentence(
    "{option} is for a service (--url): a store is trusted with its own keys",
    "{option} ist für einen Dienst (--url): einem Speicher wird mit seinen eigenen Schlüsseln vertraut",
)
ID_AND_FILE = Sentence("ID=FILE is expected", "erwartet wird KENNUNG=DATEI")
FAILS_CHECK = Sentence("{error} (check {number})", "{error} (Prüfung {number})")
FOR_A_STORE = Sentence(
    "{option} is for a store or an exported log; this is {what}",
    "{option} ist für einen Speicher oder ein exportiertes Buch; dies ist {what}",
)
A_RECEIPT = Sentence("a receipt", "eine Quittung")
A_DOSSIER = Sentence("a dossier", "ein Dossier")
KEY_OR_POLICY = Sentence(
    "a receipt is verified with the log's key (--key) or a policy (--policy)",
    "eine Quittung wird mit dem Schlüssel des Buchs (--key) oder einer Richtlinie (--policy) geprüft",
)
HTML_OR_JSON = Sentence("the name ends in .html or .json", "der Name endet auf .html oder .json")
NO_DIRECTORY = Sentence("there is no directory {path}", "ein Verzeichnis {path} gibt es nicht")
