"""Instants of a procedure on its wall clock, in words."""

from __future__ import annotations

from ledger import wall_clock
from ledger.domain.civil_time import zone_of
from ledger.domain.procedure import Procedure


def civil(procedure: Procedure, at: str, language: str) -> str:
    """When something happened. Raises `NoSuchTime` for a zone that does not exist."""
    return wall_clock.shown(at, zone_of(procedure.opening["time_zone"]).key, language)


def civil_end(procedure: Procedure, at: str, language: str) -> str:
    """When something ends: 24:00, where it is with a day. Raises as `civil` does."""
    return wall_clock.shown_end(at, zone_of(procedure.opening["time_zone"]).key, language)
