"""Does an audit know the root that the tree had at every size, in bounded memory, wherever it begins?"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit import seen as module
from ledger.audit.failures import Failures
from ledger.audit.heads import Heads
from ledger.audit.published import TreeCheck
from ledger.audit.seen import SeenCheck, roots_before
from ledger.audit.source import Page
from ledger.audit.tree import Tree
from ledger.proof.checks import Failure
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import hash_leaf, root_at
from ledger.proof.seen import RootReader, Seen
from ledger.proof.signers import Ed25519Signer
from ledger.proof.static_log import static_log
from ledger.publish.folder import LogFolder
from tests.support.entries_source import EntriesSource
from tests.support.trees import MemoryTree

SIGNER = Ed25519Signer.of("ledger.example/log", SigningKey(bytes(32)))
COUNT = 66_000
AT_TILES = (1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, COUNT - 1)


@cache
def entries() -> list[bytes]:
    """Small entries."""
    return [b"entry %d" % number for number in range(COUNT)]


@cache
def nodes() -> MemoryTree:
    """The tree over them."""
    return MemoryTree([hash_leaf(entry) for entry in entries()])


def true(size: int) -> str:
    """The root that the tree had at this size."""
    return base64.b64encode(root_at(size, nodes())).decode()


class Counting(EntriesSource):
    """Counts the entries that are read."""

    read = 0

    def page(self, first: int, end: int) -> Page:
        """As every source."""
        self.read += end - first
        return super().page(first, end)


def begun(start: int) -> Tree:
    """A tree as it is kept of the first `start` entries."""
    tree = Tree()
    TreeCheck(None, Heads(lambda size: (), None, Failures()), iter(()), Failures(), tree).take(
        range(start), b"".join(nodes().hashes[:start]), ()
    )
    return Tree([list(row) for row in tree.rows], start)


def grow(check: SeenCheck, tree: Tree, start: int, end: int) -> None:
    """The next entries."""
    heads = Heads(lambda size: (), None, Failures())
    growing = TreeCheck(None, heads, iter(()), Failures(), tree, check.lift)
    growing.take(range(start, end), b"".join(nodes().hashes[start:end]), ())


def looked(
    sizes: list[int], *, start: int = 0, end: int = COUNT, before: RootReader = lambda size: None
) -> tuple[list[Failure], int]:
    """What is said of the last entry if its signer had seen each of these; and how many entries are read."""
    tree, source = begun(start), Counting(entries())
    check = SeenCheck(tree, source, before)
    grow(check, tree, start, end)
    return list(check.look([Seen(end - 1, size, true(size)) for size in sizes])), source.read


def test_every_size_is_known_at_the_edges_of_tiles() -> None:
    """One entry before a group of 256 is complete, exactly there, and one after; the same above it."""
    assert looked(list(AT_TILES))[0] == []


def test_what_was_seen_long_ago_takes_eight_entries_and_not_a_group() -> None:
    """Whoever names other old checkpoints all the time must not make an audit take many times as long."""
    assert looked(list(range(1001, 1009))) == ([], 7 * 8)


def test_what_was_seen_lately_is_not_read_again() -> None:
    """Nearly all votes name the last checkpoints: no entry is read twice for them."""
    assert looked([COUNT - 1, COUNT - 256, COUNT - 5000]) == ([], 0)


def test_a_false_root_is_found_wherever_it_stands() -> None:
    """Lately, long ago, and in a group of its own."""
    tree = Tree()
    check = SeenCheck(tree, EntriesSource(entries()))
    grow(check, tree, 0, COUNT)
    wrong = [Seen(COUNT, size, true(size - 1)) for size in AT_TILES[1:]]
    failures = list(check.look(list(wrong)))
    assert [(one.check, one.expected, one.found) for one in failures] == [
        ("3.4", true(one.size), one.root) for one in wrong
    ]


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_any_size_is_known_wherever_the_audit_begins(data: st.DataObject) -> None:
    """From the size at which it begins on; of what is before only the edge was kept."""
    start = data.draw(st.integers(0, 1500))
    end = data.draw(st.integers(start + 1, 3000))
    sizes = (
        data.draw(st.lists(st.integers(max(1, start // 256 * 256 + 1), end - 1), max_size=20))
        if (start // 256 * 256 + 1 < end)
        else []
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "RECENT", 2)
        assert looked([one for one in sizes if one < end], start=start, end=end)[0] == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> LogFolder:
    """The log as files, at 3,000 entries."""
    folder = LogFolder(tmp_path_factory.mktemp("log"))
    folder.put(dict(static_log("ledger.example/log", entries()[:3000], SIGNER)))
    return folder


@pytest.mark.parametrize("start", [256, 700, 1024, 2999])
def test_what_was_seen_before_the_audit_begins_is_shown_by_the_tiles(
    published: LogFolder, start: int
) -> None:
    """They are proven to be the beginning of the tree that was verified last time."""
    before = roots_before(begun(start), published, 3000)
    sizes = [size for size in (1, 255, 256, 257, 700, 1023) if size <= start]
    assert looked(sizes, start=start, end=3000, before=before)[0] == []


def test_a_false_root_is_found_on_either_side_of_where_the_audit_begins(published: LogFolder) -> None:
    """Who looks only at what is new must not be the one to whom another log can be shown."""
    tree = begun(700)
    check = SeenCheck(tree, EntriesSource(entries()), roots_before(begun(700), published, 3000))
    grow(check, tree, 700, 3000)
    failures = check.look([Seen(2999, size, true(size - 1)) for size in (255, 512, 1024, 2998)])
    assert [(one.check, one.expected) for one in failures] == [
        ("3.4", true(size)) for size in (255, 512, 1024, 2998)
    ]


def test_without_tiles_it_is_said_that_nothing_shows_it() -> None:
    """Silence would look like a check that was made."""
    failures, _ = looked([1, 255], start=700, end=3000, before=roots_before(begun(700), None, 0))
    assert [one.check for one in failures] == ["8.15", "8.15"]


def test_false_tiles_show_nothing(tmp_path: Path) -> None:
    """Whoever changes an old tile cannot make a false root true, nor a true one false."""
    folder = LogFolder(tmp_path)
    folder.put(dict(static_log("ledger.example/log", [b"other", *entries()[1:3000]], SIGNER)))
    failures, _ = looked([255], start=700, end=3000, before=roots_before(begun(700), folder, 3000))
    assert [one.check for one in failures] == ["8.15"]


def test_entries_that_changed_meanwhile_show_nothing() -> None:
    """What is read again must be what was examined."""
    tree, changed = Tree(), [b"other", *entries()[1:]]
    check = SeenCheck(tree, EntriesSource(changed))
    grow(check, tree, 0, COUNT)
    assert [one.check for one in check.look([Seen(COUNT - 1, 5, true(5))])] == ["8.15"]
