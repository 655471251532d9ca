"""Does the command verify a dossier with what its holder has, and say so where it was given too much?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.export.names import KEYS
from ledger.proof.note import parse_note
from ledger.publish.anchor_files import anchor_path
from tests.support.attacks import ENTRIES, TIMED
from tests.support.attacks.stored import WITNESS
from tests.support.audited import log_signer
from tests.support.dossiers import LOG, REGISTER, Files, forged, streams, write, zipped
from tests.support.tsa import Tsa, openssl


def verify(*arguments: object) -> tuple[int, Any]:
    """Exit code and JSON of the command; any exception but an exit would be a traceback."""
    done = CliRunner().invoke(main, ["verify", *map(str, arguments), "--json"])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr


@pytest.fixture
def files() -> Files:
    """An honest dossier of the procedure with the deadline."""
    return forged(ENTRIES, streams(ENTRIES, REGISTER, TIMED))


@pytest.fixture
def folder(files: Files, tmp_path: Path) -> Path:
    """It, as a directory."""
    return write(files, tmp_path / "dossier")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The log's key, from elsewhere."""
    path = tmp_path / "trusted.vkey"
    path.write_text(LOG.verification_key.text + "\n")
    return path


def checks(found: Any) -> list[str]:
    """The checks that fail."""
    return [one["check"] for one in found["failures"]]


@pytest.mark.parametrize("form", ["directory", "ZIP file"])
def test_a_dossier_is_verified_with_the_key_that_is_named_or_with_the_one_beside(
    files: Files, folder: Path, key: Path, tmp_path: Path, form: str
) -> None:
    """And the answer says which one it was: a key that came along shows damage, and no forgery."""
    path = folder if form == "directory" else zipped(sorted(files.items()), tmp_path / "dossier.zip")
    code, found = verify(path, "--key", key)
    assert (code, found["trusted"], found["procedure"], checks(found)) == (0, "given", TIMED, [])
    code, found = verify(path)
    assert (code, found["trusted"], checks(found)) == (0, KEYS, [])


def test_a_dossier_by_a_stranger_holds_with_its_own_key_only(
    files: Files, tmp_path: Path, original: Path
) -> None:
    """That is why the key must come from elsewhere."""
    other = log_signer(original, LOG.verification_key.name).verification_key
    code, found = verify(write(files, tmp_path / "dossier"), "--key", other.text)
    assert (code, "8.3" in checks(found)) == (1, True)


@pytest.mark.parametrize("content", [b"", b"no key\n", b"\xff"])
def test_a_key_file_beside_it_that_is_none_is_a_failed_check(
    files: Files, tmp_path: Path, content: bytes
) -> None:
    """A verdict with its place, and no error."""
    code, found = verify(write({**files, KEYS: content}, tmp_path / "dossier"))
    assert (code, "8.10" in checks(found)) == (1, True)


def test_a_damaged_zip_file_is_said(files: Files, tmp_path: Path) -> None:
    """Whatever a download left of it."""
    path = zipped(sorted(files.items()), tmp_path / "dossier.zip")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    code, found = verify(path)
    assert (code, found["holds"]) == (1, False)


def test_a_policy_that_lists_no_log_needs_the_logs_key(folder: Path, key: Path, tmp_path: Path) -> None:
    """The witnesses of one place, and the key of the log from another."""
    policy = tmp_path / "policy"
    policy.write_text(f"witness w {WITNESS.verification_key.text}\nquorum none\n")
    assert verify(folder, "--policy", policy, "--key", key)[0] == 0
    code, found = verify(folder, "--policy", policy)
    assert (code, found["holds"]) == (1, False)


@openssl
def test_a_time_stamp_counts_under_certificates_that_are_brought_along(
    files: Files, key: Path, tmp_path: Path
) -> None:
    """Without them it could not be looked at: incomplete, and no more."""
    tsa = Tsa(tmp_path / "tsa")
    chain = tmp_path / "tsa.pem"
    chain.write_bytes(tsa.chain)
    text = parse_note(files["checkpoint"]).text.encode()
    files[anchor_path(len(ENTRIES), "tsa1")] = tsa.stamp(text)
    path = write(files, tmp_path / "dossier")
    code, found = verify(path, "--key", key, "--tsa-certificate", f"tsa1={chain}")
    assert (code, list(found["stamps"])) == (0, ["tsa1"])
    code, found = verify(path, "--key", key)
    assert (code, checks(found)) == (3, ["9.4"])


@pytest.mark.parametrize("option", ["--since", "--state", "--incremental", "--full"])
@pytest.mark.parametrize("what", ["a dossier", "a receipt"])
def test_an_option_that_would_be_passed_over_is_refused(
    folder: Path, key: Path, tmp_path: Path, what: str, option: str
) -> None:
    """Nobody must believe that a checkpoint was compared which nobody looked at."""
    receipt = min(folder.glob("entries/*.tlog-proof"))
    values = {"--since": [folder / "checkpoint"], "--state": [tmp_path]}
    target = folder if what == "a dossier" else receipt
    code, said = verify(target, "--key", key, option, *values.get(option, []))
    assert code == 2
    assert f"{option} is for a store or an exported log; this is {what}" in said


def test_an_entry_of_a_dossier_is_a_receipt_by_itself(folder: Path, key: Path) -> None:
    """One vote of it can be handed on, and proves as much as any receipt."""
    for path in sorted(folder.glob("entries/*.tlog-proof"))[:3]:
        code, found = verify(path, "--key", key)
        assert (code, found["seq"]) == (0, int(path.stem))
