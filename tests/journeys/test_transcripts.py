"""Does the command line do what it is told, from a founding to the last verification?

Each story is a text file in this folder, in the form that `tests.support.transcript` describes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcript import Difference, Terminal, parse

STORIES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_command_line_behaves_as_its_stories_tell(terminal: Terminal, story: Path) -> None:
    """Every command of the story prints what stands there, and ends with the exit code that stands there."""
    assert terminal.play(story) > 0


@pytest.mark.parametrize(
    "told",
    [
        "$ echo one\none\n\n$ printf 'one\\n\\n'\none\n",
        "$ echo one; echo two\no…e\n…\n",
        "$ echo one; echo two; echo three\n…\nthree\n",
        "# prose\n$ echo one \\\n   two\none two\n",
        "$ echo bad >&2; exit 7\nstderr bad\n? 7\n",
        "$ printf 'a\\n\\nb\\n' >&2\nstderr a\nstderr\nstderr b\n",
        "$ echo 'no (regular) *expression* \\d'\nno (regular) *expression* \\d\n",
    ],
)
def test_a_story_that_is_true_is_passed(terminal: Terminal, tmp_path: Path, told: str) -> None:
    """What the notation promises."""
    story = tmp_path / "story.txt"
    story.write_text(told, "utf-8")
    terminal.play(story)


@pytest.mark.parametrize(
    "told",
    [
        "$ echo one\n",
        "$ echo one\ntwo\n",
        "$ echo one; echo two\none\n",
        "$ echo one\none\ntwo\n",
        "$ echo one; echo two\n…one\n",
        "$ printf 'one\\n\\ntwo\\n'\none\ntwo\n",
        "$ exit 1\n",
        "$ true\n? 1\n",
        "$ echo one >&2\n",
        "$ echo one\nstderr one\n",
        "$ true\nstderr one\n",
        "$ python -c 'import warnings; warnings.warn(\"old\")'\n",
    ],
)
def test_a_story_that_is_not_true_is_found_out(terminal: Terminal, tmp_path: Path, told: str) -> None:
    """A runner that passes everything would prove nothing: output, errors and exit codes all count."""
    story = tmp_path / "story.txt"
    story.write_text(told, "utf-8")
    with pytest.raises(Difference, match=r"story\.txt:1: "):
        terminal.play(story)


def test_a_line_without_a_command_is_a_mistake() -> None:
    """Text in front of the first command would never be compared."""
    with pytest.raises(ValueError, match="line 2"):
        parse("# prose\none\n$ echo one\n")
