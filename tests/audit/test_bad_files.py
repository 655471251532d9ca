"""Does whatever stands in a file lead to a verdict, or to one error that says what is wrong?

Truncated, empty, oversize, of another kind: never a traceback, and never silence.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cli import main
from ledger.proof.checks import CHECKS
from tests.support.audited import LAST

PUBLISHED = {
    "checkpoint": "8.2",
    "checkpoints/008": "8.2",
    "checkpoints/sizes": "8.11",
    f"tile/0/000.p/{LAST + 1}": "8.7",
    f"tile/entries/000.p/{LAST + 1}": "8.7",
    "tile/0/000.p/8": "8.7",
    "log.vkey": "8.10",
    "policy": "8.10",
}
"""File of an export → the check that fails if it cannot be read."""

CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "a line end": b"\n",
    "zeros": bytes(3000),
    "a page": b"<!DOCTYPE html><html><body>404 Not Found</body></html>\n",
    "no text": bytes(range(256)) * 4,
    "far too long": b"x" * (3 * 1024 * 1024),
}


def verify(*arguments: str) -> tuple[int, Any]:
    """Exit code and JSON of the command; any exception but an exit would be a traceback."""
    done = CliRunner().invoke(main, ["verify", *arguments, "--json"])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code, json.loads(done.stdout) if done.stdout else None


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("content", CONTENTS)
def test_a_file_of_another_kind_is_named_with_the_check(export: Path, name: str, content: str) -> None:
    """What a broken download, a full disk or a web server's error page leaves."""
    (export / name).write_bytes(CONTENTS[content])
    code, found = verify(str(export))
    if name == "checkpoints/sizes" and content in {"empty", "a line end"}:
        assert code == 0  # as if it were missing: it is made anew from the checkpoints
        return
    assert code == 1
    assert PUBLISHED[name] in {one["check"] for one in found["failures"]}


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name not in {"policy", "checkpoints/sizes"}])
def test_a_file_that_breaks_off_is_named_with_the_check(export: Path, name: str) -> None:
    """At any place."""
    data = (export / name).read_bytes()
    for end in range(0, len(data), max(1, len(data) // 40)):
        (export / name).write_bytes(data[:end])
        code, found = verify(str(export))
        assert code == 1
        checks = {one["check"] for one in found["failures"]}
        assert checks & {PUBLISHED[name], "8.2", "8.3", "8.4"}, end


@pytest.mark.parametrize("name", [*PUBLISHED, "checkpoints", "tile", "tile/0", "tile/entries", "documents"])
def test_a_file_or_folder_that_is_gone_leads_to_a_verdict(export: Path, name: str) -> None:
    """Some may be gone, because nothing rests on them; nothing breaks off."""
    path = export / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    code, found = verify(str(export))
    may_be_gone = {"checkpoints/sizes", "log.vkey", "policy", "tile/0/000.p/8"}
    assert (code == 0) == (name in may_be_gone)
    assert all(one["check"] in CHECKS for one in found["failures"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_stands_in_a_file_leads_to_a_verdict(export: Path, data: st.DataObject) -> None:
    """Any bytes in place of some: a verdict with numbered failures, or the same log as before."""
    name = data.draw(st.sampled_from([name for name in PUBLISHED if name != "policy"]))
    path = export / name
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before)))
    put = data.draw(st.binary(max_size=40))
    path.write_bytes(before[:at] + put + before[at + data.draw(st.integers(0, 40)) :])
    try:
        code, found = verify(str(export))
        assert code in {0, 1}
        assert (code == 1) == bool(found["failures"])
        if path.read_bytes() != before and name not in {"checkpoints/sizes", "log.vkey"}:
            assert code == 1
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("option", ["--key", "--policy", "--since", "--state"])
def test_what_an_auditor_names_and_cannot_be_read_is_said(
    export: Path, tmp_path: Path, option: str, content: str
) -> None:
    """Wrong usage, or a failed check of what was kept."""
    path = tmp_path / "named"
    if option == "--state":
        path.mkdir()
        (path / "verified.sqlite").write_bytes(CONTENTS[content])
    else:
        path.write_bytes(CONTENTS[content])
    code, found = verify(str(export), option, str(path))
    if option == "--since":
        assert code == 1
        assert [one["check"] for one in found["failures"]] == ["8.2"]
    else:
        assert code == 2
        assert found is None or found["error"] == "bad-state"


@pytest.mark.parametrize("content", CONTENTS)
def test_a_signers_memory_that_cannot_be_read_is_said(folder: Path, content: str) -> None:
    """Who repaired it with an editor stops the signer: the audit says why."""
    (folder / "signer" / "checkpoint").write_bytes(CONTENTS[content])
    code, found = verify(str(folder))
    assert code == 1
    assert [one["check"] for one in found["failures"]] == ["8.2"]
    assert "the signer's memory" in found["failures"][0]["message"]


RECEIPT = b"c2sp.org/tlog-proof@v1"


@pytest.mark.parametrize(
    "content",
    [
        RECEIPT,
        RECEIPT + b"\n\n",
        RECEIPT + b"\nindex 1\n\n",
        RECEIPT.replace(b"v1", b"v2") + b"\nindex 1\n\nx",
        RECEIPT + b"\n" + b"A" * 3_000_000,
    ],
)
def test_a_receipt_that_cannot_be_read_is_said(tmp_path: Path, export: Path, content: bytes) -> None:
    """One error, with the check."""
    (tmp_path / "receipt").write_bytes(content)
    code, found = verify(str(tmp_path / "receipt"), "--key", str(export / "log.vkey"))
    assert (code, found["error"], found["details"]["check"]) == (1, "proof", "8.8")
