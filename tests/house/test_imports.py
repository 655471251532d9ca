"""Who may import whom. `ZONES` is the rule; the rest reads it.

Data flows one way: api -> projections -> ledger. A file belongs to the first zone that matches it. What
it imports must be in the standard library or under a name in `may`, and under no name in `must_not`;
where both match, the longer name decides. `lazy` names may be imported inside functions only, `typing`
names under `if TYPE_CHECKING:` only.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("ledger", "projections", "api", "scripts", "tests")
POSTGRES = ("psycopg", "psycopg_pool")
WEB = ("flask", "flask_smorest", "marshmallow", "werkzeug", "jinja2", "markupsafe")
IMPURE = ("cryptography", "nacl", "hashlib", "sqlite3", "os", "time", "random", "secrets", *WEB)


class Zone(NamedTuple):
    """Which files (shell patterns; `*` crosses folders), and what they may and must not import."""

    files: tuple[str, ...]
    may: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    lazy: tuple[str, ...] = ()
    typing: tuple[str, ...] = ()


ZONES = (
    # every zone reports and is configured through these; they know nobody
    Zone(
        (
            *("ledger/errors.py", "ledger/settings.py", "ledger/sentence.py", "ledger/rfc3339.py"),
            *("ledger/wall_clock.py", "ledger/plural.py"),
        ),
        may=("ledger.sentence", "ledger.wall_clock", "ledger.plural"),
    ),
    # THE BYTES: usable without the rest; time comes in as an argument
    Zone(
        ("ledger/proof/*",),
        may=(
            *("cryptography", "nacl", "rfc8785", "rfc3161_client"),
            *("ledger.errors", "ledger.rfc3339", "ledger.sentence", "ledger.proof"),
        ),
        must_not=("eventsourcing", "ledger.domain", "ledger.storage", "sqlite3", "time"),
    ),
    # THE RULES: pure; no clock, no randomness, no database, no cryptography
    Zone(
        ("ledger/domain/*",),
        may=(
            *("eventsourcing.domain", "eventsourcing.utils"),
            *("ledger.errors", "ledger.rfc3339", "ledger.sentence", "ledger.wall_clock", "ledger.plural"),
            "ledger.domain",
        ),
        must_not=("ledger.proof", "ledger.storage", *IMPURE),
    ),
    # THE EVENTS: stores bytes and does not know what they mean
    Zone(
        ("ledger/storage/*",),
        may=(
            "eventsourcing",
            "psycopg",
            "ledger.errors",
            "ledger.sentence",
            "ledger.settings",
            "ledger.storage",
        ),
        must_not=("ledger.domain", "ledger.application"),
    ),
    # what leaves the house: bytes and stored rows, no rule
    Zone(
        ("ledger/publish/*",),
        may=(
            *(
                "rfc3161_client",
                "ledger.errors",
                "ledger.errors_german",
                "ledger.sentence",
                "ledger.lock_file",
                "ledger.outage",
            ),
            *("ledger.proof", "ledger.storage", "ledger.publish"),
        ),
        must_not=("ledger.domain", "ledger.application", "sqlite3"),
    ),
    # what is handed out, and verified where nothing else of us is: reads, and never writes to a ledger
    Zone(
        ("ledger/export/*",),
        may=("ledger",),
        must_not=(
            *("ledger.application", "ledger.committer", "ledger.writer", "ledger.log_key"),
            *("sqlite3", *POSTGRES, *WEB),
        ),
    ),
    # an auditor's own file, which has nothing to do with a ledger's storage
    Zone(("ledger/audit/kept.py",), may=("ledger.audit", "ledger.errors", "ledger.proof")),
    # private keys, on disk and in tokens: PEM and PKCS#11 are not our formats
    Zone(
        ("ledger/keyfile.py", "ledger/log_key/*"),
        may=(
            *("cryptography", "ledger.errors", "ledger.sentence", "ledger.proof", "ledger.passphrase"),
            *("ledger.keyfile", "ledger.log_key", "ledger.storage.directories"),
        ),
        lazy=("pkcs11",),
    ),
    # the calendar of holidays, asked before signing and never while deciding
    Zone(("ledger/public_holidays.py",), may=("holidays", "ledger.errors", "ledger.domain.sentences")),
    # the use cases put rules, bytes and events together
    Zone(
        ("ledger/*",),
        may=("eventsourcing", "ledger"),
        must_not=("projections", "api", "sqlite3", *POSTGRES, *WEB),
    ),
    # reports: of one procedure, examined anew
    Zone(
        ("projections/report/*",),
        may=(
            *("projections.report", "projections.sentences", "projections.hiding", "projections.happened"),
            *("projections.model", "projections.model_members", "projections.model_register"),
            *("projections.stands", "projections.lives"),
            *("ledger.domain", "ledger.application", "ledger.mapper", "ledger.proof"),
            *("ledger.export.examined", "ledger.export.examined_beside", "ledger.errors", "ledger.telling"),
        ),
        must_not=("ledger.storage", "api", "sqlite3", *POSTGRES, *WEB),
        typing=("ledger.storage",),
    ),
    # how it is looked at: reads the log through the application, names the store's types at most
    Zone(
        ("projections/*",),
        may=(
            *("eventsourcing", *POSTGRES, "projections"),
            *("ledger.domain", "ledger.application", "ledger.mapper", "ledger.state", "ledger.proof"),
            *("ledger.errors", "ledger.sentence", "ledger.lock_file", "ledger.outage", "ledger.telling"),
            "ledger.storage.store.VIEWS",  # how the schema of the views is called
        ),
        must_not=("ledger.storage", "api", *WEB),
        typing=("ledger.storage",),
    ),
    # the composition root: the only place that knows everybody
    Zone(("api/wiring.py",), may=("ledger", "projections", "api"), must_not=POSTGRES),
    # the processes that serve: what they are told, what they open; no rule, no view
    Zone(
        ("api/service/*",),
        may=(
            *("granian", "ledger.errors", "ledger.sentence", "ledger.settings", "ledger.application"),
            *("ledger.publish", "ledger.anchor_schedule", "ledger.lock_file", "ledger.storage.store", "api"),
            "ledger.outage",
        ),
    ),
    # what runs at a caller's: the bytes and the errors, nothing of the service
    Zone(
        ("api/client/*",), may=("ledger.errors", "ledger.sentence", "ledger.proof", "api.client", "api.clock")
    ),
    # made once, by hand
    Zone(("api/cli/catalogue.py",), may=("babel", "api.cli.usage")),
    # the command line: each command imports what it needs, so that `verify` starts without a web framework
    Zone(
        ("api/cli/*", "api/demo/*"),
        may=("click", "ledger", "projections", "api"),
        must_not=("sqlite3", *POSTGRES),
    ),
    # who may do what: asked before anything else of a request, and by the command line
    Zone(
        ("api/access/*",),
        may=(
            *("joserfc", "flask", "werkzeug"),
            *("ledger.errors", "ledger.sentence", "ledger.settings", "ledger.rfc3339", "ledger.proof"),
            *("ledger.publish.endpoint", "ledger.storage.directories", "api.access", "api.clock"),
        ),
        must_not=("ledger.domain", "ledger.application", "sqlite3", *POSTGRES),
    ),
    # what the operator sees: logs and metrics
    Zone(("api/observation/logs.py",), may=("structlog", "api.observation.about")),
    Zone(("api/observation/metrics.py",), may=("prometheus_client", "ledger.settings", "api")),
    # how a report is written down: reads its model and the rules' words, and needs no web server
    Zone(
        ("api/report/*",),
        may=(
            *("babel", "jinja2", "markupsafe", "typst"),
            *(
                "projections.report",
                "ledger.domain.words",
                "ledger.plural",
                "ledger.proof.checks",
                "api.report",
            ),
        ),
        must_not=("sqlite3", "time", "random"),
    ),
    # how one talks to it: shapes, codes, pages; no rule, no event, no SQL
    Zone(
        ("api/*",),
        may=(
            *("flask", "flask_smorest", "marshmallow", "werkzeug", "markupsafe"),
            *("ledger.application", "ledger.receipt", "ledger.errors", "ledger.proof", "ledger.__version__"),
            *("ledger.telling", "ledger.errors_german", "ledger.sentence", "ledger.rfc3339"),
            "ledger.wall_clock",
            *("ledger.publish.folder", "ledger.publish.anchor_files"),
            *(
                "projections.views",
                "projections.moment",
                "projections.hiding",
                "projections.happened",
                "projections.report",
                "api",
            ),
        ),
        must_not=("eventsourcing", "sqlite3", *POSTGRES, "ledger.storage", "ledger.domain"),
    ),
    # the tamper corpus is made out of the tests' own attacks, so that there is one of each
    Zone(("scripts/build_tamper_corpus.py",), may=("",)),
    # what a person runs by hand may use anything, and nobody uses it
    Zone(("scripts/*",), may=("",), must_not=("tests",)),
    Zone(("tests/*",), may=("",)),
)


class Import(NamedTuple):
    """One imported name: where, what, inside a function, under TYPE_CHECKING."""

    line: int
    name: str
    lazy: bool
    typing: bool


def imports(node: ast.AST, *, lazy: bool = False, typing: bool = False) -> Iterator[Import]:
    """Every name that a file imports; `from a import b` counts as `a.b`."""
    if isinstance(node, ast.Import):
        yield from (Import(node.lineno, alias.name, lazy, typing) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        yield from (Import(node.lineno, f"{base}.{alias.name}", lazy, typing) for alias in node.names)
    lazy = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        guarded = (
            isinstance(node, ast.If) and child in node.body and "TYPE_CHECKING" in ast.unparse(node.test)
        )
        yield from imports(child, lazy=lazy, typing=typing or guarded)


def longest(name: str, prefixes: tuple[str, ...]) -> int:
    """Length of the longest prefix of whole parts that matches; -1 for none; "" matches everything."""
    return max((len(p) for p in prefixes if not p or f"{name}.".startswith(f"{p}.")), default=-1)


def allowed(zone: Zone, found: Import) -> bool:
    """Whether the zone allows this import."""
    may = zone.may + zone.lazy * found.lazy + zone.typing * found.typing
    must_not = tuple(name for name in zone.must_not if not (found.typing and name in zone.typing))
    if found.name.split(".")[0] in sys.stdlib_module_names:
        return longest(found.name, must_not) < 0
    return longest(found.name, may) > longest(found.name, must_not)


def violations(root: Path) -> list[str]:
    """Every forbidden import under `root`, as `file:line name`."""
    bad = []
    for path in sorted(p for top in OURS for p in (root / top).rglob("*.py")):
        file = path.relative_to(root).as_posix()
        zone = next(z for z in ZONES if any(fnmatch(file, pattern) for pattern in z.files))
        tree = ast.parse(path.read_bytes())
        bad += [f"{file}:{i.line} imports {i.name}" for i in imports(tree) if not allowed(zone, i)]
    return bad


def test_every_import_goes_the_one_way() -> None:
    """No file imports what its zone may not know."""
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("file", "source", "forbidden"),
    [
        ("ledger/domain/counting.py", "import hashlib", True),
        ("ledger/domain/counting.py", "from ledger.proof.keys import verify", True),
        ("ledger/proof/merkle.py", "from datetime import UTC, datetime", False),
        ("ledger/storage/sqlite.py", "def f():\n    from ledger import domain", True),
        ("ledger/committer.py", "import psycopg.errors", True),
        ("projections/runner.py", "from ledger.storage.recorder import Row", True),
        ("projections/runner.py", "if TYPE_CHECKING:\n    from ledger.storage.recorder import Row", False),
        ("projections/runner.py", "if TYPE_CHECKING:\n    import flask", True),
        ("api/v1/procedures.py", "from projections import runner", True),
        ("api/cli/serve.py", "def f():\n    import flask", True),
        ("ledger/log_key/token.py", "def f():\n    import pkcs11", False),
        ("ledger/log_key/token.py", "import pkcs11", True),
        ("api/client/client.py", "from ledger.domain.profile import Profile", True),
        ("api/client/client.py", "import flask", True),
        ("scripts/bench.py", "from tests.support import shared", True),
        ("ledger/state.py", "from . import errors", True),
    ],
)
def test_a_forbidden_import_is_named_with_file_and_line(
    tmp_path: Path, file: str, source: str, forbidden: bool
) -> None:
    """The rule is able to fail, and says where."""
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(source)
    line = source.count("\n") + 1
    assert [found.split(" ")[0] for found in violations(tmp_path)] == [f"{file}:{line}"] * forbidden


@pytest.mark.parametrize("name", OURS)
def test_the_name_comes_from_this_checkout_and_from_nowhere_else(name: str) -> None:
    """`api` or `tests` of an installed package would overwrite or shadow ours without a warning."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin == str(ROOT / name / "__init__.py")
    elsewhere = PathFinder.find_spec(name, [p for p in sys.path if Path(p).resolve() != ROOT])
    assert elsewhere is None or elsewhere.origin is None, f"also provided by {elsewhere.origin}"


LIGHT = ("ledger.proof", "api.client", "ledger.export.dossier_verify", "api.cli", "api.cli.verify")


@pytest.mark.parametrize("module", LIGHT)
def test_what_must_start_light_starts_without_the_web_framework(module: str) -> None:
    """An auditor's verifier needs neither Flask nor a database driver."""
    program = f"import sys, {module}; print([n for n in {(*WEB, *POSTGRES)} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("zone", ["ledger/proof", "ledger/domain"])
def test_nobody_looks_at_the_clock(zone: str) -> None:
    """Time comes in as an argument where rules and proofs are made."""
    looks = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / zone).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert looks == []
