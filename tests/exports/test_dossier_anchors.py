"""Does a time stamp in a dossier show that everything in it is older, and nothing if it is not over it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.export.dossier_verify import verify_dossier
from ledger.export.verdict import Verdict
from ledger.proof.note import parse_note
from ledger.proof.timestamp import Certificates, parse_certificates
from ledger.publish.anchor_files import anchor_path
from tests.support.attacks import ENTRIES, SEQ, TIMED
from tests.support.dossiers import LOG, REGISTER, Files, forged, streams, write
from tests.support.forged_log import edited
from tests.support.tsa import Tsa, openssl

pytestmark = openssl

SIZE = len(ENTRIES)


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    """An authority that verifiers trust."""
    return Tsa(tmp_path_factory.mktemp("tsa"))


def dossier(entries: list[bytes] | None = None) -> Files:
    """An honest dossier, unless other entries are given."""
    found = entries or list(ENTRIES)
    return forged(found, streams(found, REGISTER, TIMED))


def text(files: Files) -> bytes:
    """What is stamped: the checkpoint's text."""
    return parse_note(files["checkpoint"]).text.encode()


def knows(tsa: Tsa) -> Callable[[str], Certificates | None]:
    """Somebody who trusts this authority under its id."""
    return lambda name: parse_certificates(tsa.chain) if name == "tsa1" else None


def judged(files: Files, folder: Path, tsa: Tsa) -> Verdict:
    """The verdict of somebody who knows log and authority."""
    return verify_dossier(write(files, folder), [LOG.verification_key], authorities=knows(tsa))


def found(files: Files, folder: Path, tsa: Tsa) -> list[str]:
    """The checks that fail."""
    return [failure.check for failure in judged(files, folder, tsa).failures]


def test_a_time_stamp_over_the_checkpoint_says_before_when_all_of_it_was_there(
    tmp_path: Path, tsa: Tsa
) -> None:
    """The verdict names the authority and the times; the entries claim earlier ones."""
    files = dossier()
    files[anchor_path(SIZE, "tsa1")] = tsa.stamp(text(files))
    verdict = judged(files, tmp_path, tsa)
    assert verdict.failures == []
    earliest, latest = verdict.stamps["tsa1"]
    assert earliest < latest


def test_without_certificates_a_time_stamp_could_not_be_looked_at(tmp_path: Path, tsa: Tsa) -> None:
    """It is said, and nothing is wrong."""
    files = dossier()
    for name in ("tsa1", "tsa2"):
        files[anchor_path(SIZE, name)] = tsa.stamp(text(files))
    verdict = judged(files, tmp_path, tsa)
    assert ([one.check for one in verdict.failures], verdict.holds, verdict.complete) == (
        ["9.4"],
        True,
        False,
    )
    assert list(verdict.stamps) == ["tsa1"]


def test_a_time_stamp_over_another_checkpoint(tmp_path: Path, tsa: Tsa) -> None:
    """By its name, or by what it stamps."""
    files, other = dossier(), dossier(list(ENTRIES[:-1]))
    stamp = tsa.stamp(text(other))
    assert found({**files, anchor_path(SIZE, "tsa1"): stamp}, tmp_path / "stamp", tsa) == ["9.6"]
    assert found({**files, anchor_path(SIZE - 1, "tsa1"): stamp}, tmp_path / "name", tsa) == ["10.1"]
    assert found({**files, f"anchors/x000/{SIZE:03}/tsa1.tsr": stamp}, tmp_path / "written", tsa) == ["10.1"]


def test_a_time_stamp_of_somebody_else(tmp_path: Path, tsa: Tsa) -> None:
    """The operator's own authority, under the id of a trusted one."""
    files = dossier()
    files[anchor_path(SIZE, "tsa1")] = Tsa(tmp_path / "mine").stamp(text(files))
    assert found(files, tmp_path / "dossier", tsa) == ["9.5"]


@pytest.mark.parametrize("data", [b"", b"token", b"\x30\x03\x02\x01\x02", bytes(70_000)])
def test_a_time_stamp_that_is_none(tmp_path: Path, tsa: Tsa, data: bytes) -> None:
    """One sentence for each."""
    files = dossier()
    files[anchor_path(SIZE, "tsa1")] = data
    assert found(files, tmp_path, tsa) in (["9.3"], ["10.1"])


def test_entries_that_claim_to_be_younger_than_the_time_stamp(tmp_path: Path, tsa: Tsa) -> None:
    """Whoever sets the clock forward is caught by the stamp over it."""
    last = SEQ["timed closing"]
    entries = [*ENTRIES[:last], edited(ENTRIES[last], at="2099-01-01T00:00:00.000Z")]
    files = dossier(entries)
    files[anchor_path(len(entries), "tsa1")] = tsa.stamp(text(files))
    assert found(files, tmp_path, tsa) == ["9.8"]
