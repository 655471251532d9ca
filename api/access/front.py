"""The gate for addresses that belong to no ledger, or to one that is not open here.

What is there (the list of ledgers, how they are, that there is nothing) is for those who may ask for it in
one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from wsgiref.types import WSGIEnvironment

from api.access.gate import Gate
from api.access.roles import Grant
from api.access.sentences import credentials
from api.access.table import Who
from ledger.errors import (
    AccessNotConfigured,
    CredentialInvalid,
    CredentialMissing,
    Denied,
    StimmbuchError,
    StorageError,
)

_VAGUE: tuple[type[StimmbuchError], ...] = (
    AccessNotConfigured,
    CredentialMissing,
    CredentialInvalid,
    StorageError,
    Denied,
)
"""From what says least about a credential to what says most."""


def admit_to_front(
    gates: Collection[Gate], environ: WSGIEnvironment, who: Who, address: Mapping[str, object]
) -> Grant:
    """What the first gate grants that lets the caller in. Raises what says most of why none does."""
    why: StimmbuchError = AccessNotConfigured(credentials.NO_LEDGER_OPEN)
    for gate in gates:
        try:
            return gate.admit(environ, who, address)
        except StimmbuchError as error:
            why = max(why, error, key=_rank)
    raise why


def _rank(error: StimmbuchError) -> int:
    return next(rank for rank, kind in enumerate(_VAGUE) if isinstance(error, kind))
