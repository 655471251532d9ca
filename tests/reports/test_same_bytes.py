"""Is a report of the same entry the same, byte for byte, whenever and wherever it is made?"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.report.formats import FORMATS, written
from projections.report.build import Source
from projections.report.model import KINDS
from tests.reports.conftest import Decided, new_place
from tests.support import pdf
from tests.support.databases import Database
from tests.support.places import Place
from tests.support.reporting import decided, published, report, settle
from tests.support.shared import CHECKOUT

FORMS = [(form, language) for form in FORMATS for language in ("de", "en")]


def digests(source: Source) -> dict[str, str]:
    """Form and language → SHA-256."""
    return {
        f"{form} {tongue}": hashlib.sha256(written(source, form, tongue)).hexdigest()
        for form, tongue in FORMS
    }


def test_two_processes_write_the_same_files(told: Decided, tmp_path: Path) -> None:
    """No run time, no address, no order of a set gets into a file."""
    found = []
    for seed in ("1", "2"):
        command = [sys.executable, "-P", "-m", "api", "report", told.procedure, "--store"]
        command += [str(told.town.ledger.store.home), "--kind", "audit", "--format", "pdf,html,json,csv"]
        command += ["--lang", "de,en", "--to", str(tmp_path / seed), "--json"]
        zone = {"TZ": ("Pacific/Auckland", "America/Lima")[int(seed) - 1]}
        env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": seed, **zone}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
        found.append(json.loads(done.stdout)["files"])
    assert len(found[0]) == 7
    assert found[0] == found[1]
    for name, digest in found[0].items():
        assert hashlib.sha256((tmp_path / "1" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("kind", KINDS)
def test_both_databases_give_the_same_files(
    told: Decided, database: Database, tmp_path: Path, kind: str
) -> None:
    """A report does not depend on where the ledger lies."""
    with published(Place(database.service, database.owner, tmp_path / "home")) as town:
        source = report(town, decided(town), kind)
        assert source.entries == getattr(told, kind).entries
        assert digests(source) == digests(getattr(told, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_what_happens_later_does_not_change_a_report_of_earlier(tmp_path: Path, kind: str) -> None:
    """The checkpoint is the first one that contains the position, and stays the same for ever."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = decided(town)
        last = report(town, motion, kind).report.position.seq
        before = digests(report(town, motion, kind))
        town.put(
            "key-revoked", "registrar", subject="m2", key=town.public("m2"), reason="left", suspect_from=None
        )
        town.open("another")
        town.put("result-published", "clerk", procedure=motion)
        settle(town)
        assert digests(report(town, motion, kind, at=last)) == before
        assert digests(report(town, motion, kind)) != before


def test_the_time_of_the_document_is_that_of_its_entry(told: Decided) -> None:
    """A clock of the machine would make every print another file."""
    at = told.audit.report.position.at
    with pdf.opened(written(told.audit, "pdf", "de")) as found:
        for name in ("xmp:CreateDate", "xmp:ModifyDate"):
            assert (pdf.metadata(found, name) or "").startswith(at[:19])
