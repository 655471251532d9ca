"""Why data are no rule profile."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_OBJECT = Sentence("a rule profile is an object", "ein Regelprofil ist ein Objekt")
SCHEMA_IS = Sentence(
    "the schema of a rule profile is {schema}",
    "das Schema eines Regelprofils ist {schema}",
)
NO_SCHEMA = Sentence("the rule profile lacks schema", "dem Regelprofil fehlt schema")
LACKS = Sentence("the rule profile lacks {missing}", "dem Regelprofil fehlt: {missing}")
UNKNOWN_SETTING = Sentence(
    "the rule profile has a setting that is not known: {unknown}",
    "das Regelprofil hat eine unbekannte Einstellung: {unknown}",
)
ONE_OF = Sentence(
    "{setting} is one of {allowed}, not {value!r}",
    "{setting} ist eines von {allowed}, nicht {value!r}",
)
A_TEXT = Sentence(
    "{setting} is a text of 1 to {limit} characters",
    "{setting} ist ein Text von 1 bis {limit} Zeichen",
)
AN_INTEGER = Sentence(
    "{setting} is an integer from {low} to 1,000,000,000",
    "{setting} ist eine ganze Zahl von {low} bis 1.000.000.000",
)
A_FLAG = Sentence("{setting} is true or false", "{setting} ist true oder false")
AN_OBJECT = Sentence("{setting} is an object of {members}", "{setting} ist ein Objekt aus {members}")
A_DAY = Sentence(
    "validity.{name} is a day like 2026-01-31, or null",
    "validity.{name} ist ein Tag wie 2026-01-31 oder null",
)
PARAGRAPHS = Sentence(
    "paragraphs is an object from settings to what is cited for them",
    "paragraphs ist ein Objekt von Einstellungen zu dem, was dafür angeführt wird",
)
SUBJECTS = Sentence(
    "subject.excluded is a list of words like budget or statutes",
    "subject.excluded ist eine Liste von Wörtern wie budget oder statutes",
)
A_MAJORITY = Sentence(
    "a majority is {{n, d, strict, base}}, {{count}}, or null",
    "eine Mehrheit ist {{n, d, strict, base}}, {{count}} oder null",
)
BASES_ARE = Sentence(
    "the base of a majority is one of {bases}",
    "die Grundlage einer Mehrheit ist eine von {bases}",
)
PERIOD_COUNT = Sentence(
    "period.count is an integer from 1 to 1000",
    "period.count ist eine ganze Zahl von 1 bis 1000",
)
PERIOD_REGION = Sentence(
    "period.region is a country or Land like DE-NI, or null",
    "period.region ist ein Land oder Bundesland wie DE-NI oder null",
)
GRACE_DAYS = Sentence(
    "grace.days is an integer from 1 to 100",
    "grace.days ist eine ganze Zahl von 1 bis 100",
)
NO_PROFILE = Sentence(
    "no rule profile has the name {rule!r}; there are {names}",
    "kein Regelprofil heißt {rule!r}; es gibt {names}",
)
NOTHING_AFTER_THE_CLOSING = Sentence(
    "{setting}: nothing is voted or objected to after the closing; a period for it ends with the deadline",
    "{setting}: nach dem Schluss wird nicht abgestimmt und nicht widersprochen; "
    "eine Zeit dafür endet mit der Frist",
)
