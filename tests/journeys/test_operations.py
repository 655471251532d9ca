"""Does the operator's page tell the truth?"""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from api.observation.metrics import GAUGES, Metrics
from api.service.configuration import Configuration
from api.service.publisher import FINISH
from tests.support.shared import CHECKOUT
from tests.support.transcript import Terminal

PAGE = (CHECKOUT / "api" / "OPERATIONS.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
UNIT = CHECKOUT / "scripts" / "stimmbuch.service"


def test_the_commands_of_the_page_do_what_it_says(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bytecode: Path
) -> None:
    """Who restores something for the first time does it from this page."""
    terminal = Terminal(tmp_path, tmp_path_factory.mktemp("bin"), bytecode)
    story = tmp_path_factory.mktemp("story") / "OPERATIONS.txt"
    story.write_text("\n".join(BLOCKS), "utf-8")
    assert terminal.play(story) > 10


def test_every_metric_of_the_page_is_measured() -> None:
    """An alarm on a name that does not exist never rings."""
    measured = {f"stimmbuch_{name}" for name in (*GAUGES, "not_ready")}
    exposed = Metrics().exposition(list).decode()
    named = set(re.findall(r"`(stimmbuch_[a-z_]+)`", PAGE))
    assert named
    assert {name for name in named if name not in measured and f"# HELP {name} " not in exposed} == set()


def test_the_unit_leaves_time_to_answer_what_was_accepted() -> None:
    """Or systemd ends the service in the middle of what it promised to finish."""
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT)
    service = unit["Service"]
    assert int(service["TimeoutStopSec"]) > Configuration().stop_timeout + FINISH
    assert service["KillMode"] == "mixed"
    assert service["LoadCredential"].startswith("stimmbuch-passphrase:")
    if (analyze := shutil.which("systemd-analyze")) is not None:
        command = [analyze, "security", "--offline=true", "--threshold=30", str(UNIT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
