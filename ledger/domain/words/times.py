"""Instants of a procedure on its wall clock, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.domain.civil_time import zone_of
from ledger.domain.procedure import Procedure
from ledger.domain.words import LANGUAGES


def civil(procedure: Procedure, at: str, language: str) -> str:
    """When something happened."""
    return _local(procedure, at).strftime(LANGUAGES[language].TIME)


def civil_end(procedure: Procedure, at: str, language: str) -> str:
    """When something ends: with a day it is 24:00 of that day (BGB § 188 Abs. 1), not 0:00 of the next."""
    local = _local(procedure, at)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return (local - timedelta(days=1)).strftime(LANGUAGES[language].MIDNIGHT)
    return local.strftime(LANGUAGES[language].TIME)


def _local(procedure: Procedure, at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(zone_of(procedure.opening["time_zone"]))
