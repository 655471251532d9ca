"""`AgendaItem.result`: the words that German council information systems use, from outcome and counts."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.telling import state_in_words

_ADOPTED, _REJECTED = "beschlossen", "abgelehnt"
_PLAIN = {"no-decision": "kein Beschluss", "referred": "verwiesen", "void": "ungültig"}
_TOLD = frozenset({"suspended", "objected", "not-ratified", "expired"})
"""What befell a result after it was published, and is told with it."""


def result_word(outcome: str, counts: Mapping[str, int], *, unanimous: bool, state: str) -> str:
    """The result in words, e.g. `einstimmig beschlossen`.

    `unanimous` as `ledger.domain.unanimity` says: abstentions leave a vote unanimous, and are named then,
    because some councils call it a majority.
    """
    word = _word(outcome, counts, unanimous=unanimous)
    return f"{word} ({state_in_words(state, 'de')})" if state in _TOLD else word


def _word(outcome: str, counts: Mapping[str, int], *, unanimous: bool) -> str:
    if outcome.startswith("elected:"):
        return "gewählt"
    if outcome not in {"adopted", "rejected"}:
        return _PLAIN[outcome]
    verb = _ADOPTED if outcome == "adopted" else _REJECTED
    return f"einstimmig {verb}{_abstained(counts.get('abstain', 0))}" if unanimous else f"mehrheitlich {verb}"


def _abstained(count: int) -> str:
    return f" bei {count} Enthaltung{'en' if count > 1 else ''}" if count else ""
