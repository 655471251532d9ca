"""Why a closing is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

OPENS_LATER = Sentence("the procedure opens at {begins}", "das Verfahren wird eröffnet am {begins}")
REASON_IS = Sentence("voting is closed here {told} only", "geschlossen wird die Abstimmung hier nur {told}")
SEAL_DIFFERS = Sentence(
    "the seal or the tally does not describe the procedure as it stands",
    "Siegel oder Zahlen beschreiben das Verfahren nicht, wie es steht",
)
NOTHING_RECEIVED = Sentence(
    "no receipt by {missing} of {seats} members is on record, so they have no deadline: record it, or, once "
    "all others have passed, chair or clerk close by declaration (reason chair); who was not reached then "
    "makes deciding by circulation invalid",
    "bei {missing} von {seats} Mitgliedern ist kein Zugang vermerkt, sie haben also keine Frist: ihn "
    "vermerken, oder, wenn alle anderen abgelaufen sind, durch Erklärung von Vorsitz oder Sitzungsdienst "
    "schließen (Grund chair); wer dann nicht erreicht war, macht das Umlaufverfahren unwirksam",
)
EVERYBODY_HAS_ONE = Sentence(
    "everybody has a deadline: it ends with the last one, {deadline:end} (reason “deadline”)",
    "alle haben eine Frist: es endet mit der letzten, {deadline:end} (Grund „deadline“)",
)
DEADLINE_TO_COME = Sentence(
    "the deadline is {deadline:end}; it is not yet reached",
    "die Frist endet {deadline:end}; so weit ist es noch nicht",
)
GRACE_LASTS = Sentence(
    "the deadline {deadline:end} has passed; it may still be extended, so the service closes at {due:end}; "
    "chair or clerk may close earlier",
    "die Frist {deadline:end} ist abgelaufen; sie kann noch verlängert werden, deshalb schließt der Dienst "
    "{due:end}; Vorsitz oder Sitzungsdienst können früher schließen",
)
NO_END_BY_ALL = Sentence(
    "the rule profile knows no end because all have voted",
    "das Regelprofil kennt kein Ende, weil alle abgestimmt haben",
)
HAS_NOT_VOTED = Sentence(
    "{member} has not voted on item {item}",
    "{member} hat über Punkt {item} nicht abgestimmt",
)
NO_CERTAIN_END = Sentence(
    "the rule profile knows no end because the result is certain",
    "das Regelprofil kennt kein Ende, weil das Ergebnis feststeht",
)
STILL_OPEN = Sentence(
    "the votes that are missing could still change item {item}",
    "die fehlenden Stimmen könnten Punkt {item} noch ändern",
)
