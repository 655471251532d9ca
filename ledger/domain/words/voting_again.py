"""What a vote that replaces another one is called: changed, or only confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Cast = Mapping[str, Mapping[str, str] | None]
"""Leaf hash of a vote → its choices."""


def kind_of_vote(payload: Mapping[str, Any], cast: Cast) -> str:
    """`vote-cast` for a first one; `vote-confirmed` for the same choices again, on a new ballot paper mostly.

    `vote-changed` for others. `vote-renewed` where one of the two is not told or not in `cast`: to say
    which it was would tell something about what is withheld.
    """
    if payload["replaces"] is None:
        return "vote-cast"
    before, now = cast.get(payload["replaces"]), payload["choices"]
    if before is None or payload["nonce"] is None:
        return "vote-renewed"
    return "vote-confirmed" if before == now else "vote-changed"
