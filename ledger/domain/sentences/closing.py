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
    "somebody has received nothing yet, and so has no deadline",
    "jemand hat noch nichts erhalten und hat deshalb keine Frist",
)
DEADLINE_TO_COME = Sentence(
    "the deadline is {deadline:end}; it is not yet reached",
    "die Frist endet {deadline:end}; so weit ist es noch nicht",
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
