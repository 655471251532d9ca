"""Does the wheel hold what the checkout holds?"""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[2]
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg")
PACKAGES = find_packages(str(ROOT), include=SETUP["options.packages.find"]["include"].split())
DATA = {package: [p.strip(",") for p in v.split()] for package, v in SETUP["options.package_data"].items()}


def shipped(top: str) -> set[Path]:
    """The files that are not Python which setuptools takes from `top`."""
    inside = [p for p in PACKAGES if p.split(".")[0] == top]
    return {
        file
        for package in inside
        for pattern in DATA.get("*", []) + DATA.get(package, [])
        for file in (ROOT / package.replace(".", "/")).glob(pattern.replace("**", "**/*"))
        if file.is_file()
    }


@pytest.mark.parametrize("top", ["ledger", "projections", "api"])
def test_every_file_that_is_not_python_is_named_for_the_wheel(top: str) -> None:
    """A template or a migration that is not named in setup.cfg is missing where it is installed."""
    there = {
        p
        for p in (ROOT / top).rglob("*")
        if p.is_file() and p.suffix != ".py" and "__pycache__" not in p.parts
    }
    assert sorted(str(p.relative_to(ROOT)) for p in there - shipped(top)) == []


@pytest.mark.parametrize("top", ["ledger", "projections", "api"])
def test_every_package_is_found_for_the_wheel(top: str) -> None:
    """A list of packages written by hand drops sub-packages silently."""
    folders = {p.parent.relative_to(ROOT).as_posix() for p in (ROOT / top).rglob("*.py")}
    assert folders == {p.replace(".", "/") for p in PACKAGES if p.split(".")[0] == top}
