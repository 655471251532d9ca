"""Does the audit follow a tree as the published files have it, and find what is false in it?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.bundles import Published
from ledger.audit.failures import Failures
from ledger.audit.heads import Head, Heads
from ledger.audit.published import TreeCheck
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import hash_leaf, root_of
from ledger.proof.signers import Ed25519Signer
from ledger.proof.static_log import static_log
from ledger.proof.tiles import Bundle, Tile, encode_bundle, parse_tile_path
from ledger.publish.folder import LogFolder

ORIGIN = "ledger.example.org/large"
SIGNER = Ed25519Signer.of(ORIGIN, SigningKey(bytes(32)))
LARGEST = 66_000


@cache
def files(size: int) -> dict[str, bytes]:
    """A published log of so many small entries."""
    return dict(static_log(ORIGIN, (entry(number) for number in range(size)), SIGNER))


def entry(number: int) -> bytes:
    """Some bytes."""
    return b"entry %d" % number


@cache
def leaves(size: int) -> bytes:
    """The leaf hashes of its entries."""
    return b"".join(hash_leaf(entry(number)) for number in range(size))


class InMemory(LogFolder):
    """A published log in memory."""

    def __init__(self, published: dict[str, bytes]) -> None:
        super().__init__(Path("nowhere"))
        self.files = published

    def read(self, name: str) -> bytes:
        """A file, or that of the file system, where there is none."""
        return self.files[name] if name in self.files else super().read(name)


def head(size: int, root: bytes | None = None) -> Head:
    """A signed head of the log."""
    found = root_of(leaves(size)[at : at + 32] for at in range(0, size * 32, 32)) if root is None else root
    note = sign_checkpoint(Checkpoint(ORIGIN, size, found), SIGNER)
    return Head(size, f"head {size}", lambda: note, "8.6", mine=True)


def check(
    published: dict[str, bytes], size: int, heads: list[Head], *, entries: int, steps: list[int]
) -> tuple[Failures, Heads]:
    """What is said to a log of so many entries, which come in these steps."""
    failures = Failures()
    looked = Heads(lambda size: [SIGNER.verification_key], None, failures)
    tree = TreeCheck(Published(InMemory(published), size), looked, iter(heads), failures)
    start = 0
    while start < entries:
        end = min(entries, start + steps[start % len(steps)])
        tree.take(range(start, end), leaves(entries)[start * 32 : end * 32], [])
        start = end
    tree.finish()
    return failures, looked


@settings(max_examples=40)
@given(data=st.data())
def test_every_size_and_every_head_on_the_way(data: st.DataObject) -> None:
    """However many entries come at once, also if the log has more than was published."""
    size = data.draw(st.sampled_from([0, 1, 255, 256, 257, 511, 512, 513, 1000]))
    entries = size + data.draw(st.sampled_from([0, 1, 300]))
    sizes = sorted(data.draw(st.sets(st.integers(0, entries), max_size=6)))
    steps = data.draw(st.lists(st.integers(1, 700), min_size=1, max_size=5))
    failures, looked = check(files(size), size, [head(one) for one in sizes], entries=entries, steps=steps)
    assert (failures.kept, looked.continued) == ([], sizes)


def test_a_tree_of_three_levels_of_tiles() -> None:
    """65,536 entries fill a tile of the second level."""
    heads = [head(one) for one in (255, 65_535, 65_536, 65_537, LARGEST)]
    failures, looked = check(files(LARGEST), LARGEST, heads, entries=LARGEST, steps=[1024])
    assert failures.kept == []
    assert looked.continued == [255, 65_535, 65_536, 65_537, LARGEST]


@pytest.mark.parametrize(
    "name", ["tile/0/100", "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1", "tile/0/257.p/208"]
)
def test_a_false_hash_is_found_where_it_stands(name: str) -> None:
    """At the first entry under it, and not again in the tiles above, which are right."""
    good = files(LARGEST)
    tile = parse_tile_path(name)
    assert isinstance(tile, Tile)
    bad = {**good, name: good[name][:-1] + bytes([good[name][-1] ^ 1])}
    failures, _ = check(bad, LARGEST, [], entries=LARGEST, steps=[1024])
    first = (tile.index * 256 + tile.width - 1) << 8 * tile.level
    assert [(one.check, one.seq) for one in failures.kept] == [("8.7", first)]


def test_another_entry_is_blamed_once_and_not_all_that_is_built_on_it() -> None:
    """A leaf that differs makes every tile above it differ as well."""
    good = files(LARGEST)
    failures = Failures()
    looked = Heads(lambda size: [SIGNER.verification_key], None, failures)
    tree = TreeCheck(Published(InMemory(good), LARGEST, bundles=False), looked, iter([]), failures)
    other = leaves(LARGEST)[: 5000 * 32] + bytes(32) + leaves(LARGEST)[5001 * 32 :]
    tree.take(range(LARGEST), other, [])
    tree.finish()
    assert [(one.check, one.seq) for one in failures.kept] == [("8.7", 5000)]


def test_missing_entries_are_named_and_the_rest_is_judged() -> None:
    """Rows were deleted: the published hashes stand in for them, so that heads can be judged all the same."""
    size, gone = 1000, range(300, 303)
    numbers = [number for number in range(size) if number not in gone]
    failures = Failures()
    looked = Heads(lambda size: [SIGNER.verification_key], None, failures)
    tree = TreeCheck(Published(InMemory(files(size)), size), looked, iter([head(size)]), failures)
    hashes = b"".join(leaves(size)[number * 32 : number * 32 + 32] for number in numbers)
    tree.take(numbers, hashes, [])
    tree.finish()
    assert [(one.check, one.seq) for one in failures.kept] == [("8.7", number) for number in gone]
    assert looked.continued == [size]


def test_where_the_published_hash_is_gone_as_well_nothing_more_is_said_about_the_tree() -> None:
    """It cannot be computed: that is one failure, and not one for each head."""
    size = 1000
    published = {name: data for name, data in files(size).items() if name != Tile(0, 1).path}
    failures = Failures()
    looked = Heads(lambda size: [SIGNER.verification_key], None, failures)
    tree = TreeCheck(Published(InMemory(published), size), looked, iter([head(400), head(size)]), failures)
    tree.take(range(300), leaves(size)[: 300 * 32], [])
    tree.take([*range(301, size)], leaves(size)[301 * 32 :], [])
    tree.finish()
    assert [(one.check, one.seq) for one in failures.kept] == [("8.7", 300)]
    assert looked.continued == []


@pytest.mark.parametrize("seq", [7, 999])
def test_a_bundle_is_compared_entry_by_entry(seq: int) -> None:
    """Whole ones and the last one; the entry that differs is named."""
    size, index = 1000, seq // 256
    bundle = Bundle(index, min(256, size - index * 256))
    entries = [entry(number) for number in range(index * 256, index * 256 + bundle.width)]
    entries[seq % 256] = b"another entry"
    failures, _ = check(
        {**files(size), bundle.path: encode_bundle(entries)}, size, [], entries=size, steps=[300]
    )
    assert [(one.check, one.seq) for one in failures.kept] == [("8.7", seq)]
