"""What a command says of itself, in German: its help and that of its options.

The English text stands at the command, the German one in `api.cli.german`, paragraph by paragraph.
"""

from __future__ import annotations

import copy
import inspect
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=click.Command)


def in_german(command: C) -> C:
    """The same command; what it says of itself is German as far as it is known."""
    told = copy.copy(command)
    told.help = german(command.help)
    told.params = [_parameter(one) for one in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: in_german(one) for name, one in told.commands.items()}
    return told


def german(text: str | None) -> str | None:
    """A help text in German, paragraph by paragraph; one that is not known stays as it is."""
    if text is None:
        return None
    from api.cli.german import GERMAN  # needed by who reads a German help only

    return "\n\n".join(GERMAN.get(one, one) for one in paragraphs(text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each in one line."""
    return [" ".join(one.split()) for one in inspect.cleandoc(text).split("\n\n")]


def _parameter(given: click.Parameter) -> click.Parameter:
    told: Any = copy.copy(given)
    if isinstance(given, click.Option):
        told.help = german(given.help)
        if isinstance(given.show_default, str):
            told.show_default = german(given.show_default)
    return told  # type: ignore[no-any-return]
