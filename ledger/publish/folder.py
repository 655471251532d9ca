"""The published log as files: what anybody may copy, and any web server may serve (C2SP tlog-tiles).

::

    checkpoint                      the newest signed checkpoint
    tile/<L>/<N>[.p/<W>]            hash tiles
    tile/entries/<N>[.p/<W>]        entry bundles
    checkpoints/<N>                 every published checkpoint, by its size, written as tiles' indexes are
    checkpoints/sizes               their sizes in order, one line each
    anchors/<N>/<tsa>.tsr           time stamps over them (`ledger.publish.anchor_files`)

A name appears when the file behind it is complete and on the disk, and not before. A crash leaves at
most files whose name begins with `.new-`: nothing reads them, and the next pass overwrites them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ledger.errors import NotFound, ProofError, StoreUnavailable
from ledger.proof.checkpoint import Checkpoint, parse_checkpoint
from ledger.proof.merkle import EMPTY_ROOT
from ledger.proof.note import parse_note
from ledger.proof.tiles import WIDTH, Bundle, Tile, decode_bundle, parse_tile_path
from ledger.publish import durable, sentences
from ledger.publish.anchor_files import FOLDER as ANCHORS
from ledger.publish.anchor_files import parse_anchor_path
from ledger.publish.durable import disk_errors
from ledger.publish.sizes import Sizes
from ledger.sentence import PATH_AND_REASON

CHECKPOINT = "checkpoint"
FOLDER = "log"
"""The published log in a store's home directory."""

_tidying = ThreadPoolExecutor(1, thread_name_prefix="tidy")

_CHECKPOINTS, _ENTRIES = "checkpoints/", "tile/entries/"


class LogFolder:
    """A published log in a directory. Reading is for everybody, writing for the one publisher."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises `NotFound` or `StoreUnavailable`."""
        try:
            with open(self.path / name, "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(sentences.NO_FILE, name=name) from None
        except OSError as error:
            raise StoreUnavailable(PATH_AND_REASON, path=self.path / name, reason=error.strerror) from error

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.path / name).is_file()

    def tile(self, tile: Tile) -> bytes:
        """A hash tile. A partial one may be gone; then it is the beginning of the full one.

        Raises `NotFound`.
        """
        try:
            return self.read(tile.path)
        except NotFound:
            if tile.width == WIDTH:
                raise
        return self.read(Tile(tile.level, tile.index).path)[: tile.width * 32]

    def bundle(self, bundle: Bundle) -> list[bytes]:
        """The entries of a bundle. A partial one may be gone, as above.

        Raises `NotFound` or `ProofError`.
        """
        try:
            return decode_bundle(self.read(bundle.path), bundle.width)
        except NotFound:
            if bundle.width == WIDTH:
                raise
        return decode_bundle(self.read(Bundle(bundle.index).path), WIDTH)[: bundle.width]

    def put(self, files: Mapping[str, bytes]) -> None:
        """Writes files by name; when it returns they are on the disk. Raises `StoreUnavailable`."""
        with disk_errors(self.path):
            durable.put({self.path / name: data for name, data in files.items()})

    def write(self, files: Mapping[str, bytes]) -> set[Path]:
        """The same without the syncing: returns for what that is still to be done (`durable.write`)."""
        with disk_errors(self.path):
            return durable.write({self.path / name: data for name, data in files.items()})

    def newest(self) -> Checkpoint:
        """The newest published checkpoint, its signatures unread; that of the empty log if there is none.

        Raises `ProofError` or `Invalid` if it is none.
        """
        try:
            return parse_checkpoint(parse_note(self.read(CHECKPOINT)).text)
        except NotFound:
            return Checkpoint("", 0, EMPTY_ROOT)

    def publish(self, size: int, note: bytes) -> None:
        """Gives a checkpoint its names. Raises `StoreUnavailable`.

        The renaming itself is not synced: after a crash that forgets it, the next publisher begins by
        publishing what the signer remembers.
        """
        with disk_errors(self.path):
            beside = durable.write({self.path / checkpoint_path(size): note})
            durable.replace(self.path / CHECKPOINT, note, beside)
            Sizes(self.path).append(size)

    def publish_draft(self, size: int, draft: Path) -> set[Path]:
        """The same for a note that is on the disk, and that the signer remembers as it is published.

        It is one file with two names: a new one costs more than all else here. Its names are not on the disk
        when this returns: the next checkpoint must not be signed before the folders that are returned are
        synced. Until then it can be published from the signer's memory.
        """
        with disk_errors(self.path):
            try:
                folders = durable.link(draft, self.path / checkpoint_path(size))
            except OSError as error:
                if error.errno not in durable.NO_LINKS:
                    raise
                self.publish(size, draft.read_bytes())
                return set()
            durable.move(draft, self.path / CHECKPOINT)
            Sizes(self.path).append(size)
            return folders

    def folders_of(self, name: str) -> set[Path]:
        """The folders in which a file stands, the log's own included."""
        return {self.path / folder for folder in Path(name).parents}

    def refresh(self, note: bytes) -> None:
        """Replaces the newest checkpoint by itself with other cosignatures. Raises `StoreUnavailable`."""
        with disk_errors(self.path):
            durable.replace(self.path / CHECKPOINT, note)

    def mend(self) -> None:
        """Makes the list of sizes anew if it is not that of the checkpoints. Raises `StoreUnavailable`."""
        sizes, newest = Sizes(self.path), self.newest().size
        try:
            if max(sizes.latest(), 0) == newest and (newest == 0 or self.exists(checkpoint_path(newest))):
                return
        except ProofError:
            pass  # damaged by a crash: nothing stands in it that the checkpoints do not say
        self.list_sizes()

    def list_sizes(self) -> None:
        """Makes the list of sizes anew, of the checkpoints that are kept. Raises `StoreUnavailable`."""
        newest = self.newest().size  # a later one is still to be published
        with disk_errors(self.path):
            Sizes(self.path).write(size for size in self.kept() if size <= newest)

    def kept(self) -> Iterator[int]:
        """The sizes of the checkpoints that are kept, in no order."""
        folder = str(self.path / _CHECKPOINTS)
        for place, _, names in os.walk(folder):
            for name in names:
                path = f"{place[len(folder) :]}/{name}".lstrip("/")
                with suppress(ProofError):
                    found = parse_tile_path(_ENTRIES + path)
                    if found.width == WIDTH:
                        yield found.index

    def tidy(self, full: Iterable[str]) -> None:
        """Removes the partial versions of these full tiles and bundles (C2SP allows it), in another thread.

        Each removed file may wait for the disk as long as a sync does, and nobody waits for that. But it
        makes new ones dear for minutes: ext4 looks at every place of a removed file before it takes one.
        """
        _tidying.submit(self._remove_partial, full)

    def _remove_partial(self, full: Iterable[str]) -> None:
        for name in full:
            shutil.rmtree(self.path / f"{name}.p", ignore_errors=True)


def is_published_name(name: str) -> bool:
    """Whether a name is one that a published log may have: nothing else is read for strangers."""
    if name == CHECKPOINT:
        return True
    try:
        if name.startswith(f"{ANCHORS}/"):
            return bool(parse_anchor_path(name))
        parse_tile_path(name.replace(_CHECKPOINTS, _ENTRIES, 1) if name.startswith(_CHECKPOINTS) else name)
    except ProofError:
        return False
    return True


def checkpoint_path(size: int) -> str:
    """Where the checkpoint of this size is kept: the size is written as a tile's index is."""
    return Bundle(size).path.replace(_ENTRIES, _CHECKPOINTS, 1)
