"""What the German prose about a roll call says of its result: numbers, and adopted or rejected.

A weak oracle, so it is read narrowly. A number counts only in the turns of phrase below, which speak of
the whole house and not of one group. Where two phrases name different numbers for the same side, or
sentences end differently and none draws the conclusion, nothing is taken.
"""

from __future__ import annotations

import re

_FILLER = re.compile(r" (?:anwesenden|teilnehmenden|der MdB|MdB|Abgeordneten?|Parlamentarier:innen)\b")
"""Who voted, between the number and the verb: always the same people, so the words are left out."""

_COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<yes>\d{3})(?: von \d{3})? (?:Ja-Stimmen|Zustimmungen)",
        r"(?P<no>\d{3})(?: von \d{3})? (?:Nein-S|Gegens)timmen",
        r"(?:[Mm]it|Mehrheit von) (?P<yes>\d{3})(?: der insgesamt \d{3})? Stimmen [^.]*?angenommen",
        r"(?:[Mm]it|durch|Mehrheit von) (?P<no>\d{3})(?: von \d{3}| Stimmen)+ (?:[^.]*? )?abgelehnt",
        r"gegen (?P<yes>\d{3}) Stimmen [^.]*?abgelehnt",
        r"mit (?P<no>\d{3}) Stimmen gegen den Antrag",
        r"\b(?P<yes>\d{2,3})(?: von \d{3})?(?: stimmten)? (?:mit Ja|dem \w+ zu|zu,|für den Antrag|dafür)",
        r"\b(?P<no>\d{2,3}) (?:stimmten )?(?:mit Nein|lehnten|sprachen sich gegen|dagegen(?! oder))",
        r"(?:dagegen stimmten|abgelehnt haben ihn|Gegen den Antrag [^.]*?stimmten) (?P<no>\d{3})",
        r"\b(?P<abstain>\d+) enthielten sich",
        r"(?:und|bei) (?P<abstain>\d+) Enthaltungen",
    )
)
_RATIO = re.compile(r"mit (\d+) zu (\d+) Stimmen (angenommen|beschlossen|abgelehnt)")
"""Either side may be named first: the larger number is the side that won."""

_SENTENCE = re.compile(r"(?<=[.!?])(?<!Dr\.) +(?=[A-ZÄÖÜ])")
_RESULT = re.compile(
    r"\b(?:wurde|wurden|wird|Bundestag hat|hat der Bundestag)\b(?! lediglich| der Antrag außerdem).*?"
    r"\b(angenommen|beschlossen|zugestimmt|abgelehnt)\b"
    r"|\b(angenommen|abgelehnt) wurde\b(?! der Antrag außerdem)",
    re.IGNORECASE,
)
_CONCLUSION = re.compile(r"\b(?:damit|somit)\b", re.IGNORECASE)


def counts(prose: str) -> dict[str, int]:
    """Option → the number that the prose names for it; options without one, or with two, are left out."""
    text = _FILLER.sub("", prose)
    found = {
        (option, int(number))
        for pattern in _COUNTS
        for match in pattern.finditer(text)
        for option, number in match.groupdict().items()
    }
    for first, second, verb in _RATIO.findall(text):
        won, lost = ("no", "yes") if verb == "abgelehnt" else ("yes", "no")
        found |= {(won, max(int(first), int(second))), (lost, min(int(first), int(second)))}
    named = [option for option, _ in found]
    return {option: number for option, number in sorted(found) if named.count(option) == 1}


def outcome(prose: str) -> str | None:
    """`adopted`, `rejected`, or None where the prose does not say, or says both."""
    said = [(sentence, result) for sentence in _SENTENCE.split(prose) if (result := _result(sentence))]
    concluded = {result for sentence, result in said if _CONCLUSION.search(sentence)}
    results = {result for _, result in said}
    for candidates in (results, concluded):
        if len(candidates) == 1:
            return candidates.pop()
    return None


def _result(sentence: str) -> str | None:
    """What one sentence says; in "the recommendation was adopted and thus the motion rejected" the latter."""
    found = [match[1] or match[2] for match in _RESULT.finditer(sentence)]
    if not found:
        return None
    if _CONCLUSION.search(sentence) and re.search(r"abgelehnt", sentence):
        return "rejected"
    return "rejected" if found[0].lower() == "abgelehnt" else "adopted"
