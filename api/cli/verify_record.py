"""The record of an audit, written to a file."""

from __future__ import annotations

import functools
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from api.cli.sentences import usage
from api.cli.usage import asked, wrong, wrong_value
from api.clock import utc_now
from ledger import __version__
from ledger.audit.findings import Findings
from ledger.audit.record import Circumstances, make_record
from ledger.audit.record_html import record_page
from ledger.sentence import PATH_AND_REASON

Function = Callable[..., int | None]


class Recording:
    """Keeps the record of one audit, if that was asked for; its page in the language of the command."""

    def __init__(self, path: Path | None, language: str) -> None:
        self._path, self._language = path, language
        self._begun = utc_now()

    def write(self, found: Findings) -> None:
        """Writes the record. A file that cannot be written is a usage error."""
        if self._path is None:
            return
        command = shlex.join(["stimmbuch", *sys.argv[1:]])
        record = make_record(found, Circumstances(command, __version__, self._begun, utc_now()))
        page = self._path.suffix == ".html"
        text = record_page(record, self._language) if page else _as_json(record)
        try:
            self._path.write_text(text, "utf-8")
        except OSError as error:
            raise wrong(PATH_AND_REASON, path=self._path, reason=error.strerror) from error


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def record_option(function: Function) -> Function:
    """Adds --record; the command takes it as `recording`."""

    @click.option(
        "--record",
        type=click.Path(dir_okay=False),
        metavar="FILE.html|FILE.json",
        help="Write down what was checked and found.",
    )
    @functools.wraps(function)
    def run(record: str | None, **rest: Any) -> int | None:
        path = None if record is None else Path(record)
        if path is not None and path.suffix not in {".html", ".json"}:
            raise wrong_value(usage.HTML_OR_JSON, "--record")
        if path is not None and not path.parent.is_dir():  # an audit may take an hour: say it before
            raise wrong_value(usage.NO_DIRECTORY, "--record", path=path.parent)
        return function(recording=Recording(path, asked(rest.get("lang"))), **rest)

    return run
