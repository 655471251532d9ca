"""Why it is refused to exclude, deliver, substitute, extend, or note an attempt."""

from __future__ import annotations

from ledger.sentence import Sentence

EXCLUSIONS = Sentence("exclusions", "Ausschlüsse")
EXCLUDED_ALREADY = Sentence(
    "{member} is excluded from item {item} already",
    "{member} ist von Punkt {item} bereits ausgeschlossen",
)
NOT_EXCLUDED = Sentence(
    "{member} is not excluded from item {item}",
    "{member} ist von Punkt {item} nicht ausgeschlossen",
)
RECEIVED_ALREADY = Sentence("the receipt by {member} is on record", "der Zugang bei {member} ist vermerkt")
RECEIPT_BETWEEN = Sentence(
    "the receipt lies between {earliest} and {latest}",
    "der Zugang liegt zwischen {earliest} und {latest}",
)
DEADLINE_FOLLOWS = Sentence(
    "the deadline that follows from this receipt is {expected:end}",
    "aus diesem Zugang folgt die Frist {expected:end}",
)
NO_OWN_DEADLINE = Sentence(
    "by this rule profile no deadline follows from a receipt: leave out `closes_at`",
    "nach diesem Regelprofil folgt aus einem Zugang keine Frist: `closes_at` weglassen",
)
DEADLINE_PASSED = Sentence(
    "the deadline {expected:end} has passed already",
    "die Frist {expected:end} ist bereits abgelaufen",
)
SUBSTITUTES = Sentence("substitutes", "Vertretungen")
NAMED_BEFORE = Sentence(
    "substitutes are named before voting begins",
    "Vertretung wird benannt, bevor die Abstimmung beginnt",
)
NO_SUBSTITUTE = Sentence(
    "{substitute} is no substitute for {principal}",
    "{substitute} vertritt {principal} nicht",
)
VOTES_HERE = Sentence("{substitute} votes here already", "{substitute} stimmt hier bereits ab")
HAS_VOTED = Sentence(
    "{member} has voted; the vote stands until it is taken back",
    "{member} hat abgestimmt; die Stimme steht, bis sie zurückgenommen wird",
)
AN_EXTENSION = Sentence("an extension", "eine Fristverlängerung")
CIVIL_IS = Sentence(
    "{civil} is {meant:utc}; `closes_at` says another instant",
    "{civil} ist {meant:utc}; `closes_at` nennt einen anderen Zeitpunkt",
)
EXTENSION_IS_LATER = Sentence(
    "an extension is later than {before:end} and than now",
    "eine Verlängerung endet später als {before:end} und später als jetzt",
)
NOTHING_TO_EXTEND = Sentence(
    "{member} has received nothing yet, and so has no deadline to extend",
    "bei {member} ist noch kein Zugang vermerkt, also läuft keine Frist, die verlängert werden könnte",
)
NOT_AFTERWARDS = Sentence(
    "the deadline {before:end} has passed; it is not extended afterwards: name the members whose deadline "
    "runs",
    "die Frist {before:end} ist abgelaufen; sie wird nicht nachträglich verlängert: die Mitglieder nennen, "
    "deren Frist noch läuft",
)
NO_EVIDENCE = Sentence("a refusal {code} is no evidence", "eine Abweisung {code} ist kein Nachweis")
ATTEMPT_ON_RECORD = Sentence("this attempt is on record", "dieser Versuch ist vermerkt")
MANY_ATTEMPTS = Sentence(
    "{limit} refused attempts are on record",
    "{limit} abgewiesene Versuche sind vermerkt",
)
