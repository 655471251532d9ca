"""What of an entry is not told: choices and counts until the closing, single votes of a secret ballot.

The one rule of it, for the API, the pages and the reports. Whether a procedure is withheld, and on which
items votes are secret for whom, is decided by those who ask (`api/shown/`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

COUNTING = ("choices", "tally")
"""Members of a payload that say what was chosen."""

HANDLE = "nonce"
"""With it everybody could compute the statement's digest for each option, and see which has a receipt."""


def without_choices(
    payload: Mapping[str, Any], *, withheld: bool, secret: Collection[str] = ()
) -> dict[str, Any] | None:
    """The payload without what must not be told, and without its nonce; None where all of it may be told.

    `withheld`: neither choices nor counts; otherwise no choice on the items in `secret`. Whoever gets another
    payload must not get the statement's digest either: it leads to the receipt, which holds the choice.
    """
    hidden = _hidden(payload, withheld, secret)
    return {**payload, **hidden, HANDLE: None} if hidden else None


def _hidden(payload: Mapping[str, Any], withheld: bool, secret: Collection[str]) -> dict[str, Any]:
    """What stands instead."""
    if withheld:
        return {name: None for name in COUNTING if name in payload}
    choices = payload.get("choices") or {}
    left = {item: option for item, option in choices.items() if item not in secret}
    return {} if left == choices else {"choices": left or None}
