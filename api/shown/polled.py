"""What is polled: answers that are made once, and given to everybody who asks while nothing changes.

Nothing here decides that nothing has changed: the views are asked every time, and an answer is remembered
under what they say. So it may be remembered by each process for itself, and after any rebuild.
"""

from __future__ import annotations

import json
from functools import lru_cache
from uuid import UUID

from api import sentences
from api.access.roles import EVERYBODY, HERE, Grant
from api.answered import Answered
from api.context import Context
from api.routes import is_held
from api.schemas.results import TallySchema
from api.shown import present
from api.shown.tallies import counted
from api.shown.visibility import may_see, part_for
from ledger.errors import NotFound
from projections.views import Tallied

_TALLY = TallySchema()


def tally_now(context: Context, procedure: UUID, grant: Grant, held: str | None) -> Answered:
    """The tally as it is now, for who has this grant; 304 if it is among the ETags in `held` (If-None-Match).

    Raises `NotFound`, also where this caller must not see the procedure, and a `StorageError`.
    """
    found = context.service.views.tallied(str(procedure))
    if found is None or not may_see(context, found.procedure, grant):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    found = found.as_of(context.service.ledger.clock())
    resumed = ".resumed" * found.procedure.resumed
    etag = f"{found.procedure.id}.{found.procedure.last_seq}{resumed}" + (".part" if grant.public else "")
    headers = [("ETag", f'"{etag}"'), ("Ledger-Time", context.service.ledger.clock())]
    if is_held(etag, held):
        return Answered(304, headers, b"")
    body = _rendered(found, EVERYBODY if grant.public else HERE)
    described = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    return Answered(200, described + headers, body)


@lru_cache(maxsize=128)
def _rendered(found: Tallied, grant: Grant) -> bytes:
    """For all who see as much of it: the public, or everybody else."""
    shown = _TALLY.dump(present.tally(part_for(found.procedure, grant), counted(found, grant)))
    return (json.dumps(shown, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
