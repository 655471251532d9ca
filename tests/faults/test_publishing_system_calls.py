"""What remains when the system refuses one call of a publisher, whichever it is?

strace makes one call after the other fail, in a real process on real files: those that a pass was seen to
make on the published log and on the signer's memory. Whatever the publisher says then, the next one must
finish its work.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from ledger.proof.policy import parse_policy
from ledger.proof.signers import Ed25519Signer
from ledger.publish.folder import CHECKPOINT, FOLDER, checkpoint_path
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import open_store
from tests.support.chained import ORIGIN, grow
from tests.support.publish_once import POLICY, asked
from tests.support.publishing import KEY, ALog, assert_published
from tests.support.strace import HARMLESS, Call, needs_strace, refusing, traced
from tests.support.witnessing import Staff

CALLS = {
    "open openat openat2": "EIO",
    "read": "EIO",
    "write": "ENOSPC",
    "ftruncate": "EIO",
    "fsync": "EIO",
    "rename renameat renameat2": "EIO",
    "link linkat": "EIO",
    "unlink unlinkat rmdir": "EIO",
    "mkdir mkdirat": "ENOSPC",
    "flock": "ENOLCK",
}
"""What is refused, under all names that it has on one machine or another, and what the system says."""

OLD, NEW = 255, 257

PUBLISH = (sys.executable, "-m", "tests.support.publish_once")

TIDIED = {"log/tile/0/000.p", "log/tile/entries/000.p"}
"""Whose partial files are removed when everything is published: that it fails keeps nobody."""

pytestmark = needs_strace


class APass:
    """A ledger in which OLD entries are published and NEW are recorded, and what the next pass calls."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._policy = folder, folder / POLICY
        with open_store(str(folder / "ledger"), create=True) as store, asked(self._policy) as witnesses:
            grow(store, OLD)
            ALog(store).publisher(witnesses).publish()
            grow(store, NEW)
        copy = self._copy("traced")
        self.calls = traced([*PUBLISH, str(copy)], folder / "trace", copy, FOLDER, SIGNER)

    def refused(self, calls: Iterable[Call], error: str) -> dict[Call, int]:
        """How publishers end that have one of these calls refused each; the next ones finish their work."""
        said = {}
        for _, alike in groupby(sorted(calls, key=_like), _like):
            said.update(self._refused(list(alike), error))
        return said

    def _refused(self, calls: list[Call], error: str) -> dict[Call, int]:
        copies = {self._copy(f"copy-{number}"): call for number, call in enumerate(calls)}
        command, traces = [*PUBLISH, *map(str, copies)], self._folder / "traces"
        said, hit = refusing(command, traces, copies, error)
        shutil.rmtree(traces)
        assert hit == set(copies), "a call was not made this time"
        codes = json.loads(said)
        for copy in copies:
            self._check_the_next(copy)
            shutil.rmtree(copy)
        return {call: codes[str(copy)] for copy, call in copies.items()}

    def _copy(self, name: str) -> Path:
        return shutil.copytree(self._folder / "ledger", self._folder / name)

    def _check_the_next(self, home: Path) -> None:
        kept = home / FOLDER / checkpoint_path(NEW)
        receipts = kept.read_bytes() if kept.exists() else None
        with open_store(str(home)) as store, asked(self._policy) as witnesses:
            log = ALog(store)
            assert log.publisher(witnesses).publish() == NEW
            assert_published(log, NEW)
        assert receipts in (None, kept.read_bytes()), "receipts with other bytes are in use"
        if self._policy.exists():
            for name in (CHECKPOINT, checkpoint_path(NEW)):
                parse_policy(self._policy.read_bytes()).open((home / FOLDER / name).read_bytes())


def _like(call: Call) -> tuple[str, int]:
    return call.name, call.number


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> APass:
    """A pass of a log without witnesses."""
    return APass(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def cosigned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[APass]:
    """A pass of a log with a witness, which is asked for a fresh time as well."""
    folder = tmp_path_factory.mktemp("cosigned")
    with Staff(Ed25519Signer.of(ORIGIN, KEY).verification_key, folder, names=("w1",)) as staff:
        (folder / POLICY).write_text(staff.text("quorum w1"))
        yield APass(folder)


def test_no_call_that_changes_a_file_is_left_out(alone: APass, cosigned: APass) -> None:
    """A publisher that handles its files in another way tomorrow is tested in that way."""
    made = {call.name for call in (*alone.calls, *cosigned.calls)}
    assert made - HARMLESS <= set(" ".join(CALLS).split())


@pytest.mark.parametrize("names", CALLS)
def test_whatever_call_fails_the_next_publisher_finishes(alone: APass, names: str) -> None:
    """Every such call of a pass on a file or folder of ours: the publisher says what keeps it."""
    calls = [call for call in alone.calls if call.name in names.split()]
    assert calls, "nobody calls this any more"
    said = alone.refused(calls, CALLS[names])
    assert said == {call: 0 if call.path in TIDIED else 1 for call in calls}


def test_a_log_with_witnesses_survives_what_only_it_calls(alone: APass, cosigned: APass) -> None:
    """Another note is published than was signed, and replaced by itself with fresh times."""
    calls = [call for call in cosigned.calls if call not in set(alone.calls)]
    said = {}
    for names, error in CALLS.items():
        said.update(cosigned.refused((call for call in calls if call.name in names.split()), error))
    assert {Path(call.path).name for call in said} >= {".new-checkpoint", f".new-{NEW}"}
    assert set(said.values()) == {1}


def test_where_no_file_can_have_two_names_everything_is_published(alone: APass) -> None:
    """Some file systems know no links: then a checkpoint is written twice, and nothing fails."""
    calls = [call for call in alone.calls if call.name in {"link", "linkat"}]
    assert len(calls) == 2
    assert alone.refused(calls, "EPERM") == dict.fromkeys(calls, 0)
