"""All failures that an audit finds, one after the other, written to a file as they are found."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from api.cli.usage import wrong
from ledger.proof.checks import Failure
from ledger.sentence import PATH_AND_REASON

Function = Callable[..., int | None]

Told = Callable[[Failure], object]
"""Is told each failure when it is found."""


class Listing:
    """The file in which every failure gets a line (JSON), if that was asked for.

    What is kept of an audit is bounded (`ledger.audit.failures`), and all of a log may have been rewritten.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path

    @contextmanager
    def open(self) -> Iterator[Told | None]:
        """Takes failures. A file that cannot be written is a usage error, said before the audit begins."""
        if self.path is None:
            yield None
            return
        try:
            with self.path.open("w", encoding="utf-8") as file:
                yield lambda failure: file.write(json.dumps(failure.to_dict(), ensure_ascii=False) + "\n")
        except OSError as error:
            raise wrong(PATH_AND_REASON, path=self.path, reason=error.strerror) from error


def failures_option(function: Function) -> Function:
    """Adds --failures; the command takes it as `listing`."""

    @click.option(
        "--failures",
        type=click.Path(dir_okay=False),
        metavar="FILE.jsonl",
        help="Write down every failure, a line each.",
    )
    @functools.wraps(function)
    def run(failures: str | None, **rest: Any) -> int | None:
        return function(listing=Listing(Path(failures) if failures else None), **rest)

    return run
