"""Does a folder's README name what is in the folder, and nothing else?"""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("ledger", "projections", "api", "scripts", "tests")
READMES = sorted(p for top in TOPS for p in (ROOT / top).rglob("README.md") if "node_modules" not in p.parts)
FOLDERS = [p.parent.relative_to(ROOT).as_posix() for p in READMES if p.parent.name != "decisions"]
RECORDS = ROOT / "ledger" / "decisions"
QUOTED = re.compile(r"`([\w./*-]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILES = (".md", ".py", ".sql", ".typ")


def prose(readme: Path) -> str:
    """What a README says outside of its examples."""
    return CODE.sub("", readme.read_text("utf-8"))


def names(line: str) -> list[str]:
    """What a line quotes: names of files, folders, modules."""
    return QUOTED.findall(line)


def is_there(name: str, folder: Path, row: list[str]) -> bool:
    """Beside the README, under the root, or in a folder that the same line names before it."""
    near = [folder, ROOT, *((folder / one).parent if one.endswith(".py") else folder / one for one in row)]
    return any(list(place.glob(name)) if "*" in name else (place / name).exists() for place in near)


@pytest.mark.parametrize("readme", [ROOT / "README.md", *READMES], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_that_a_readme_names_is_there(readme: Path) -> None:
    """A name that leads nowhere costs a newcomer more than no name."""
    folder = readme.parent
    missing = [
        name
        for line in prose(readme).splitlines()
        for name in names(line)
        if name.endswith(FILES) and not is_there(name, folder, names(line)[: names(line).index(name)])
    ]
    missing += [link for link in LINKED.findall(prose(readme)) if not (folder / link).exists()]
    assert missing == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_readme_names_every_module_and_every_package_beside_it(folder: str) -> None:
    """What is not in the table is not found, or made a second time."""
    here = ROOT / folder
    said = names(prose(here / "README.md"))
    there = [p.name for p in here.glob("*.py") if not p.name.startswith("__")]
    there += [p.parent.name for p in here.glob("*/__init__.py")]
    unsaid = [
        one
        for one in there
        if not any(fnmatch(one, name) or name.startswith(f"{one}/") for name in said)
        and f"]({one}/" not in (here / "README.md").read_text("utf-8")
    ]
    assert sorted(unsaid) == []


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    """A missing number looks like a record that somebody took away."""
    records = sorted(p.name for p in RECORDS.glob("[0-9]*.md"))
    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert LINKED.findall((RECORDS / "README.md").read_text("utf-8")) == records
    assert [name for name in records if not (RECORDS / name).read_text().startswith(f"# {name[:4]} ")] == []
