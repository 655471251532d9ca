"""Is a clerk told in a sentence what is wrong with a council information system, or with a file?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.proposals import loose

NOBODY = "http://127.0.0.1:1/oparl"


def propose(source: str, target: Path, *options: str) -> Result:
    """`stimmbuch oparl propose`."""
    return CliRunner().invoke(main, ["oparl", "propose", source, "--to", str(target), *options])


@pytest.mark.parametrize("content", [b"<html>", b"\xff", b"[" * 20_000])
def test_what_another_system_says_is_not_compared_with_our_format(tmp_path: Path, content: bytes) -> None:
    """The clerk cannot mend it, and FORMAT.md says nothing about OParl."""
    (tmp_path / "dump.json").write_bytes(content)
    done = propose(str(tmp_path / "dump.json"), tmp_path / "proposal")
    assert (done.exit_code, "dump.json" in done.stderr, "Nothing was written" in done.stderr) == (
        2,
        True,
        True,
    )
    assert not (tmp_path / "proposal").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff", b"Basic x\r\nX-More: 1", b"Basic x\ny", b"Basic \x00"]
)
def test_a_credential_that_is_none_is_refused_before_anybody_is_asked(tmp_path: Path, content: bytes) -> None:
    """In a sentence that does not show it; a second line would be a header of its own."""
    (tmp_path / "secret").write_bytes(content)
    options = ["--private-address", "--authorization-file", str(tmp_path / "secret")]
    done = propose(NOBODY, tmp_path / "proposal", *options)
    assert (done.exit_code, "secret" in done.stderr, "Basic" in done.stderr) == (2, True, False)


@pytest.mark.parametrize("time", ["yesterday", "2026-03-01", "2026-03-01T00:00:00", ""])
def test_news_are_asked_for_since_a_time(tmp_path: Path, time: str) -> None:
    """A server that does not understand it may give everything, or nothing."""
    done = propose(NOBODY, tmp_path / "proposal", "--private-address", "--modified-since", time)
    assert (done.exit_code, "--modified-since" in done.stderr) == (2, True)


def test_a_name_does_not_steer_the_clerks_terminal() -> None:
    """Whose key is missing is printed with the name that a server gave."""
    name = json.loads('"Anna\\u001b[31m \\u202eretsuM\\u0007"')
    assert loose.text({"name": name}, "name") == "Anna[31m retsuM"


def test_a_file_that_a_clerk_may_have_edited_is_not_replaced(tmp_path: Path) -> None:
    """What was corrected and confirmed in it is an afternoon's work; --force says that it may go."""
    (tmp_path / "dump.json").write_text("[]")
    target = tmp_path / "proposal.json"
    target.write_text("corrected by hand")
    done = propose(str(tmp_path / "dump.json"), target)
    assert (done.exit_code, "--force" in done.stderr, str(target) in done.stderr) == (2, True, True)
    assert target.read_text() == "corrected by hand"
    german = CliRunner().invoke(
        main, ["--lang", "de", "oparl", "propose", str(tmp_path / "dump.json"), "--to", str(target)]
    )
    assert (german.exit_code, "bestätigt" in german.stderr) == (2, True)
    assert propose(str(tmp_path / "dump.json"), target, "--force").exit_code == 0
    assert json.loads(target.read_text())["bodies"] == []
    assert propose(str(tmp_path / "dump.json"), Path("/dev/null")).exit_code == 0


def test_a_file_that_is_there_is_refused_before_the_server_is_asked(tmp_path: Path) -> None:
    """Reading a large council takes an hour."""
    (tmp_path / "proposal").write_text("corrected by hand")
    done = propose(NOBODY, tmp_path / "proposal", "--private-address")
    assert (done.exit_code, "--force" in done.stderr) == (2, True)


@pytest.mark.parametrize("minutes", ["0", "-1", "1441", "x", ""])
def test_the_time_limit_has_bounds(tmp_path: Path, minutes: str) -> None:
    """No limit is no choice."""
    done = propose(NOBODY, tmp_path / "proposal", "--private-address", "--within", minutes)
    assert (done.exit_code, "--within" in done.stderr) == (2, True)
