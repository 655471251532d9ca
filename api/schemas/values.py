"""What shapes are made of: numbers, points of the log, times; and what all shapes have in common."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, TypeVar

import marshmallow as ma
from marshmallow import fields

from ledger.rfc3339 import utc

MAX_SEQ = 2**53 - 1
STATES = (
    *("opened", "terminated", "referred", "closed", "determined", "announced", "published"),
    *("ratified", "not-ratified", "suspended", "objected", "expired", "annulled"),
)

PROVENANCES = ("own-key", "proxy", "portal-attested", "clerk-recorded")
"""How a vote came."""

DIGITS = re.compile(r"[0-9]{1,16}")
_NUMBER = re.compile(r"-?[0-9]+")
_BEYOND = 10**16
"""Below 0, or of more digits than `DIGITS` has, every number is refused alike."""
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Digits(fields.Integer):
    """A number in plain ASCII digits: no sign, no spaces, no underscores."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not DIGITS.fullmatch(value):
            if isinstance(value, str) and _NUMBER.fullmatch(value):
                self._validate(-1 if value.startswith("-") else _BEYOND)  # it is one: which ones will do?
            raise self.make_error("invalid", input=value)
        return int(value)


class Moment(fields.String):
    """A point in the log: the number of an entry, or a time, which becomes UTC as entries write it."""

    PATTERN = rf"^({DIGITS.pattern}|{RFC3339.pattern})$"

    def __init__(self, description: str) -> None:
        super().__init__(metadata={"description": description, "pattern": self.PATTERN})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if DIGITS.fullmatch(text):
            return min(int(text), MAX_SEQ)
        return _utc(text, "an entry's number or an RFC 3339 time is expected; write + as %2B")


class Time(fields.String):
    """A time (RFC 3339), which becomes UTC as entries write it."""

    def __init__(self, description: str = "") -> None:
        super().__init__(metadata={"description": description, "pattern": f"^{RFC3339.pattern}$"})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        return _utc(text, "an RFC 3339 time is expected; write + as %2B")


def _utc(text: str, expected: str) -> str:
    if not RFC3339.fullmatch(text):
        raise ma.ValidationError(expected)
    try:
        return utc(datetime.fromisoformat(text.upper()))
    except (ValueError, OverflowError):
        raise ma.ValidationError("there is no such time") from None


class Truth(fields.Boolean):
    """`true` or `false`, and no other spelling."""

    truthy = {"true"}  # noqa: RUF012 marshmallow's own attribute
    falsy = {"false"}  # noqa: RUF012


F = TypeVar("F", bound=fields.Field[Any])


def told(field: F, description: str) -> F:
    """The field, with a description in the OpenAPI document."""
    field.metadata = {**field.metadata, "description": description}
    return field


class Strict(ma.Schema):
    """Unknown members are refused: a misspelt one must not be ignored."""

    class Meta:
        unknown = ma.RAISE


# ── what comes in ──────────────────────────────────────────────────────────────────────────────


class Shown(ma.Schema):
    """Every member is there, if only as null; a later version may add more."""

    class Meta:
        unknown = ma.INCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Documents the member as present."""
        field_obj.required = True
