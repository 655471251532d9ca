"""Is every changed byte of a dossier found, and nothing that somebody made up ends in a crash or a trap?"""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import NotFound, ProofError
from ledger.export.names import entry_name, entry_of
from ledger.export.verdict import Verdict
from tests.support.attacks.dossiers import CHOSEN, full, honest
from tests.support.dossiers import Files, findings, judged, write, zipped

IRRELEVANT = {"README.txt"}
"""Files in which nothing is proven."""


# ── every byte ─────────────────────────────────────────────────────────────────────────────────


def test_every_flipped_bit_is_found_and_located(tmp_path: Path) -> None:
    """In the proof of an entry, at that entry; in a file beside it, at that file's check."""
    chance = random.Random(b"bits")
    files = full()
    write(files, tmp_path)
    for name, data in files.items():
        for _ in range(12):
            bit = chance.randrange(len(data) * 8)
            (tmp_path / name).write_bytes(flipped(data, bit))
            found = judged(tmp_path).failures
            assert found, (name, bit)
            if (seq := entry_of(name)) is not None:
                assert seq in {one.seq for one in found}, (name, bit)
        (tmp_path / name).write_bytes(data)
    assert judged(tmp_path).failures == []


def flipped(data: bytes, bit: int) -> bytes:
    """With another bit."""
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_truncated_file_is_found(tmp_path: Path, cut: int) -> None:
    """A download that broke off."""
    files = full()
    for name, data in files.items():
        verdict = judged(
            write({**files, name: data[: min(cut, len(data) // 2)]}, tmp_path / name.replace("/", "-"))
        )
        assert verdict.failures, name


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(0, 10**9), data=st.binary(min_size=1, max_size=40))
def test_a_damaged_zip_is_a_failure_or_makes_no_difference(tmp_path: Path, place: int, data: bytes) -> None:
    """Whatever is written into it: the sentences of a verdict, or one `ProofError`; never a traceback."""
    path = tmp_path / "dossier.zip"
    if not (tmp_path / "whole.zip").exists():
        zipped(full().items(), tmp_path / "whole.zip")
    whole = (tmp_path / "whole.zip").read_bytes()
    at = place % len(whole)
    path.write_bytes(whole[:at] + data + whole[at + len(data) :])
    verdict = verdict_or_none(path)
    if verdict is not None and verdict.holds and verdict.complete:
        assert verdict.entries == sum(entry_of(name) is not None for name in full())


def verdict_or_none(path: Path) -> Verdict | None:
    """None for a file that is no readable ZIP."""
    try:
        return judged(path)
    except ProofError:
        return None


# ── files that do not belong ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "Checkpoint",
        "checkpoint.bak",
        "entries/17.tlog-proof",
        "entries/000000000017.txt",
        "entries/0000000000017.tlog-proof",
        "entries/x/000000000017.tlog-proof",
        "documents/ab/cd",
        f"documents/ab/{'cd' * 32}",
        f"documents/AB/{'AB' * 32}",
        f"disclosures/{'ab' * 32}",
        "tile/0/000",
        ".hidden",
        "anchors/../policy.tsr",
    ],
)
@pytest.mark.parametrize("form", ["dossier", "dossier.zip"])
def test_a_file_that_has_no_place_is_named(tmp_path: Path, name: str, form: str) -> None:
    """What nobody looks at must not lie there looking as if it had been verified."""
    files = {**honest(), name: b"content"}
    if form == "dossier" and ".." in name:
        return  # a directory cannot hold such a name
    path = write(files, tmp_path / form) if form == "dossier" else zipped(files.items(), tmp_path / form)
    assert findings(path) == [("10.1", None)]


OUTSIDE = ("../outside", "/etc/passwd", "entries/../../outside", "C:\\outside", "a\x00b", "")


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_zip_that_wants_to_be_unpacked_elsewhere(tmp_path: Path, name: str) -> None:
    """Nothing is ever unpacked; such names are no names of the layout."""
    path = zipped([*honest().items(), (name, b"content")], tmp_path / "dossier.zip")
    assert findings(path) == [("10.1", None)]
    assert [one.name for one in tmp_path.iterdir()] == ["dossier.zip"]


def test_a_zip_in_which_a_file_stands_twice(tmp_path: Path) -> None:
    """One program shows the first, another one the last: neither is looked at."""
    files = honest()
    name = entry_name(CHOSEN[-1])
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped([*files.items(), (name, files[entry_name(CHOSEN[0])])], tmp_path / "dossier.zip")
    assert ("10.1", None) in findings(path)


def test_links_and_devices_are_no_files(tmp_path: Path) -> None:
    """A link may lead out of the dossier, a pipe may never end."""
    folder = write(honest(), tmp_path / "dossier")
    (tmp_path / "elsewhere").write_bytes((folder / entry_name(CHOSEN[-1])).read_bytes())
    (folder / entry_name(CHOSEN[-1])).unlink()
    (folder / entry_name(CHOSEN[-1])).symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "policy")
    (folder / "documents").symlink_to(tmp_path)
    found = [one for one in judged(folder).failures if one.check == "10.1"]
    assert len(found) == 3
    assert all("(no regular file)" in one.message for one in found)


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    """Encrypted, compressed in an unknown way, or with another checksum."""
    for number, (offset, value) in enumerate(((8, 99), (6, 1), (14, 0x12345678))):
        path = zipped(honest().items(), tmp_path / f"{number}.zip")
        broken = broken_zip(path, offset, value)
        assert {check for check, _ in findings(broken)} & {"10.1"}


def broken_zip(path: Path, offset: int, value: int) -> Path:
    """Changes a field of every header of the ZIP, local and central, by its offset in the local one."""
    data = bytearray(path.read_bytes())
    width = "<I" if offset == 14 else "<H"
    for signature, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        place = data.find(signature)
        while place >= 0:
            struct.pack_into(width, data, place + offset + shift, value)
            place = data.find(signature, place + 4)
    path.write_bytes(bytes(data))
    return path


def test_a_bomb_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A megabyte that unpacks to a gigabyte: every file has a limit before it is read."""
    files: Files = honest()
    path = tmp_path / "dossier.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
        unnamed = f"ab/ab{'0' * 62}"
        for name in ("policy", entry_name(10**6), f"disclosures/{unnamed}", f"documents/{unnamed}"):
            file.writestr(name, bytes(64 << 20))
    found = judged(path).failures
    assert [(one.check, one.seq) for one in found if one.check == "10.1"] == [("10.1", 10**6), ("10.1", None)]
    assert all("has more than" in one.message for one in found if one.check == "10.1")
    assert [one.check for one in found if one.check == "10.4"] == ["10.4", "10.4"]


# ── no dossier at all ──────────────────────────────────────────────────────────────────────────


def test_what_is_no_dossier_is_said_in_one_sentence(tmp_path: Path) -> None:
    """Nothing there, an empty directory, a text, an empty file, another ZIP."""
    with pytest.raises(NotFound, match="there is nothing at"):
        judged(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert findings(tmp_path / "empty") == [("8.2", None), ("10.3", None)]
    for content in (b"", b"a text", b"PK\x03\x04", bytes(1000)):
        (tmp_path / "file").write_bytes(content)
        with pytest.raises(ProofError, match="cannot be read") as caught:
            judged(tmp_path / "file")
        assert caught.value.check == "10.1"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("letter.txt", "hello")
    (tmp_path / "other.zip").write_bytes(other.getvalue())
    assert findings(tmp_path / "other.zip") == [("10.1", None), ("8.2", None), ("10.3", None)]
