"""What all converters share: one line of a roll-call file, and how foreign names become ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

RollCall = dict[str, Any]
"""One procedure of a roll-call file, as `json.dumps` takes it."""

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9._]+")


def slug(text: str) -> str:
    """`text` as an id: letters, digits, `.`, `_` and `-` of ASCII, at most 64 of them.

    ä, ö, ü and ß are written out (two letters), other accents are dropped, everything else becomes
    a single hyphen. Different texts may give the same id: the caller's tests look for that.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN)).encode("ascii", "ignore").decode()
    return _NOT_IN_AN_ID.sub("-", plain).strip("-._")[:64]


def member(id_: str, name: str, group: str | None = None) -> dict[str, Any]:
    """One member of the electorate; the group only where the source knows it."""
    return {"id": id_, "name": name} | ({"group": group} if group else {})


def casts(choices: Iterable[tuple[str, str | None]]) -> list[dict[str, Any]]:
    """The casts of (member id, option) pairs; an option of None is a member who did not vote."""
    return [{"member": who, "choice": choice} for who, choice in choices if choice is not None]


def published(counts: Mapping[str, int], outcome: str | None) -> dict[str, Any]:
    """What was officially published: only the numbers that were named, the outcome only where sure."""
    said: dict[str, Any] = {}
    if counts:
        said["counts"] = dict(counts)
    if outcome is not None:
        said["outcome"] = outcome
    return said
