"""Is every single bit of a receipt protected, and every file of a dossier?"""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from api.wiring import open_publication
from ledger.audit.receipt import verify_receipt
from ledger.errors import ProofError
from ledger.proof.checks import CHECKS
from ledger.storage import open_store
from tests.support.attacks.dossiers import full
from tests.support.audited import VOTE, get, log_signer
from tests.support.builders import ORIGIN
from tests.support.dossiers import findings, write
from tests.support.flips import flips

IRRELEVANT = {"README.txt": "for people; nothing in it is read by a program"}
"""Files of a dossier that nothing protects, and why."""


def test_every_bit_of_a_receipt(original: Path) -> None:
    """Refused with the number of a check: none of its bits is without meaning."""
    key = log_signer(original).verification_key
    with closing(open_store(str(original))) as store:
        receipt = open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))
    for at, changed in flips(receipt):
        with pytest.raises(ProofError) as refused:
            verify_receipt(changed, [key])
        assert refused.value.check in CHECKS, at


def test_bits_of_every_file_of_a_dossier(tmp_path: Path) -> None:
    """Some of each file: a failed check, and where it concerns one entry, that entry."""
    luck, files = random.Random(2), full()
    folder = write(files, tmp_path)
    assert findings(folder) == []
    for name in sorted(files.keys() - IRRELEVANT.keys()):
        data = files[name]
        for at in luck.sample(range(len(data)), min(12, len(data))):
            (folder / name).write_bytes(
                data[:at] + bytes([data[at] ^ 1 << luck.randrange(8)]) + data[at + 1 :]
            )
            failed = findings(folder)
            assert failed, (name, at)
            if name.startswith("entries/"):
                assert int(Path(name).stem) in {seq for _, seq in failed}
        (folder / name).write_bytes(data)
    assert findings(folder) == []
