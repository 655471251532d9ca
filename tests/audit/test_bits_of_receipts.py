"""Is every single bit of a receipt protected?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from api.wiring import open_publication
from ledger.audit.receipt import verify_receipt
from ledger.errors import ProofError
from ledger.proof.checks import CHECKS
from ledger.storage import open_store
from tests.support.audited import VOTE, get, log_signer
from tests.support.builders import ORIGIN
from tests.support.flips import flips


def test_every_bit_of_a_receipt(original: Path) -> None:
    """Refused with the number of a check: none of its bits is without meaning."""
    key = log_signer(original).verification_key
    with closing(open_store(str(original))) as store:
        receipt = open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))
    for at, changed in flips(receipt):
        with pytest.raises(ProofError) as refused:
            verify_receipt(changed, [key])
        assert refused.value.check in CHECKS, at
