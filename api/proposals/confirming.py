"""What a clerk has confirmed, as statements: read strictly, compared with the register, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from api.proposals import sentences
from api.proposals.proposal import FORMAT
from ledger.errors import BadArgument, Invalid
from ledger.proof.encoding import parse_json
from ledger.proof.shapes import ID

MAX_FILE = 256 * 2**20

Line = Mapping[str, Any]

_SHAPES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "bodies": {"body": str, "name": str},
    "people": {"member": str, "name": str},
    "seats": {"body": str, "member": str, "weight": int, "group": (str, type(None))},
}


class Confirmed(NamedTuple):
    """The lines with `"confirm": true`."""

    bodies: list[Line]
    people: list[Line]
    seats: list[Line]


def read_confirmed(data: bytes) -> Confirmed:
    """The confirmed lines of a proposal's file. Raises `BadArgument`, naming the line, or `TooLarge`.

    Nobody but the clerk has looked at this file, and it came from elsewhere: a slip must not be signed.
    """
    try:
        proposal = parse_json(data, limit=MAX_FILE)
    except Invalid as error:
        raise BadArgument(sentences.NO_PROPOSAL, error=error) from None
    if not isinstance(proposal, dict) or proposal.get("format") != FORMAT:
        raise BadArgument(sentences.FORMAT_IS, format=FORMAT)
    confirmed = Confirmed(*(_lines(proposal, name) for name in Confirmed._fields))
    _require_one_seat_each(confirmed.seats)
    return confirmed


def _lines(proposal: Line, name: str) -> list[Line]:
    lines = proposal.get(name)
    if not isinstance(lines, list):
        raise BadArgument(sentences.LIST_MISSING, name=name)
    for number, line in enumerate(lines):
        if not isinstance(line, dict) or not isinstance(line.get("confirm"), bool):
            raise BadArgument(sentences.CONFIRM_IS, name=name, number=number)
    confirmed = [line for line in lines if line["confirm"]]
    for line in confirmed:
        _check(name, line)
    return confirmed


def _require_one_seat_each(seats: list[Line]) -> None:
    """A chair is often a member by a second membership: which of the two is the seat says the clerk."""
    taken: dict[tuple[str, str], object] = {}
    for seat in seats:
        oparl, place = seat.get("oparl", "?"), (seat["body"], seat["member"])
        if place in taken:
            raise BadArgument(
                sentences.SEAT_TWICE, oparl=oparl, body=place[0], member=place[1], first=taken[place]
            )
        taken[place] = oparl


def _check(name: str, line: Line) -> None:
    for member, kind in _SHAPES[name].items():
        value = line.get(member)
        good = member in line and isinstance(value, kind) and not isinstance(value, bool)
        if good and member in {"body", "member", "group"} and value is not None:
            good = re.fullmatch(ID, str(value)) is not None
        if not good:
            raise BadArgument(sentences.MEMBER_WRONG, name=name, oparl=line.get("oparl", "?"), member=member)
