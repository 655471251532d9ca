"""Why an opening is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

SEATS_CHANGED = Sentence(
    "{body} has {seats:# seat|# seats}, last changed by {as_of}",
    "{body} hat {seats:# Sitz|# Sitze}, zuletzt geändert durch {as_of}",
)
SAME_ITEM_TWICE = Sentence("two items have the same id", "zwei Punkte haben dieselbe Kennung")
DOCUMENT_TWICE = Sentence("a document is named twice", "eine Unterlage ist zweimal genannt")
FIXED_NEEDS_AN_END = Sentence(
    "by this rule profile the deadline is a fixed instant: name `closes_at` or `closes_local`",
    "nach diesem Regelprofil hat die Frist einen festen Zeitpunkt: `closes_at` oder `closes_local` nennen",
)
NO_FIXED_END = Sentence(
    "by this rule profile the end is no fixed instant: leave out `closes_at` and `closes_local`",
    "nach diesem Regelprofil gibt es keinen festen Zeitpunkt: `closes_at` und `closes_local` weglassen",
)
END_BEFORE_BEGINNING = Sentence(
    "the deadline {closes_at:end} is not after the opening",
    "die Frist {closes_at:end} liegt nicht nach der Eröffnung",
)
CIVIL_IN_ZONE_IS = Sentence(
    "{civil} in {zone} is {meant:utc}; `closes_at` says another instant",
    "{civil} in {zone} ist {meant:utc}; `closes_at` nennt einen anderen Zeitpunkt",
)
OBJECTIONS_END_UNASKED = Sentence(
    "objections_until is named where the profile says so, and nowhere else",
    "objections_until wird genannt, wo das Regelprofil es verlangt, und sonst nirgends",
)
OBJECTIONS_END_BEFORE = Sentence(
    "the end of the time for objections, {end:end}, is not after the opening",
    "das Ende der Zeit für Widersprüche, {end:end}, liegt nicht nach der Eröffnung",
)
OBJECTIONS_END_AFTER = Sentence(
    "the time for objections ends after the deadline",
    "die Zeit für Widersprüche endet nach der Frist",
)
IN_FORCE = Sentence(
    "{basis} is in force from {begins:day} to {ends:day}", "{basis} gilt von {begins:day} bis {ends:day}"
)
IN_FORCE_SINCE = Sentence("{basis} is in force since {begins:day}", "{basis} gilt seit {begins:day}")
IN_FORCE_UNTIL = Sentence("{basis} is in force until {ends:day}", "{basis} gilt bis {ends:day}")
NO_HOLIDAYS_SIGNED = Sentence(
    "deadlines move by the holidays of {region}, and none is named (`holidays`)",
    "Fristen verschieben sich nach den Feiertagen von {region}, und keiner ist genannt (`holidays`)",
)
HOLIDAYS_END = Sentence(
    "the holidays of {region} are signed to the end of {year}, and the deadline would end at {until:end}: "
    "whether a holiday moves it is not known; open a new procedure",
    "die Feiertage von {region} sind bis Ende {year} unterschrieben, und die Frist endete {until:end}: ob "
    "ein Feiertag sie verschiebt, steht nicht fest; ein neues Verfahren eröffnen",
)
NO_TRIGGER = Sentence("the rule profile knows no trigger", "das Regelprofil kennt keinen Anlass")
EMERGENCY_ASKED = Sentence(
    "the rule profile asks for a declared emergency; `trigger` has to name it",
    "das Regelprofil verlangt eine festgestellte Notlage; `trigger` muss sie nennen",
)
RESOLUTION_ASKED = Sentence(
    "the rule profile asks for a resolution of the council; `trigger` has to name it",
    "das Regelprofil verlangt einen Beschluss der Vertretung; `trigger` muss ihn nennen",
)
EITHER_ASKED = Sentence(
    "the rule profile asks for a declared emergency or a resolution of the council; `trigger` has to name it",
    "das Regelprofil verlangt eine Notlage oder einen Beschluss der Vertretung; `trigger` muss das nennen",
)
TRIGGER_BEGINS = Sentence("the trigger begins at {begins}", "der Anlass beginnt {begins}")
TRIGGER_LASTS = Sentence(
    "the trigger lasts {months:# month|# months} at most",
    "der Anlass gilt höchstens {months:# Monat|# Monate}",
)
TRIGGER_ENDS = Sentence(
    "the trigger ends at {ends:end}, before {until:end}",
    "der Anlass endet {ends:end}, vor {until:end}",
)
SUBJECT_DECLARED = Sentence(
    "the opening has to declare (`subject`): {told}",
    "die Eröffnung muss erklären (`subject`): {told}",
)
SUBJECT_EXCLUDED = Sentence(
    "{topic} is not decided by circulation",
    "über {topic} wird nicht im Umlauf entschieden",
)
CHAIR_OPENS = Sentence("the chair opens the procedure", "der Vorsitz eröffnet das Verfahren")
NOTHING_TO_REPEAT = Sentence(
    "this body has no procedure that could be repeated under this id",
    "dieses Gremium hat unter dieser Kennung kein Verfahren, das wiederholt werden könnte",
)
NO_ITEM_BEFORE = Sentence(
    "the ballot before had no item {item}", "einen Punkt {item} hatte der Wahlgang davor nicht"
)
BALLOT_BEFORE_OPEN = Sentence("the ballot before is not closed", "der Wahlgang davor ist nicht geschlossen")
DECIDED_BEFORE = Sentence(
    "item {item} was decided by the ballot before",
    "über Punkt {item} hat der Wahlgang davor entschieden",
)
REFERRED_BEFORE = Sentence(
    "the ballot before referred item {item} to a meeting: it is decided there",
    "der Wahlgang davor hat Punkt {item} an eine Sitzung verwiesen: dort wird darüber entschieden",
)
ANNULLED_BEFORE = Sentence(
    "the ballot before was annulled, and with it what it said on item {item}: leave out `repeats`",
    "der Wahlgang davor ist aufgehoben, und damit, was er zu Punkt {item} ergab: `repeats` weglassen",
)
NO_OPTION_BEFORE = Sentence(
    "{option} was no option of the ballot before",
    "{option} stand im Wahlgang davor nicht zur Wahl",
)
