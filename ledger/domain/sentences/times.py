"""Why a time is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

EXISTS_TWICE = Sentence(
    "{civil} exists twice in {zone}: {first:utc} and {second:utc}; name the one that is meant",
    "{civil} gibt es in {zone} zweimal: {first:utc} und {second:utc}; den gemeinten Zeitpunkt nennen",
)
DOES_NOT_EXIST = Sentence(
    "{civil} does not exist in {zone}, where the clock is put forward: by the time before the change "
    "it would be {first} ({first:utc}), by the time after it {second} ({second:utc})",
    "{civil} gibt es in {zone} nicht, weil dort die Uhr vorgestellt wird: nach der Zeit vor der "
    "Umstellung wäre es {first} ({first:utc}), nach der Zeit danach {second} ({second:utc})",
)
NO_TIME = Sentence("there is no such time: {civil!r}", "diese Zeit gibt es nicht: {civil!r}")
NOT_WRITTEN_SO = Sentence(
    "there is no such time: {civil!r}; a civil time is written like 2026-01-31T18:00",
    "diese Zeit gibt es nicht: {civil!r}; eine Uhrzeit wird geschrieben wie 2026-01-31T18:00",
)
NO_ZONE = Sentence("no time zone is called {name!r}", "keine Zeitzone heißt {name!r}")
NO_HOLIDAYS = Sentence(
    "no holidays are known for the region {region}; they are for {known}",
    "für {region} sind keine Feiertage bekannt; bekannt sind sie für {known}",
)
