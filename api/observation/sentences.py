"""Why a ledger is not ready, in both languages."""

from __future__ import annotations

from ledger.sentence import Sentence

NOT_LOOKED_YET = Sentence("nobody has looked yet", "es wurde noch nicht nachgesehen")
NO_ANSWER_WITHIN = Sentence(
    "no answer within {seconds:g} seconds", "innerhalb von {seconds:g} Sekunden keine Antwort"
)
OUR_FAULT = Sentence(
    "this is a fault of the service, see its log", "das ist ein Fehler des Dienstes, siehe sein Protokoll"
)
VIEWS_BEHIND = Sentence(
    "the views are {seconds:.0f} seconds behind", "die Ansichten sind {seconds:.0f} Sekunden zurück"
)
NOBODY_PUBLISHES = Sentence("no process publishes", "kein Prozess veröffentlicht")
NOTHING_NEW = Sentence("nothing new is published", "es wird nichts Neues veröffentlicht")
NOTHING_NEW_BECAUSE = Sentence(
    "nothing new is published: {why}", "es wird nichts Neues veröffentlicht: {why}"
)
