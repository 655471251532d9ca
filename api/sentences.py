"""Refusals that only the service or the command line knows, in both languages."""

from __future__ import annotations

from ledger.sentence import Sentence

WITHHELD_UNTIL_CLOSING = Sentence(
    "the tally is withheld until the closing: prepare this closing beside the store",
    "die Zahlen sind bis zum Schluss verborgen: diesen Schluss beim Speicher vorbereiten",
)
WITHHELD_UNTIL_DEADLINE = Sentence(
    "the tally is withheld until the deadline {deadline}",
    "die Zahlen sind verborgen bis zur Frist {deadline}",
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
    "{path} is neither a built-in profile ({known}) nor a file: {reason}",
    "{path} ist weder ein mitgeliefertes Profil ({known}) noch eine Datei: {reason}",
)
NO_JSON = Sentence("{path} is no JSON: {reason}", "{path} ist kein JSON: {reason}")
NO_JSON_OBJECT = Sentence("{path} holds no JSON object", "{path} enthält kein JSON-Objekt")
