"""Is every setting read from where the operator wrote it, and is what is wrong said with what is allowed?"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from api.cli import main
from api.service.configuration import Configuration, Row, figure, table
from api.service.configuring import configure
from api.service.place import Place as Served
from ledger.errors import BadSetting
from tests.support.builders import a_town
from tests.support.places import Place
from tests.support.shared import CHECKOUT

ROWS = Configuration.rows()
NUMBERS = [row for row in ROWS if row.low > -math.inf and row.name != "anchor_every"]
"""Not the one that has to come with another."""


def written(folder: Path, text: str) -> Path:
    """A file with the settings."""
    path = folder / "stimmbuch.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_table_for_the_operator_is_the_one_that_is_read() -> None:
    """A default or a bound that is documented otherwise would be found out in the middle of a night."""
    said = (CHECKOUT / "api" / "OPERATIONS.md").read_text("utf-8")
    assert table() in said, (
        "run `python -m api.service.configuration` and put the table into api/OPERATIONS.md"
    )


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    """What is copied from the page must work."""
    said = (CHECKOUT / "api" / "OPERATIONS.md").read_text("utf-8")
    example = said.split("```toml\n")[1].split("```")[0]
    found = configure(file=written(tmp_path, example))
    assert [place.name for place in found.ledgers] == ["samtgemeinde", "kreistag"]
    assert found.max_document == 64 * 2**20


def test_the_command_counts_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order in which one overrides something for a moment."""
    file = written(tmp_path, '[server]\nport = 1001\nworkers = 3\nthreads = 5\n[[ledger]]\nstore = "town"\n')
    monkeypatch.setenv("STIMMBUCH_PORT", "1002")
    monkeypatch.setenv("STIMMBUCH_WORKERS", "4")
    found = configure({"port": "1003"}, file=file)
    assert (found.port, found.workers, found.threads, found.patience) == (1003, 4, 5, 3.0)
    assert found.ledgers == (Served(str(tmp_path / "town")),)
    monkeypatch.setenv("STIMMBUCH_STORE", "a place with blanks")
    assert configure(file=file).ledgers == (Served("a place with blanks"),)
    assert configure({}, [Served("x")], file).ledgers == (Served("x"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[server]\nprot = 1", "there is no setting in [server] called prot: did you mean port?"),
        ("[limit]\nreplays = 1", "there is no section called limit: did you mean limits?"),
        ("port = 1", "there is no section called port: there are"),
        ("[server]\nport = 0", "server.port is 0: a whole number, 1 to 65535 is allowed"),
        ('[server]\nport = "80"', "server.port is '80': a whole number"),
        ("[server]\nport = true", "server.port is True"),
        ("[server]\nport = 80.0", "server.port is 80.0"),
        ("[limits]\npatience = nan", "limits.patience is nan: 0 to 25 seconds is allowed"),
        (
            "[limits]\nmax_document = -1",
            "limits.max_document is -1: a whole number, 1024 to 17179869184 bytes",
        ),
        ("[publishing]\ntsa = 5", "publishing.tsa is 5: a list of texts"),
        ("[publishing]\nanchor_every = 60", "anchor_every and tsa go together"),
        ('[ledger]\nstore = "x"', "write [[ledger]], with two brackets"),
        ('[[ledger]]\nstroe = "x"', "called stroe: did you mean store?"),
        ("[[ledger]]\nstore = 1", "ledger.store is 1: a text is expected"),
        ("[[ledger]]\nname = 'x'", "a [[ledger]] without `store`"),
        ("[server", "is not TOML"),
        ("\udcff", "is not TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    """With the name that was meant, or the unit and the bounds; nothing is guessed, nothing is ignored."""
    path = tmp_path / "stimmbuch.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadSetting) as refused:
        configure(file=path)
    assert sentence in refused.value.message


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Defaults in its place would serve something else than what was meant."""
    with pytest.raises(BadSetting, match="No such file"):
        configure(file=tmp_path / "nothing.toml")


TYPED = st.floats(allow_nan=True, allow_infinity=True).map(repr) | st.integers().map(str)


@given(st.sampled_from(NUMBERS), TYPED)
def test_a_number_is_taken_exactly_if_it_is_within_its_bounds(row: Row, text: str) -> None:
    """For every setting, whatever was typed."""
    kind = type(row.default)
    if row.name == "long_polls" and float(text) >= Configuration().threads:
        return  # bounded by `threads` as well: test_shares
    if row.low <= float(text) <= row.high and (kind is float or text.lstrip("-").isdigit()):
        assert getattr(configure({row.name: text}), row.name) == kind(text)
        return
    with pytest.raises(BadSetting) as refused:
        configure({row.name: text})
    assert f"{figure(row.high)} {row.unit}".rstrip() in refused.value.message


def test_check_looks_at_everything_and_ends(sqlite_place: Place, tmp_path: Path) -> None:
    """Before the old service is stopped for the new settings."""
    a_town(sqlite_place.open(), members=1).ledger.close()
    run = CliRunner()
    well = run.invoke(main, ["serve", "--check", "--store", sqlite_place.where])
    assert well.exit_code == 0
    assert well.output.splitlines() == [
        "no token and no access.toml: town is for programs on this machine only",
        f"would serve {sqlite_place.where} on http://127.0.0.1:8080",
    ]
    nothing = str(tmp_path / "nothing")
    partly = run.invoke(main, ["serve", "--check", "--store", sqlite_place.where, "--store", nothing])
    assert partly.exit_code == 1
    assert f"cannot serve {nothing}" in partly.output
    wrong = run.invoke(main, ["serve", "--check", "--store", sqlite_place.where, "--port", "x"])
    assert wrong.exit_code == 2
    assert "--port is 'x': a whole number, 1 to 65535 is allowed" in wrong.output
    none = run.invoke(main, ["serve", "--check"])
    assert none.exit_code == 2
