"""What the pages of the register show: the same as the calls, as of an entry or a time."""

from __future__ import annotations

from typing import Any

from flask import request

from api.context import Context
from api.pages.moments import register_asked, time_zone
from api.pages.speech import Speech
from api.shown import registered

PEOPLE = 100
"""People on one page."""

SEATS = 500
"""Seats on one page."""


def whole_register(context: Context) -> dict[str, Any]:
    """Bodies, the log's keys, and a page of people with the lives of their keys."""
    zone = time_zone(context)
    asked = register_asked(context, zone)
    people = registered.people(context, asked["at"], after=_after(), limit=PEOPLE)
    keys = [key for person in people["data"] for key in person["keys"]]
    names = context.directory.people({one for key in keys for one in (key["by"], key["ended_by"]) if one})
    return {
        **asked,
        **registered.register(context, asked["at"]),
        "say": Speech(zone),
        "zone": zone,
        "people": people,
        "names": names,
        "first": not _after(),
    }


def seats_of(context: Context, body: str) -> dict[str, Any]:
    """The seats of a body. Raises `NotFound`."""
    zone = time_zone(context)
    asked = register_asked(context, zone)
    found = registered.seats(context, body, asked["at"], after=_after(), limit=SEATS)
    names = context.directory.people({one for seat in found["data"] for one in seat["substitutes"]})
    return {
        **asked,
        "say": Speech(zone),
        "zone": zone,
        "seats": found,
        "names": names,
        "name": context.directory.bodies([body]).get(body),
    }


def _after() -> str:
    return request.args.get("after", "")
