"""How results are told: text for people, one JSON object with `--json`, and the exit code."""

from __future__ import annotations

import functools
import inspect
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from api.cli.sentences import progress as words
from api.cli.usage import asked, inherited, said
from ledger.errors import (
    CannotWrite,
    LoginRefused,
    NotPublished,
    OutcomeUnknown,
    PolicyUnmet,
    ProofError,
    Refused,
    StimmbuchError,
    Unreachable,
)
from ledger.proof.checks import Conclusion
from ledger.sentence import PATH_AND_REASON, Sentence

HOLDS, DOES_NOT_HOLD, USAGE, INCOMPLETE, OLDER = 0, 1, 2, 3, 4

_CONCLUSIONS = {
    Conclusion.HOLDS: HOLDS,
    Conclusion.DOES_NOT_HOLD: DOES_NOT_HOLD,
    Conclusion.OLDER: OLDER,
    Conclusion.INCOMPLETE: INCOMPLETE,
}

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
store_option = click.option(
    "--store",
    "store",
    required=True,
    envvar="STIMMBUCH_STORE",
    metavar="STORE",
    help="A directory (embedded) or postgresql://…",
)


def _path(_: click.Context, __: click.Parameter, name: str | None) -> Path | None:
    return Path(name) if name else None


home_option = click.option(
    "--home",
    "home",
    type=click.Path(file_okay=False),
    callback=_path,
    envvar="STIMMBUCH_HOME",
    help="Folder of keys and documents; for a directory store the store itself.",
)


lang_option = click.option(
    "--lang",
    default=inherited,
    show_default="STIMMBUCH_LANG, else en",
    type=click.Choice(["de", "en"]),
    is_eager=True,
    help="Of the words.",
)


def exit_code(error: StimmbuchError) -> int:
    """The exit code that an error means, here or as a service tells it (`details["problem"]`)."""
    problem: Any = error.details.get("problem")
    if problem is not None:
        return _exit_code_of(problem["status"])
    if isinstance(error, (Refused, ProofError, LoginRefused)):
        return DOES_NOT_HOLD
    incomplete = OutcomeUnknown, NotPublished, PolicyUnmet, Unreachable, CannotWrite
    return INCOMPLETE if isinstance(error, incomplete) else USAGE


def exit_code_of(conclusion: Conclusion) -> int:
    """What an audit comes to, as an exit code."""
    return _CONCLUSIONS[conclusion]


def _exit_code_of(status: int) -> int:
    if status >= 500:
        return INCOMPLETE
    return USAGE if status in {400, 401, 404, 413, 415, 422} else DOES_NOT_HOLD


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """What every command is: `told`, and with `--lang`; it takes `lang` itself if it prints sentences."""
    return lang_option(told(function))


def told(function: Callable[..., int | None]) -> Callable[..., None]:
    """Runs a command: its number is the exit code, an error becomes a sentence, never a traceback."""
    takes_lang = "lang" in inspect.signature(function).parameters

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        given = {name: value for name, value in kwargs.items() if name != "lang" or takes_lang}
        try:
            code = function(*args, **given)
        except StimmbuchError as error:
            fail(error, as_json=bool(kwargs.get("as_json")), language=asked(kwargs.get("lang")))
        except BrokenPipeError:
            _say_no_more()
            sys.exit(INCOMPLETE)  # the reader (head, less) has seen enough, but not what it comes to
        sys.exit(code or HOLDS)

    return run


def _say_no_more() -> None:
    """What is still buffered goes nowhere: Python would complain of it at exit, with a code of its own."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def fail(error: StimmbuchError, *, as_json: bool, language: str = "en") -> NoReturn:
    """Says what was wrong and what to do next, and leaves with the error's exit code.

    `language` is for people: that of the command's `--lang`, else `STIMMBUCH_LANG`.
    """
    if as_json:
        show({"error": error.code, "message": error.message, "hint": error.hint, "details": error.details})
    else:
        what, hint = in_words(error, language)
        click.echo(f"stimmbuch: {what}", err=True)
        if paragraph := error.cited(language):
            click.echo(f"  {paragraph}", err=True)
        if hint:
            click.echo(f"  {hint}", err=True)
    sys.exit(exit_code(error))


def in_words(error: StimmbuchError, language: str) -> tuple[str, str]:
    """What was wrong and what to do next."""
    if language != "de":
        return error.message, error.hint
    from ledger.errors_german import GERMAN, in_german

    return in_german(error), GERMAN[error.code][1]


def keep(path: Path, data: bytes) -> None:
    """Writes a file that was asked for. Raises `CannotWrite`."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CannotWrite(PATH_AND_REASON, path=path, reason=error.strerror) from error


@contextmanager
def new_private_file(path: Path) -> Iterator[Callable[[bytes], object]]:
    """A new file that only its owner can read; gone again where the block fails. Raises `CannotWrite`."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CannotWrite(PATH_AND_REASON, path=path, reason=error.strerror) from error
    try:
        with open(descriptor, "wb", buffering=0) as file:
            yield file.write
            os.fsync(descriptor)
    except BaseException as error:
        path.unlink()
        if isinstance(error, OSError):
            raise CannotWrite(PATH_AND_REASON, path=path, reason=error.strerror) from error
        raise


def show(value: Any) -> None:
    """Prints a value as JSON: never localised, keys in order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str))


class Progress:
    """A line on standard error that is rewritten in place; nothing where nobody looks on."""

    def __init__(self, what: Sentence, *, quiet: bool = False) -> None:
        self._what = said(what)
        self._shown = sys.stderr.isatty() and not quiet
        self._began = time.monotonic()
        self._last = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Shows how far it is, at most ten times a second."""
        now = time.monotonic()
        if not self._shown or (now - self._last < 0.1 and done != total):
            return
        self._last = now
        rate = done / max(now - self._began, 0.001)
        of = f"/{total:,}" if total else ""
        left = said(words.LEFT, seconds=round((total - done) / rate)) if total and rate else ""
        click.echo(f"\r\x1b[K{self._what}: {done:,}{of} ({rate:,.0f}/s{left})", nl=False, err=True)

    def end(self) -> None:
        """Clears the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
