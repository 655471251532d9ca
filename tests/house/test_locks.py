"""Is everything that is installed pinned, with hashes, and from no particular place?"""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"


def declared(section: str) -> list[Requirement]:
    """The requirements of `install_requires`, or of one extra."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    text = setup["options" if section == "install_requires" else "options.extras_require"][section]
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Name -> (version, number of hashes)."""
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    found = (re.match(r"([a-z0-9.-]+)(?:\[[^]]+\])?==(\S+)", block) for block in blocks)
    return {
        canonicalize_name(m[1]): (m[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", m.string)))
        for m in found
        if m
    }


@pytest.mark.parametrize(
    ("lock", "sections"),
    [(RUNTIME, ["install_requires"]), (DEV, ["install_requires", "dev"])],
)
def test_every_requirement_is_pinned_within_its_range(lock: str, sections: list[str]) -> None:
    """A changed requirement without `make lock` is noticed here, not at somebody's first start."""
    pinned = pins(lock)
    for requirement in (r for section in sections for r in declared(section)):
        version, _ = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{lock}: {requirement} but {version}"


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_every_pin_has_hashes_and_no_place(lock: str) -> None:
    """The lock works with any index, and no index can put something else in its place."""
    text = (ROOT / lock).read_text()
    assert len(pins(lock)) == len(re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)) > 0
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|(?:^|\s)/\S+", text) == []


def test_the_tools_do_not_change_what_runs() -> None:
    """What is tested is what is shipped: both locks agree."""
    assert pins(RUNTIME).items() <= pins(DEV).items()


def test_the_wheel_is_built_by_the_pinned_setuptools() -> None:
    """Building takes nothing that the lock does not hold."""
    stated = re.search(r'requires = \["(.+)"\]', (ROOT / "pyproject.toml").read_text())
    assert stated is not None
    assert Requirement(stated[1]) in declared("dev")
