"""Does the first page tell the truth?"""

import re
import shutil
from pathlib import Path

import pytest

from tests.support.shared import CHECKOUT
from tests.support.transcript import Terminal

README = CHECKOUT / "README.md"
BLOCKS = re.findall(r"```console\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


def test_the_first_page_shows_one_vote_one_verification_and_one_refusal() -> None:
    """Who reads only the first screen has seen the whole promise."""
    commands = re.findall(r"^\$ .*", "\n".join(BLOCKS), re.MULTILINE)
    assert any("submit" in command and "--receipt" in command for command in commands)
    assert any("verify" in command for command in commands)
    assert sum(block.count("\n? 1") for block in BLOCKS) == 2


def test_the_commands_of_the_first_page_do_what_it_says(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bytecode: Path
) -> None:
    """The blocks are run one after the other, in a folder with the demonstration ledger."""
    programs = tmp_path_factory.mktemp("bin")
    terminal = Terminal(tmp_path, programs, bytecode)
    if shutil.which("sqlite3") is None:  # the program is only a way to reach the file: `sql` is another
        (programs / "sqlite3").symlink_to(programs / "sql")
    assert terminal.run("stimmbuch demo --store var/demo").returncode == 0
    story = tmp_path_factory.mktemp("story") / "README.txt"
    story.write_text("\n".join(_as_story(block) for block in BLOCKS), "utf-8")
    assert terminal.play(story) > 5


def _as_story(block: str) -> str:
    """What a terminal shows does not tell errors from results: here lines of stimmbuch's own are errors."""
    lines = block.splitlines()
    refused = any(line.startswith("stimmbuch: ") for line in lines)
    return "\n".join(
        f"stderr {line}" if refused and not line.startswith(("$ ", "? ")) else line for line in lines
    )
