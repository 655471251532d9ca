"""Is the tree as a stranger expects it: small files, described, typed, without traces of a machine?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("ledger", "projections", "api", "scripts", "tests")
SHIPPED = TOPS[:3]
MODULES = sorted(p for top in TOPS for p in (ROOT / top).rglob("*.py"))
LONGEST = 400
LONGER: dict[str, str] = {
    # file -> why it may be longer than the limit
    "tests/publishing/test_witnesses.py": "one log and its witnesses, in every way that these may answer",
    "tests/web/test_refusals.py": "one case for each way of being refused, held against the table of errors",
    "ledger/errors.py": "one tree: three tables (HTTP, the manual, German) are held against it",
}
TEXTS = sorted(
    p
    for top in (*TOPS, ".ci", ".")
    for p in (ROOT / top).glob("*" if top == "." else "**/*")
    if p.is_file()
    and "__pycache__" not in p.parts
    and ("vectors" not in p.parts or p.suffix or p.name == "NOTE")  # tiles are not text
    and p.suffix
    in {"", ".cfg", ".html", ".in", ".js", ".css", ".json", ".lock", ".md", ".py", ".sql", ".toml", ".txt"}
)
MACHINE = re.compile(
    r"""(?:^|[\s"'`(=:])/(?:tmp|work|root)(?![\w-])|pypi[.]org|python[h]osted|registry[.]npmjs"""
)


def name(path: Path) -> str:
    """The path as it is called in the project."""
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_too_long_to_read() -> None:
    """A file that outgrows one sitting is split, or listed above with its reason."""
    lengths = {name(p): len(p.read_text().splitlines()) for p in MODULES}
    assert [f"{file}: {n}" for file, n in lengths.items() if n > LONGEST and file not in LONGER] == []
    assert [file for file in LONGER if lengths.get(file, 0) <= LONGEST] == []


def test_every_module_says_what_it_is_for() -> None:
    """Only a test folder's empty `__init__.py` has nothing to say."""
    silent = [p for p in MODULES if ast.get_docstring(ast.parse(p.read_bytes())) is None]
    assert [
        name(p) for p in silent if not (p.parts[-1] == "__init__.py" and name(p).startswith("tests/"))
    ] == []


def test_every_folder_with_modules_is_a_package() -> None:
    """Without `__init__.py` a folder is left out of the wheel, or loses against another of its name."""
    assert sorted({name(p.parent) for p in MODULES if not (p.parent / "__init__.py").exists()}) == []


@pytest.mark.parametrize("top", SHIPPED)
def test_every_package_ships_its_types(top: str) -> None:
    """`py.typed` tells a type checker that our annotations count."""
    assert (ROOT / top / "py.typed").exists()


def test_no_text_names_a_machine_or_a_registry() -> None:
    """A path or host of somebody's machine works nowhere else."""
    found = [
        f"{name(p)}:{number}"
        for p in TEXTS
        for number, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []
