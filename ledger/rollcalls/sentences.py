"""What is wrong with a line of a roll-call file."""

from __future__ import annotations

from ledger.sentence import Sentence

LINE_TOO_LONG = Sentence("it is longer than {limit} bytes", "sie ist länger als {limit} Bytes")
NO_JSON_OBJECT = Sentence("it is not a JSON object", "sie ist kein JSON-Objekt")
UNKNOWN_MEMBER = Sentence("unknown member: {names}", "nicht bekannt: {names}")
POLARITY_IS = Sentence("polarity is for or against", "polarity ist for oder against")
NO_CASTING_VOTE = Sentence(
    "there is a casting vote, but the rule knows no casting vote",
    "es gibt einen Stichentscheid, aber die Regel kennt keinen",
)
OPTIONS_ARE = Sentence(
    "options is a list of texts, not empty",
    "options ist eine Liste von Texten, nicht leer",
)
OPTIONS_DIFFER = Sentence(
    "options are different from each other, and at most 64",
    "die options sind voneinander verschieden, und höchstens 64",
)
A_CAST_IS = Sentence(
    "a cast is {{member, choice, at}} or {{member, withdraw, at}}",
    "eine Stimmabgabe ist {{member, choice, at}} oder {{member, withdraw, at}}",
)
CAST_BY_NOBODY = Sentence(
    "a cast by {member!r}, who is not among the members",
    "eine Stimmabgabe von {member!r}, das nicht unter den members ist",
)
CHOICE_OR_WITHDRAWAL = Sentence(
    "a cast of {member!r} must be either a choice or a withdrawal",
    "eine Stimmabgabe von {member!r} ist entweder eine Wahl oder eine Rücknahme",
)
NO_OPTION = Sentence(
    "{choice!r} of {member!r} is not among the options",
    "{choice!r} von {member!r} steht nicht unter den options",
)
A_CASTING_VOTE_IS = Sentence("casting_vote is {{member, choice}}", "casting_vote ist {{member, choice}}")
CASTING_VOTE_YES_OR_NO = Sentence("a casting vote is yes or no", "ein Stichentscheid ist yes oder no")
PUBLISHED_IS = Sentence("published is {{counts, outcome}}", "published ist {{counts, outcome}}")
COUNTS_ARE = Sentence(
    "published.counts maps options to integers",
    "published.counts ordnet options ganze Zahlen zu",
)
NO_OUTCOME = Sentence(
    "published.outcome cannot be {outcome!r}",
    "published.outcome kann nicht {outcome!r} sein",
)
A_TEXT = Sentence("{name} is a text", "{name} ist ein Text")
A_LIST = Sentence("{name} is a list", "{name} ist eine Liste")
A_FLAG = Sentence("{name} is true or false", "{name} ist true oder false")
NOT_JSON = Sentence("it is not JSON: {error}", "sie ist kein JSON: {error}")
IN_THE_RULE = Sentence("rule: {error}", "rule (Regelprofil): {error}")
A_MEMBER_IS = Sentence(
    "a member is {{id, name, group, weight}}",
    "ein Mitglied ist {{id, name, group, weight}}",
)
A_WEIGHT_IS = Sentence(
    "a weight is an integer from 0, not {weight!r}",
    "ein Gewicht ist eine ganze Zahl ab 0, nicht {weight!r}",
)
MEMBER_TWICE = Sentence(
    "the member {member!r} is listed twice",
    "das Mitglied {member!r} ist zweimal aufgeführt",
)
PRESENT_BUT_NO_MEMBER = Sentence(
    "{member!r} is present, but not among the members",
    "{member!r} ist anwesend, aber nicht unter den members",
)
NOTHING_TO_WITHDRAW = Sentence(
    "{member!r} withdraws a vote that was not given",
    "{member!r} nimmt eine Stimme zurück, die nicht abgegeben wurde",
)
NO_WITHDRAWAL = Sentence(
    "{member!r} withdraws, but the rule allows no vote to be withdrawn",
    "{member!r} nimmt zurück, aber die Regel lässt keine Rücknahme zu",
)
NO_TIME = Sentence(
    "{name} is no time with an offset, like 2018-03-05T10:12:00+01:00: {error}",
    "{name} ist keine Zeit mit Abstand zu UTC, wie 2018-03-05T10:12:00+01:00: {error}",
)
ID_TWICE = Sentence(
    "the id {id!r} stands in this file twice",
    "die Kennung {id!r} steht zweimal in dieser Datei",
)
IN_LINE = Sentence("line {line}: {error}", "Zeile {line}: {error}")
NO_CHANGE = Sentence(
    "{member!r} votes again, but the rule allows no vote to be changed",
    "{member!r} stimmt noch einmal ab, aber die Regel lässt keine Änderung zu",
)
