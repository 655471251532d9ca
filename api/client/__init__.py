"""A client of the service: sign, send, send again, verify. Needs no server, no rule and no database of ours.

::

    client = Client("https://ledger.example/v1/ledgers/council", trusted=[log_vkey], token=fresh_token)
    paper = client.paper(procedure)                      # what is decided on; its digest is computed here
    vote = client.prepare("vote-cast", {"actor": "m17", "member": "m17", "procedure": procedure,
                                        "choices": {"1": "yes"}, "ballot": paper.digest})
    receipt = client.submit(vote.sign(key))              # verified before it is returned
    client.tally(procedure, wait_for=receipt.seq)

What can go wrong is told by the classes of `ledger.errors`, those of the service's refusals included:

==========================  ==============================================================================
`Refused`, `Invalid`        the service said no, with its `code`; sending the same again is no use
`Unreachable`               nothing was sent, or nothing had to be stored; ask again
`OutcomeUnknown`            it was sent and no answer came in time: send the same envelope again, always safe
`ProofError`                a receipt, a document or an answer proves something else than it says
`PreparedOtherwise`         what was to be signed is not what was meant; nothing was signed
==========================  ==============================================================================
"""

from __future__ import annotations

from api.client.client import Client
from api.client.papers import Paper
from api.client.patience import Patience
from api.client.prepared import Prepared
from api.client.receipts import Receipt, verify_receipt

__all__ = ["Client", "Paper", "Patience", "Prepared", "Receipt", "verify_receipt"]
