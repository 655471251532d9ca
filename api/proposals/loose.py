"""OParl objects as they are found in the world: members missing, of wrong types, or of somebody's own.

Only the members that are named here are looked at; a value of another type counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from api.proposals import sentences
from ledger.errors import NotCanonical

MAX_TEXT = 2000
"""Characters of a name or title; longer ones are no names."""
MAX_DEPTH = 8
"""Objects within objects: the specification needs three."""

MAX_ID = 64

_TYPE = re.compile(r"https?://(?:schema\.oparl\.org|oparl\.org/schema)/1\.[01]/([A-Za-z]{1,40})")
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._-]+")

Object = Mapping[str, Any]


def parse(data: bytes, where: str) -> Any:
    """The JSON of a page or a file. Raises `NotCanonical`."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise NotCanonical(sentences.NO_JSON, where=where) from None


def kind(one: Object) -> str | None:
    """The type of an object by its OParl name, None if it says none."""
    match = _TYPE.fullmatch(text(one, "type") or "")
    return match[1] if match else None


def text(one: Object, name: str) -> str | None:
    """A text on one line, without what steers a terminal; None where there is none, or something else."""
    value = one.get(name)
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return None
    try:
        value.encode("utf-8")
    except UnicodeError:
        return None
    return " ".join("".join(c for c in value if c.isprintable() or c.isspace()).split()) or None


def web_address(one: Object, name: str) -> str | None:
    """The text, if it is an address that a browser fetches, and nothing that it runs."""
    value = text(one, name)
    try:
        parts = urlsplit(value or "")
    except ValueError:
        return None
    return value if parts.scheme in {"http", "https"} and parts.netloc else None


def day(text: str) -> date | None:
    """The day that a text names, also where a time stands behind it."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def number(one: Object, name: str) -> int | None:
    """A whole number from 0."""
    value = one.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def truth(one: Object, name: str) -> bool | None:
    """True or false, None where it is not said."""
    value = one.get(name)
    return value if isinstance(value, bool) else None


def texts(one: Object, name: str) -> list[str]:
    """The texts of a list."""
    value = one.get(name)
    wrapped = ({"one": each} for each in value) if isinstance(value, list) else ()
    return [found for each in wrapped if (found := text(each, "one"))]


def objects(value: Any, depth: int = MAX_DEPTH) -> Iterator[Object]:
    """Every object with a type in a value, outer ones first; also within list pages and other objects.

    A membership within a person need not say whose it is (OParl, "Interne Ausgabe"): it is told here.
    """
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from objects(each, depth - 1)
    elif isinstance(value, dict):
        if kind(value) is not None:
            yield value
        for name, each in value.items():
            if not isinstance(each, (dict, list)) or ":" in str(name):  # what a vendor added is not OParl
                continue
            whose = {"person": value.get("id")} if name == "membership" and kind(value) == "Person" else {}
            yield from ({**whose, **inner} for inner in objects(each, depth - 1))


class Ids:
    """Ids for entries from the addresses of objects: two addresses never get the same one."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}

    def of(self, address: str) -> str:
        """The last two parts of the address; with a digest where these are no id, or another address's."""
        if address not in self._of:
            parts = [part for part in _path(address).split("/") if part][-2:]
            name = _NOT_IN_IDS.sub("-", "-".join(parts)).strip("-._")
            digest = hashlib.sha256(address.encode()).hexdigest()[:16]
            if not name or len(name) > MAX_ID or name in self._of.values():
                name = f"{name[: MAX_ID - 17]}-{digest}".lstrip("-")
            self._of[address] = name
        return self._of[address]


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
