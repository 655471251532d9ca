"""Does the command line do what it is told, from a founding to the last verification?

Each story is a text file in this folder, in the form that `tests.support.transcript` describes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcript import Difference, Terminal, matches, parse

STORIES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.fixture(scope="module")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled modules: hundreds of commands start twice as fast."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def terminal(tmp_path: Path, bytecode: Path) -> Terminal:
    """A terminal in an empty folder."""
    programs, folder = tmp_path / "programs", tmp_path / "home"
    programs.mkdir()
    folder.mkdir()
    return Terminal(folder, programs, bytecode)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_command_line_behaves_as_its_stories_tell(terminal: Terminal, story: Path) -> None:
    """Every command of the story prints what stands there, and ends with the exit code that stands there."""
    assert terminal.play(story) > 0
