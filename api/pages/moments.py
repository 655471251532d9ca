"""The point in time that a page is asked for: an entry, a time, or a time on the wall clock."""

from __future__ import annotations

import re

import marshmallow as ma

from api.errors import Unprocessable
from api.schemas.values import Moment
from ledger.telling import civil_instant

_CIVIL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")


def moment_asked(text: str, zone: str) -> int | str | None:
    """The entry or the UTC time that `text` means, None for the present.

    A time without offset is one of the procedure's time zone, as a form sends it. Raises `Unprocessable`,
    or `NoSuchTime` for one that does not exist there or exists twice.
    """
    if not text:
        return None
    if civil := _CIVIL.fullmatch(text):
        return civil_instant("T".join(civil.groups()), zone)
    try:
        found: int | str = Moment("").deserialize(text)
    except ma.ValidationError as error:
        raise Unprocessable({"at": error.messages}, "query") from None
    return found
