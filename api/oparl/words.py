"""`AgendaItem.result`: the words that German council information systems use, from outcome and counts."""

from __future__ import annotations

from collections.abc import Mapping

_ADOPTED, _REJECTED = "beschlossen", "abgelehnt"
_PLAIN = {"no-decision": "kein Beschluss", "referred": "verwiesen", "void": "ungültig"}
_STATES = {
    "suspended": "ausgesetzt",
    "objected": "beanstandet",
    "not-ratified": "nicht bestätigt",
    "expired": "außer Kraft",
}
"""What befell a result after it was published."""


def result_word(outcome: str, counts: Mapping[str, int], polarity: str, state: str) -> str:
    """The result in words, e.g. `einstimmig beschlossen`.

    Abstentions leave a vote unanimous, and are named then: some councils call it a majority.
    `polarity` "against": a yes adopted a recommendation to reject the motion.
    """
    word = _word(outcome, counts, polarity)
    return f"{word} ({_STATES[state]})" if state in _STATES else word


def _word(outcome: str, counts: Mapping[str, int], polarity: str) -> str:
    if outcome.startswith("elected:"):
        return "gewählt"
    if outcome not in {"adopted", "rejected"}:
        return _PLAIN[outcome]
    yes, no = counts.get("yes", 0), counts.get("no", 0)
    ayes, noes = (yes, no) if polarity == "for" else (no, yes)
    unanimous = (noes == 0 < ayes) if outcome == "adopted" else (ayes == 0 < noes)
    verb = _ADOPTED if outcome == "adopted" else _REJECTED
    return f"einstimmig {verb}{_abstained(counts.get('abstain', 0))}" if unanimous else f"mehrheitlich {verb}"


def _abstained(count: int) -> str:
    return f" bei {count} Enthaltung{'en' if count > 1 else ''}" if count else ""
