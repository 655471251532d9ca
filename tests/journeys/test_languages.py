"""Does the command line say what was wrong in the language of whoever types?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORDS = {
    "de": ("ist weder ein mitgeliefertes Profil", "oder ein mitgeliefertes Profil wählen."),
    "en": ("is neither a built-in profile", "or use a built-in profile."),
}


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command, without what this process's environment says about language."""
    clean = {name: value for name, value in os.environ.items() if name != "STIMMBUCH_LANG"}
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        capture_output=True, text=True, check=False, env={**clean, **environ},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        ((), {}, "en"),
        ((), {"STIMMBUCH_LANG": "de"}, "de"),
        ((), {"STIMMBUCH_LANG": "de_DE.UTF-8"}, "de"),
        (("--lang", "de"), {}, "de"),
        (("--lang", "en"), {"STIMMBUCH_LANG": "de"}, "en"),
    ],
)
def test_an_error_is_told_in_the_language_that_was_asked_for(
    options: tuple[str, ...], environ: dict[str, str], said: str
) -> None:
    """What was wrong and what to do next: by option, else by the environment, else in English."""
    done = run("profiles", "no-such-profile", *options, **environ)
    assert done.returncode == 2
    assert all(words in done.stderr for words in WORDS[said])


def test_json_is_never_localised() -> None:
    """A program that reads it must not depend on its user's language."""
    told = [run("profiles", "no-such-profile", "--json", STIMMBUCH_LANG=lang).stdout for lang in ("de", "en")]
    assert told[0] == told[1]
    assert "is neither a built-in profile" in told[0]
