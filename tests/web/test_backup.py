"""Does a backup bring back everything, nothing secret, and no second history?"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import audit_store
from ledger.backup.manifest import read_manifest
from ledger.backup.read import restore
from ledger.backup.write import back_up
from ledger.errors import BadBackup, OtherExport, StoreExists
from ledger.keyfile import read_key
from ledger.proof.dsse import sign
from ledger.proof.encoding import b64, unb64
from ledger.proof.keys import SigningKey
from ledger.storage.store import open_store
from projections.postgres_schema import views_schema
from tests.support.builders import CHAIR, CLERK, ORIGIN, document
from tests.support.databases import MEMBER, SCHEMA, Database
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService
from tests.support.shared import CHECKOUT
from tests.web.site import Site, disclosure_of

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"
AT = "2026-03-02T09:00:00.000Z"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A ledger that commands of its owner have made, once on each backend."""
    if request.param == "sqlite":
        folder = str(tmp_path / "ledger")
        found = Place(folder, folder, Path(folder))
    else:
        database: Database = request.getfixturevalue("empty_database")
        found = Place(database.url(MEMBER), database.owner, tmp_path / "ledger")
    assert stimmbuch(found, "init", "--origin", ORIGIN)[0] == 0
    return found


def stimmbuch(place: Place, *arguments: str) -> tuple[int, Any]:
    """Exit code and JSON of a command of the owner."""
    command = [sys.executable, "-m", "api", *arguments, "--store", place.founder, "--home", str(place.home)]
    done = subprocess.run([*command, "--json"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def lose_the_database(place: Place, request: pytest.FixtureRequest) -> None:
    """As a broken disk does; the home is on another one."""
    if place.where.startswith("postgresql:"):
        database: Database = request.getfixturevalue("empty_database")
        for schema in (SCHEMA, views_schema(SCHEMA)):
            database.do(f"DROP SCHEMA {schema} CASCADE")
        return
    for file in place.home.glob("*.sqlite*"):
        file.unlink()


def test_an_old_backup_is_refused_and_completed_from_the_published_log(
    place: Place, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The whole way with commands alone: backup, loss, restore, refusal, recover, and all receipts stand."""
    backup = tmp_path / "backup"
    with RunningService(place, tmp_path / "log") as service:
        first = [send(place, service, f"body-{number}") for number in range(3)]
        assert stimmbuch(place, "backup", "--to", str(backup))[0] == 0  # while it is served
        later = [send(place, service, f"body-{number}") for number in range(3, 6)]
    lose_the_database(place, request)
    code, told = stimmbuch(place, "restore", "--from", str(backup))
    assert told["entries"] == first[-1][1]["seq"] + 1
    assert code == 1  # it is verified, and the published log has more
    assert (told["holds"], told["lacking"]) == (False, 3)
    with RunningService(place, tmp_path / "log", ready_at="/healthz") as service:
        status, problem = send(place, service, "body-9")
        assert (status, problem["code"]) == (503, "rolled-back")
        until(lambda: "rolled-back" in json.dumps(service.call("GET", "/readyz")[1]))
    code, told = stimmbuch(place, "recover")
    assert (code, told["last"]) == (0, later[-1][1]["seq"])
    with RunningService(place, tmp_path / "log") as service:
        for _, receipt in first + later:
            assert service.call("GET", f"{LEDGER}/receipts/{receipt['statement']}") == (200, receipt)
        assert send(place, service, "body-9")[0] == 201
    with place.open() as store:
        assert audit_store(store).holds


def test_a_restore_that_could_not_look_at_everything_says_so(sqlite_place: Place, tmp_path: Path) -> None:
    """A paper is missing: a script that goes on at 0 would believe that all is back."""
    with closing(Site(sqlite_place)) as site:
        site.town.open("m", documents=[document("never sent")])
        site.service.publication.settle()
        back_up(site.service.store, ORIGIN, tmp_path / "b", AT)
    other = Place(str(tmp_path / "new"), str(tmp_path / "new"), tmp_path / "new")
    code, told = stimmbuch(other, "restore", "--from", str(tmp_path / "b"))
    assert (code, told["holds"], told["complete"], told["lacking"]) == (3, True, False, 0)


def test_a_lost_memory_of_the_signer_is_begun_only_with_the_newest_checkpoint(
    place: Place, tmp_path: Path
) -> None:
    """The whole machine is lost: an older checkpoint, or one that the log did not sign, is refused."""
    with RunningService(place, tmp_path / "log") as service:
        assert send(place, service, "m0")[0] == 201
        old = service.fetch(f"{LEDGER}/log/checkpoint")[1]
        assert send(place, service, "m1")[0] == 201
        new = service.fetch(f"{LEDGER}/log/checkpoint")[1]
    assert stimmbuch(place, "backup", "--to", str(tmp_path / "backup"))[0] == 0
    folder = tmp_path / "new"
    other = Place(str(folder), str(folder), folder)
    assert stimmbuch(other, "restore", "--from", str(tmp_path / "backup"))[0] == 0
    shutil.copytree(place.home / "keys", folder / "keys")
    forged = new.replace(b"\n3\n", b"\n9\n")
    for data, answer in (
        (old, (2, "signer-refuses")),
        (forged, (1, "proof")),
    ):
        (tmp_path / "signed").write_bytes(data)
        code, told = stimmbuch(other, "recover", "--signed", str(tmp_path / "signed"))
        assert (code, told["error"]) == answer
        assert not (folder / "signer" / "checkpoint").exists()
    (tmp_path / "signed").write_bytes(new)
    for _ in ("once", "again, as after an interruption"):
        code, told = stimmbuch(other, "recover", "--signed", str(tmp_path / "signed"))
        assert (code, told["size"]) == (0, 3)
    (tmp_path / "signed").write_bytes(new.rstrip(b"\n").rpartition(b"\n")[0] + b"\n")  # one signature less
    code, told = stimmbuch(other, "recover", "--signed", str(tmp_path / "signed"))
    assert (code, told["error"]) == (2, "signer-refuses")  # there is another one now


def send(place: Place, service: RunningService, name: str) -> tuple[int, Any]:
    """Registers a person over HTTP, with the registrar's key of the ledger."""
    key = SigningKey(hashlib.sha256(name.encode()).digest())
    fields = {"actor": "registrar", "subject": name, "roles": ["member"], "key": b64(key.public)}
    wish = {"kind": "key-registered", "fields": fields}
    status, prepared = service.call("POST", f"{LEDGER}/statements/prepare", wish)
    assert status == 200, prepared
    registrar = read_key(place.home / "keys" / "registrar.key")
    envelope = sign(prepared["payloadType"], unb64(prepared["payload"]), registrar, key)
    return service.call("POST", f"{LEDGER}/statements", envelope.to_dict())


def a_site(place: Place) -> Site:
    """A town with a text, a document, and something published."""
    site = Site(place)
    title = disclosure_of("title", "Haushalt")
    site.service.ledger.disclose([title.encoded])
    content = b"the budget"
    site.town.open("m", title=title.digest, documents=[document("the budget")])
    site.http.put(f"{site.api}/documents/{hashlib.sha256(content).hexdigest()}", data=content)
    site.service.publication.settle()
    return site


def test_a_backup_holds_everything_and_nothing_secret(each_place: Place, tmp_path: Path) -> None:
    """Entries, text, document, checkpoint; no key, no memory of the signer, no file that nobody listed."""
    with closing(a_site(each_place)) as site:
        home = site.service.store.home
        (home / "keys").mkdir(exist_ok=True)
        (home / "keys" / "log.key").write_text("PRIVATE")
        (home / "tokens.json").write_text("PRIVATE")
        written = back_up(site.service.store, ORIGIN, tmp_path / "b", AT)
        assert written.manifest.entries == site.service.ledger.head() + 1
        assert (written.documents, written.disclosures) == (1, 1)
        names = {path.relative_to(tmp_path / "b").as_posix() for path in (tmp_path / "b").rglob("*")}
        assert "kept/log/checkpoint" in names
        assert not [name for name in names if "signer" in name or "key" in name or "token" in name]
        assert b"PRIVATE" not in b"".join(p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file())


def test_a_backup_of_either_database_is_restored_into_the_other(each_place: Place, tmp_path: Path) -> None:
    """The same bytes, entry by entry: also the way from one kind of database to the other."""
    with closing(a_site(each_place)) as site:
        back_up(site.service.store, ORIGIN, tmp_path / "b", AT)
        rows = site.service.store.recorder.read(-1, 1000)
        with open_store(str(tmp_path / "new"), create=True) as store:
            restored = restore(tmp_path / "b", store, read_manifest(tmp_path / "b"))
            assert store.recorder.read(-1, 1000) == rows
            assert (restored.documents, restored.disclosures, restored.kept_newer) == (1, 1, [])
            with pytest.raises(StoreExists):
                restore(tmp_path / "b", store, read_manifest(tmp_path / "b"))


def test_every_changed_missing_or_added_byte_of_a_backup_is_found(
    sqlite_place: Place, tmp_path: Path
) -> None:
    """Before anything of it is used."""
    with closing(a_site(sqlite_place)) as site:
        good = tmp_path / "good"
        back_up(site.service.store, ORIGIN, good, AT)
    files = [path.relative_to(good) for path in good.rglob("*") if path.is_file()]
    for number, name in enumerate(files):
        for change in ("flip", "cut", "gone"):
            bad = tmp_path / f"bad-{number}-{change}"
            shutil.copytree(good, bad)
            data = (bad / name).read_bytes()
            if change == "gone":
                (bad / name).unlink()
            elif data:
                middle = len(data) // 2
                changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
                (bad / name).write_bytes(changed if change == "flip" else data[:-2])
            else:
                continue
            with (
                pytest.raises(BadBackup),
                open_store(str(tmp_path / f"s-{number}-{change}"), create=True) as s,
            ):
                restore(bad, s, read_manifest(bad))
    (good / "kept" / "keys").mkdir()
    (good / "kept" / "keys" / "log.key").write_text("slipped in")
    with pytest.raises(BadBackup, match="does not belong here"):
        read_manifest(good)


def test_nobody_else_on_the_machine_reads_a_backup_in_a_folder_that_was_there(
    site: Site, tmp_path: Path
) -> None:
    """Votes of an open procedure and names are in it, whoever made the folder, and with which rights."""
    site.disclosed("name", "Mia Muster")
    folder = tmp_path / "mounted"
    folder.mkdir()
    folder.chmod(0o755)
    umask = os.umask(0o022)
    try:
        back_up(site.service.store, ORIGIN, folder, AT)
    finally:
        os.umask(umask)
    inside = [path for path in folder.iterdir() if path.name != "backup.json"]
    assert {path.name for path in inside} == {"entries", "disclosures", "documents", "kept"}
    assert [path.name for path in inside if path.stat().st_mode & 0o077] == []


def test_a_backup_is_never_written_over_something(site: Site, tmp_path: Path) -> None:
    """Least of all over the last good one."""
    back_up(site.service.store, ORIGIN, tmp_path / "b", AT)
    with pytest.raises(OtherExport):
        back_up(site.service.store, ORIGIN, tmp_path / "b", AT)


def test_what_was_erased_is_not_in_a_later_backup(site: Site, tmp_path: Path) -> None:
    """The right to erasure ends at no backup that is made afterwards."""
    title = disclosure_of("title", "Haushalt")
    site.service.ledger.disclose([title.encoded])
    motion = site.town.open("m", title=title.digest)
    site.town.put(
        *("redacted", CLERK),
        stream=motion,
        digests=[title.digest],
        legal_basis="gdpr-17-1-b",
        authority=CHAIR,
    )
    back_up(site.service.store, ORIGIN, tmp_path / "b", AT)
    assert b"Haushalt" not in (tmp_path / "b" / "disclosures").read_bytes()
