"""Items that go to a meeting because a secret ballot was demanded: votes there are for those who audit alone.

The entries hold them all the same. A member is told neither what somebody chose there, nor what leads to it:
the statement's handles, and the counts from one entry to the next.
"""

from __future__ import annotations

from api.access.roles import Grant
from projections.views import ProcedureView


def secret_items(procedure: ProcedureView, grant: Grant) -> frozenset[str]:
    """Items of the procedure, as it stands now, on which this caller is told no single vote."""
    return frozenset(procedure.referred) if grant.narrow else frozenset()
