"""The payload of a vote on one item, read in one step.

Nearly all statements are votes, and nearly all votes are on one item: these decide how long it takes to
verify a log. Their canonical form is as fixed as that of an entry, so one regular expression reads it.
What does not match is not refused here: the general parser looks at it and knows the reason. What
matches, both read alike. Writing goes the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from ledger.proof.entry import ORIGIN, TIME
from ledger.proof.shapes import ID, LINK, UUID

NONCE = r"[A-Za-z0-9+/]{21}[AQgw]=="
"""Base64 of 16 bytes."""

_SIZE = r"[1-9][0-9]{0,14}"  # below 2^53; a larger one is left to the general parser
_TIME = re.compile(TIME)
_VOTE = re.compile(
    r'\{"actor":"(%s)","ballot":"(%s)","choices":\{"(%s)":"(%s)"\},"issued_at":"(%s)","log":"(%s)",'
    r'"member":"(%s)","nonce":"(%s)","procedure":"(%s)","replaces":(?:null|"(%s)"),'
    r'"seen":(?:null|\{"root":"(%s)","size":(%s)\}),"v":1\}'
    % (
        *(ID.pattern, LINK, ID.pattern, ID.pattern, "[0-9TZ:.-]{24}", ORIGIN),  # see `time_exists`
        *(ID.pattern, NONCE, UUID.pattern, LINK, LINK, _SIZE),
    )
)

_VOTES = re.compile(f"{_VOTE.pattern}$|^.*$", re.MULTILINE)

Members = tuple[str, str, str, str, str, str, str, str, str, str, str, str]
"""The values of a vote in the order of its bytes, without `v`; the two of `seen` one by one; "" for null."""

PROCEDURE: Final = 8
"""Which of them these are."""


def read_vote(data: bytes) -> dict[str, Any] | None:
    """The values of a vote's payload in canonical form, or None where the general parser has to look."""
    members = match_vote(data)
    return None if members is None else vote_payload(members)


def match_vote(data: bytes) -> Members | None:
    """The same values, in the order of the bytes."""
    match = _VOTE.fullmatch(data.decode("ascii")) if data.isascii() else None
    members: Any = None if match is None else match.groups("")
    return members if members and time_exists(members[4]) else None


def match_votes(payloads: Sequence[bytes]) -> list[Members | None]:
    """The same of many, in less time: all in one match, a line for each."""
    joined = b"\n".join(payloads)
    found = _VOTES.findall(joined.decode("ascii")) if joined.isascii() else []
    if len(found) != len(payloads):  # in one of them a line ends, or stands what is not ASCII
        return list(map(match_vote, payloads))
    return [members if members[0] and time_exists(members[4]) else None for members in found]


def vote_payload(members: Members) -> dict[str, Any]:
    """The payload of these values."""
    actor, ballot, item, option, at, log, member, nonce, procedure, replaces, root, size = members
    return {
        "actor": actor,
        "ballot": ballot,
        "choices": {item: option},
        "issued_at": at,
        "log": log,
        "member": member,
        "nonce": nonce,
        "procedure": procedure,
        "replaces": replaces or None,
        "seen": {"root": root, "size": int(size)} if size else None,
        "v": 1,
    }


def write_vote(payload: dict[str, Any]) -> bytes | None:
    """The canonical bytes of a vote's payload, or None where the general encoder has to write or refuse it.

    Nothing is checked or escaped here: returned is only what reads again as the very same values.
    """
    try:
        [(item, option)] = payload["choices"].items()
        replaces = "null" if payload["replaces"] is None else f'"{payload["replaces"]}"'
        seen = payload["seen"]
        shown = "null" if seen is None else f'{{"root":"{seen["root"]}","size":{seen["size"]}}}'
        data = (
            f'{{"actor":"{payload["actor"]}","ballot":"{payload["ballot"]}","choices":{{"{item}":"{option}"}},'
            f'"issued_at":"{payload["issued_at"]}","log":"{payload["log"]}","member":"{payload["member"]}",'
            f'"nonce":"{payload["nonce"]}","procedure":"{payload["procedure"]}","replaces":{replaces},'
            f'"seen":{shown},"v":{payload["v"]}}}'
        ).encode()
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
    return data if read_vote(data) == payload else None


@lru_cache(maxsize=256)
def time_exists(text: str) -> bool:
    """Whether this is an instant of the calendar, as entries write it: the votes of a batch have one."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return _TIME.fullmatch(text) is not None
