"""What remains when the system refuses one call of a publisher, whichever it is?

strace makes one call after the other fail, in a real process on real files: those that a pass was seen to
make on the published log and on the signer's memory. Whatever the publisher says then, the next one must
finish its work.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.proof.policy import parse_policy
from ledger.proof.signers import Ed25519Signer
from ledger.publish.folder import CHECKPOINT, FOLDER, checkpoint_path
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import open_store
from tests.support.chained import ORIGIN, grow
from tests.support.publish_once import asked
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

TIDIED = {"log/tile/0/000.p", "log/tile/entries/000.p"}
"""Whose partial files are removed when everything is published: that it fails keeps nobody."""

pytestmark = needs_strace


class APass:
    """A ledger in which OLD entries are published and NEW are recorded, and what the next pass calls."""

    def __init__(self, folder: Path, policy: str | None = None) -> None:
        self._original, self.policy = folder / "ledger", policy
        with open_store(str(self._original), create=True) as store, asked(policy) as witnesses:
            grow(store, OLD)
            ALog(store).publisher(witnesses).publish()
            grow(store, NEW)
        with self._copy() as copy:
            trace = copy.with_suffix(".trace")
            self.calls = traced(self._command(copy), trace, copy, FOLDER, SIGNER)

    def refused(self, call: Call, error: str) -> int:
        """How a publisher ends whose call is refused; the next one has finished its work then."""
        with self._copy() as copy:
            trace = copy.with_suffix(".trace")
            code, hit = refusing(self._command(copy), trace, copy, call, error)
            assert hit, f"{call} was not made this time"
            self._check_the_next(copy)
        return code

    def _check_the_next(self, home: Path) -> None:
        kept = home / FOLDER / checkpoint_path(NEW)
        receipts = kept.read_bytes() if kept.exists() else None
        with open_store(str(home)) as store, asked(self.policy) as witnesses:
            log = ALog(store)
            assert log.publisher(witnesses).publish() == NEW
            assert_published(log, NEW)
        assert receipts in (None, kept.read_bytes()), "receipts with other bytes are in use"
        if self.policy is not None:
            for name in (CHECKPOINT, checkpoint_path(NEW)):
                parse_policy(Path(self.policy).read_bytes()).open((home / FOLDER / name).read_bytes())

    def _command(self, home: Path) -> list[str]:
        command = [sys.executable, "-m", "tests.support.publish_once", str(home)]
        return command if self.policy is None else [*command, self.policy]

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        copy = shutil.copytree(self._original, self._original.with_name("copy"))
        try:
            yield copy
        finally:
            shutil.rmtree(copy)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> APass:
    """A pass of a log without witnesses."""
    return APass(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def cosigned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[APass]:
    """A pass of a log with a witness, which is asked for a fresh time as well."""
    folder = tmp_path_factory.mktemp("cosigned")
    with Staff(Ed25519Signer.of(ORIGIN, KEY).verification_key, folder, names=("w1",)) as staff:
        policy = folder / "policy"
        policy.write_text(staff.text("quorum w1"))
        yield APass(folder, str(policy))


def test_no_call_that_changes_a_file_is_left_out(alone: APass, cosigned: APass) -> None:
    """A publisher that handles its files in another way tomorrow is tested in that way."""
    made = {call.name for call in (*alone.calls, *cosigned.calls)}
    assert made - HARMLESS <= set(" ".join(CALLS).split())


@pytest.mark.parametrize("names", CALLS)
def test_whatever_call_fails_the_next_publisher_finishes(alone: APass, names: str) -> None:
    """Every such call of a pass on files of ours, one after the other; of those that read one for each."""
    calls = [call for call in alone.calls if call.name in names.split()]
    if names == "read":
        calls = [call for call in calls if call.number == 1]
    assert calls, "nobody calls this any more"
    for call in calls:
        said = alone.refused(call, CALLS[names])
        assert said == (0 if call.path in TIDIED else 1), "it must say what keeps it, and not fall over"


def test_a_log_with_witnesses_survives_what_only_it_calls(alone: APass, cosigned: APass) -> None:
    """Another note is published than was signed, and replaced by itself with fresh times."""
    errors = {name: error for names, error in CALLS.items() for name in names.split()}
    calls = [call for call in cosigned.calls if call not in set(alone.calls) and call.name in errors]
    assert {Path(call.path).name for call in calls} >= {".new-checkpoint", f".new-{NEW}"}
    for call in calls:
        assert cosigned.refused(call, errors[call.name]) == 1


def test_where_no_file_can_have_two_names_everything_is_published(alone: APass) -> None:
    """Some file systems know no links: then a checkpoint is written twice, and nothing fails."""
    calls = [call for call in alone.calls if call.name in {"link", "linkat"}]
    assert len(calls) == 2
    assert [alone.refused(call, "EPERM") for call in calls] == [0, 0]
