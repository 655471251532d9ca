"""Steps that write, made to fail one after the other: before they are done, or after.

::

    with failing("_rename", 2, stored=True) as step: ...      # the third one is done, and fails
    for copy in failures(log, "_rename", stored=True, publish=publish): ...
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from ledger.errors import StimmbuchError
from ledger.publish import durable
from ledger.publish.folder import FOLDER
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.sizes import Sizes
from tests.support.publishing import ALog

STEPS: dict[str, object] = {
    "_rename": durable,
    "_write_draft": durable,
    "_link": durable,
    "_sync": durable,
    "mkdir": os,
    "ftruncate": os,
    "unlink": os,
    "append": Sizes,
}
"""What changes the disk in a pass, and whose it is."""

EITHER_WAY = pytest.mark.parametrize("stored", [False, True], ids=["failed and lost", "failed but stored"])


class Failing:
    """Does what a step does, and fails at the one with this number."""

    def __init__(self, step: Callable[..., Any], number: int, *, stored: bool) -> None:
        self._step, self._left, self._stored = step, number, stored
        self.failed = False

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """As the step."""
        self._left -= 1
        if self._left != -1:
            return self._step(*arguments, **named)
        self.failed = True
        if self._stored:
            with suppress(OSError):
                self._step(*arguments, **named)
        raise OSError(5, "Input/output error")


@contextmanager
def failing(name: str, number: int, *, stored: bool) -> Iterator[Failing]:
    """The step of this name fails at its call of this number, from 0."""
    owner = STEPS[name]
    step = Failing(getattr(owner, name), number, stored=stored)

    def made(*arguments: Any, **named: Any) -> Any:
        return step(*arguments, **named)  # a function: what replaces a method is given the object

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(owner, name, made)
        yield step


def copied(log: ALog) -> ALog:
    """A copy of the published log and of the signer's memory, as they are now."""
    home = Path(mkdtemp(prefix="copy-", dir=log.home))
    for name in (FOLDER, SIGNER):
        if (log.home / name).exists():
            shutil.copytree(log.home / name, home / name)
    return ALog(log.store, home)


def failures(
    log: ALog,
    name: str,
    *,
    stored: bool,
    publish: Callable[[ALog], object],
    copy: Callable[[ALog], ALog] = copied,
) -> Iterator[ALog]:
    """Copies of a published log after a pass that failed: at the first such step, at the second, and so on.

    Each failure must be said, as an error of ours.
    """
    for number in itertools.count():
        found = copy(log)
        with failing(name, number, stored=stored) as step:
            assert _fails(publish, found) == step.failed
        if not step.failed:
            return
        yield found


def _fails(publish: Callable[[ALog], object], log: ALog) -> bool:
    try:
        publish(log)
    except StimmbuchError:
        return True
    return False
