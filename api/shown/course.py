"""What happened with a procedure, in the words in which `stimmbuch tally` tells it."""

from __future__ import annotations

from api.access.caller import caller
from api.context import Context
from api.errors import Busy
from api.shown.looking import Look
from api.shown.tallies import as_it_stood

LARGEST = 1000
"""Seats up to which it is told beside everything else: it is made from all entries of the procedure."""


def course(context: Context, seen: Look, language: str) -> list[str] | None:
    """As of the look; nothing of larger bodies, and None while too many others look back.

    The public is told nothing of it: members are named by their ids.
    """
    if caller().public or seen.view.members > LARGEST:
        return []
    try:
        stood = seen.past or as_it_stood(context, seen.view, seen.at)
    except Busy:
        return None
    return stood.told(language)
