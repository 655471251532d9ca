"""Is nothing of an erased text in what is published and handed out: tiles, exports, dossiers?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from api.cli.export import published_source
from ledger.export.dossier import export_dossier
from ledger.export.log import export_log
from ledger.proof.disclosure import Disclosure
from ledger.proof.statement import Statement
from ledger.publish.folder import FOLDER, LogFolder
from ledger.storage import Store
from tests.faults.test_erasure import KEPT, PAPERS, TITLE, prepared
from tests.support.audited import publish
from tests.support.builders import LedgerBuilder, a_town
from tests.support.places import Place
from tests.support.remains import remains

GONE: list[Disclosure | bytes] = [TITLE, *PAPERS]


@pytest.fixture
def town(place: Place) -> Iterator[LedgerBuilder]:
    """A town of each backend."""
    town = a_town(place.open())
    with closing(town.ledger):
        yield town


@pytest.fixture
def statement(town: LedgerBuilder) -> Statement:
    """A redaction that was not sent yet; what it erases is published."""
    statement = prepared(town)
    publish(town.ledger.store)
    return statement


def found(folder: Path, texts: list[Disclosure | bytes]) -> dict[str, int]:
    """Where they stand, also inside of what was signed."""
    return remains(folder, texts, in_base64=True)


def redacted(town: LedgerBuilder, statement: Statement) -> int:
    """Redacts, and publishes that; the size then."""
    town.send(statement)
    publish(town.ledger.store)
    return town.ledger.head() + 1


def check_published(place: Place, size: int) -> None:
    """So many entries are published: digests, and no text."""
    log = place.home / FOLDER
    assert LogFolder(log).newest().size == size
    assert found(log, [TITLE.digest.encode()]), "the search does not see what was signed"
    assert found(log, GONE) == {}


def handed_out(store: Store, procedure: str, to: Path) -> Path:
    """All forms in which the ledger, or one procedure, is handed out; what was packed is unpacked."""
    source = published_source(store, settle=True)
    export_log(store, source, to / "export")
    for name in ("dossier", "dossier.zip"):
        export_dossier(store, source, UUID(procedure), to / name)
    with zipfile.ZipFile(to / "dossier.zip") as packed:
        packed.extractall(to / "unpacked")
    return to


def test_what_is_published_never_holds_a_text_and_holds_none_after_its_erasure(
    place: Place, town: LedgerBuilder, statement: Statement
) -> None:
    """Tiles, bundles and checkpoints are public for ever: digests stand there only."""
    assert found(place.home, GONE), "the search looks in the wrong place"
    check_published(place, town.ledger.head() + 1)
    check_published(place, redacted(town, statement))
    assert found(place.home, GONE) == {}


def test_what_is_handed_out_after_an_erasure_holds_nothing_of_it(
    place: Place, town: LedgerBuilder, statement: Statement, tmp_path: Path
) -> None:
    """The ledger and the dossier of the procedure, as folders and as a file; before, they had it all."""
    store, procedure = town.ledger.store, statement.payload["stream"]
    before = found(handed_out(store, procedure, tmp_path / "before"), GONE)
    assert {name.split("/")[0] for name in before} == {"export", "dossier", "unpacked"}
    redacted(town, statement)
    after = handed_out(store, procedure, tmp_path / "after")
    assert found(after, GONE) == {}
    signed = found(after, [TITLE.digest.encode()])
    assert {name.split("/")[0] for name in signed} == {"export", "dossier", "unpacked"}
    assert {name.split("/")[0] for name in found(after, [KEPT])} == {"export"}
    assert found(place.home, GONE) == {}


def test_an_export_that_goes_on_after_an_erasure_loses_what_was_erased(
    town: LedgerBuilder, statement: Statement, tmp_path: Path
) -> None:
    """The same folder, brought up to date: an operator who exports every night forgets nothing there."""
    store, target = town.ledger.store, tmp_path / "public"
    export_log(store, published_source(store, settle=True), target)
    assert found(target, GONE)
    redacted(town, statement)
    export_log(store, published_source(store, settle=True), target)
    assert found(target, GONE) == {}
    assert found(target, [KEPT])
