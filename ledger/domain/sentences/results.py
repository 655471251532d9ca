"""Why a step in the life of a result is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

AFTER_THE_CLOSING = Sentence(
    "a result is determined after the closing",
    "ein Ergebnis wird nach dem Schluss festgestellt",
)
DETERMINED_ALREADY = Sentence("the result is determined already", "das Ergebnis ist bereits festgestellt")
NO_LOT = Sentence(
    "on item {item} no lot decides, or not for {lot}",
    "zu Punkt {item} entscheidet kein Los, oder nicht für {lot}",
)
LOT_DECIDES = Sentence(
    "on item {item} equally many votes are cast, and the lot decides: name it in `lots`",
    "zu Punkt {item} sind gleich viele Stimmen abgegeben, und das Los entscheidet: es steht unter `lots`",
)
RESULT_FOLLOWS = Sentence(
    "the {name} that follows from the entries is {value}",
    "aus den Einträgen folgt für {name}: {value}",
)
ANNOUNCED_ALREADY = Sentence("the result is announced already", "das Ergebnis ist bereits mitgeteilt")
MEMBERS_FIRST = Sentence("the members are told first", "zuerst wird es den Mitgliedern mitgeteilt")
PUBLISHED_ALREADY = Sentence("the result is published already", "das Ergebnis ist bereits bekannt gemacht")
PUBLIC_ALREADY = Sentence(
    "item {item} is public, and that is not taken back",
    "Punkt {item} ist öffentlich, und das wird nicht zurückgenommen",
)
PUBLIC_BY_TWO = Sentence(
    "that items become public is signed by a second clerk or chair too (`witness`)",
    "dass Punkte öffentlich werden, unterschreibt auch eine zweite Person aus Sitzungsdienst oder Vorsitz"
    " (`witness`)",
)
NO_WITNESS_NEEDED = Sentence(
    "a second person signs only where items become public (`made_public`)",
    "eine zweite Person unterschreibt nur, wo Punkte öffentlich werden (`made_public`)",
)
A_CONFIRMATION = Sentence("a confirmation by a meeting", "eine Bestätigung durch eine Sitzung")
RATIFIED_ALREADY = Sentence(
    "a meeting has decided about it already",
    "eine Sitzung hat darüber bereits entschieden",
)
SUSPENSION_ENDS = Sentence("a suspension ends later than {at}", "eine Aussetzung endet später als {at}")
CHAIR_OBJECTED = Sentence("the chair objected already", "der Vorsitz hat bereits beanstandet")
NO_CONDITION = Sentence("item {item} has no condition", "Punkt {item} hat keine Bedingung")
CONDITION_MET = Sentence(
    "the condition of item {item} is met already",
    "die Bedingung von Punkt {item} ist bereits eingetreten",
)
EXPIRED_ALREADY = Sentence("item {item} has expired already", "Punkt {item} ist bereits abgelaufen")
RESULT_STANDS_IN = Sentence("the result stands in {current}", "das Ergebnis steht in {current}")
RESULT_IS_THAT = Sentence(
    "the result of item {item} is already: {result}",
    "das Ergebnis von Punkt {item} ist bereits: {result}",
)
ANNULLED_AFTER = Sentence(
    "only a closed result can be annulled",
    "nur ein geschlossenes Ergebnis kann aufgehoben werden",
)
ANNULLED_ALREADY = Sentence("the result is annulled already", "das Ergebnis ist bereits aufgehoben")
NOTHING_DETERMINED = Sentence("no result is determined yet", "noch ist kein Ergebnis festgestellt")
ANNULLED = Sentence("the result is annulled", "das Ergebnis ist aufgehoben")
ENDS = Sentence("item {item} ends at {ends:end}", "Punkt {item} endet {ends:end}")
NO_END = Sentence("item {item} is not limited in time", "Punkt {item} ist nicht befristet")
NEXT_END = Sentence("the next resolution ends at {ends:end}", "der nächste Beschluss endet {ends:end}")
NOTHING_TO_END = Sentence("no resolution has an end to come", "kein Beschluss hat ein Ende vor sich")
