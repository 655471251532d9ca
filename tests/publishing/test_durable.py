"""Is a file that is replaced many times a second always there, and always one of those that were written?"""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from ledger.publish import durable
from ledger.publish.durable import exchange, read_exchanged


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was exchanged twice: there is one to write into."""
    path = tmp_path / "checkpoint"
    for content in (b"first", b"second"):
        exchange(path, content)
    return path


def test_no_file_is_made_and_none_removed(file: Path) -> None:
    """The two that there are take turns, whatever their lengths."""
    places = {one.stat().st_ino for one in file.parent.iterdir()}
    for length in (5000, 3, 4097, 0, 12):
        exchange(file, b"x" * length)
        assert read_exchanged(file) == b"x" * length
    assert {one.stat().st_ino for one in file.parent.iterdir()} == places


@pytest.mark.parametrize("name", [".spare-checkpoint", ".kept-checkpoint"])
def test_the_file_in_use_is_never_written_into(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A crash, or a file system that forgets the order of names, has left it under another name as well."""
    other = file.parent / name
    other.unlink(missing_ok=True)
    other.hardlink_to(file)

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "_sync", fails)
        with pytest.raises(OSError, match="Input"):
            exchange(file, b"never synced")
    assert file.read_bytes() == b"second"
    exchange(file, b"third")
    assert read_exchanged(file) == b"third"


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("step", ["_link", "_rename"])
def test_what_breaks_off_leaves_the_old_one_or_the_new_one(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """At every change of a name; and the next exchange is none the worse for it."""
    real, left = getattr(durable, step), [number]

    def fails(*arguments: Path) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.EIO, "Input/output error")
        real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(durable, step, fails)
        try:
            exchange(file, b"third")
        except OSError:
            assert file.read_bytes() in {b"second", b"third"}
    exchange(file, b"fourth")
    assert read_exchanged(file) == b"fourth"


def test_without_second_names_it_is_an_ordinary_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network file systems have none."""

    def refuses(*_: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(durable, "_link", refuses)
    for content in (b"third", b"fourth"):
        exchange(file, content)
        assert read_exchanged(file) == content


def test_who_reads_meanwhile_gets_a_whole_one(file: Path) -> None:
    """However long the reading takes: a file that is written into again is read again."""
    contents = [bytes([number]) * 20_000 for number in range(1, 250)]
    exchange(file, contents[0])
    wanted, ended, odd = {*contents}, threading.Event(), list[bytes]()

    def read() -> None:
        while not ended.is_set():
            if (found := read_exchanged(file)) not in wanted:
                odd.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for content in contents:
        exchange(file, content)
    ended.set()
    for reader in readers:
        reader.join()
    assert odd == []
