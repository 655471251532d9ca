"""The folder in which the processes of a service count together: made when it starts, removed when it ends.

It lies among the system's temporary files, once for each service, whichever ledgers that serves. Its owner
holds a lock in it; what a service leaves that was killed is removed by the next one that starts.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from ledger.lock_file import LockFile

PREFIX = "stimmbuch-metrics-"
OWNER = "owner"
"""The file that is locked as long as the folder is in use."""


class CountingFolder:
    """A new folder of this service. Raises `OSError` where there can be none. Close it."""

    def __init__(self) -> None:
        remove_abandoned()
        while not self._made():
            self._owner.give()

    def close(self) -> None:
        """Removes it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._owner.give()

    def _made(self) -> bool:
        """Whether it is ours: one that starts meanwhile may have seen it before it was locked."""
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._owner = LockFile(self.path / OWNER)
        return self._owner.take() and (self.path / OWNER).exists()


def remove_abandoned() -> None:
    """Removes the folders of services that are gone. Those of other users, and of others at all, stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = LockFile(folder / OWNER)
        with suppress(OSError):  # somebody else's, or removed meanwhile
            if _own(folder) and (folder / OWNER).exists() and owner.take():
                shutil.rmtree(folder, ignore_errors=True)
        owner.give()


def _own(folder: Path) -> bool:
    """Whether it is a folder, and no link, of this user: nothing is opened that somebody else put there."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
