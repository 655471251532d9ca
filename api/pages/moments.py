"""The point in time that a page is asked for: an entry, a time, or a time on the wall clock."""

from __future__ import annotations

import re
from typing import Any

import marshmallow as ma
from flask import request

from api.context import Context
from api.errors import Unprocessable
from api.schemas.values import Moment
from api.shown.looking import register_at
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


def register_asked(context: Context, zone: str) -> dict[str, Any]:
    """As of which entry register or log are asked about (`at`), and where that is in time (`past`).

    `past` is None for the present. Raises what `moment_asked` and `register_at` raise.
    """
    asked = moment_asked(request.args.get("at", ""), zone)
    at = register_at(context, {} if asked is None else {"at": asked})
    if asked is None:
        return {"at": at, "past": None}
    rows = context.service.views.history(after=at - 1, limit=1) if at >= 0 else []
    return {"at": at, "past": asked if isinstance(asked, str) or not rows else rows[0].at}


def time_zone(context: Context) -> str:
    """The ledger's own, as its first entry says."""
    with context.service.ledger.current() as state:
        return "UTC" if state.register is None else state.register.time_zone
