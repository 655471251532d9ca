"""The payload of a vote on one item, read in one step.

Nearly all statements are votes, and nearly all votes are on one item: these decide how long it takes to
verify a log. Their canonical form is as fixed as that of an entry, so one regular expression reads it.
What does not match is not refused here: the general parser looks at it and knows the reason. What
matches, both read alike.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ledger.proof.entry import ORIGIN, TIME
from ledger.proof.shapes import ID, LINK, UUID

_NONCE = r"[A-Za-z0-9+/]{21}[AQgw]=="
_SIZE = r"[1-9][0-9]{0,14}"  # below 2^53; a larger one is left to the general parser
_VOTE = re.compile(
    r'\{"actor":"(%s)","ballot":"(%s)","choices":\{"(%s)":"(%s)"\},"issued_at":"(%s)","log":"(%s)",'
    r'"member":"(%s)","nonce":"(%s)","procedure":"(%s)","replaces":(?:null|"(%s)"),'
    r'"seen":(?:null|\{"root":"(%s)","size":(%s)\}),"v":1\}'
    % (
        *(ID.pattern, LINK, ID.pattern, ID.pattern, TIME, ORIGIN),
        *(ID.pattern, _NONCE, UUID.pattern, LINK, LINK, _SIZE),
    )
)


def read_vote(data: bytes) -> dict[str, Any] | None:
    """The values of a vote's payload in canonical form, or None where the general parser has to look."""
    match = _VOTE.fullmatch(data.decode("ascii")) if data.isascii() else None
    if match is None or not _exists(match[5]):
        return None
    actor, ballot, item, option, at, log, member, nonce, procedure, replaces, root, size = match.groups()
    return {
        "actor": actor,
        "ballot": ballot,
        "choices": {item: option},
        "issued_at": at,
        "log": log,
        "member": member,
        "nonce": nonce,
        "procedure": procedure,
        "replaces": replaces,
        "seen": None if root is None else {"root": root, "size": int(size)},
        "v": 1,
    }


def _exists(time: str) -> bool:
    """Whether there is such a day."""
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return False
    return True
