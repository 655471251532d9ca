"""Is a ledger of an older program brought up to date, by its owner and in one command?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.errors import StorageError
from tests.support.databases import Database
from tests.support.places import Place

NEWEST = "0004_scrub_function.sql"


@pytest.fixture
def older(database: Database) -> Database:
    """A ledger without the newest migration."""
    database.do("DROP FUNCTION stimmbuch.stimmbuch_scrub")
    database.do("DELETE FROM stimmbuch.ledger_migrations WHERE name = %s", NEWEST)
    return database


def test_an_older_ledger_is_migrated_by_its_owner(older: Database, tmp_path: Path) -> None:
    """Until then it is not opened, and the error says who has to do what."""
    place = Place(older.service, older.owner, tmp_path)
    with pytest.raises(StorageError, match=f"lacks {NEWEST}: migrate it as its owner"):
        place.open()
    done = CliRunner().invoke(main, ["migrate", "--store", older.owner])
    assert (done.exit_code, done.output) == (0, f"applied {NEWEST}\n")
    place.open().close()
    again = CliRunner().invoke(main, ["migrate", "--store", older.owner, "--json"])
    assert json.loads(again.output) == {"applied": []}
    assert CliRunner().invoke(main, ["migrate", "--store", older.owner]).output == "nothing to do\n"


def test_the_service_does_not_migrate(older: Database) -> None:
    """It has no right to, and that is what protects the log."""
    done = CliRunner().invoke(main, ["migrate", "--store", older.service])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_a_directory_needs_no_migration(tmp_path: Path) -> None:
    """A slip of the pen."""
    done = CliRunner().invoke(main, ["migrate", "--store", str(tmp_path)])
    assert (done.exit_code, "a directory needs none" in done.output) == (2, True)
