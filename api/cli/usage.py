"""In which language a command speaks, and how wrong usage is told: what click says itself, and what we do.

click looks its messages up with `gettext`, in the catalogue that the program names and in the language that
`LANGUAGE` names. The catalogue is made of its text by `api.cli.catalogue`.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from ledger import settings
from ledger.errors import StimmbuchError
from ledger.sentence import LANGUAGES, Sentence, figure

DOMAIN = "stimmbuch"
LOCALE = Path(__file__).with_name("locale")


def speak(language: str) -> None:
    """From now on click says in this language what is wrong with a command line."""
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    settings.tell_children("LANGUAGE", language)


def speaking() -> str:
    """The language that `speak` was told."""
    return settings.variable("LANGUAGE") or "en"


def named(arguments: Sequence[str]) -> str | None:
    """The language that `--lang` names anywhere among the arguments: help may stand before it."""
    found = [
        *(value for option, value in pairwise(arguments) if option == "--lang"),
        *(one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")),
    ]
    return next((one for one in reversed(found) if one in LANGUAGES), None)


def inherited() -> str:
    """The language of `stimmbuch --lang …`, else that of the environment."""
    context = click.get_current_context(silent=True)
    lang = context and context.find_root().params.get("lang")
    return str(lang) if lang in LANGUAGES else settings.language()


def asked(lang: object) -> str:
    """The language of a command's `--lang`, else the inherited one."""
    return str(lang) if lang in LANGUAGES else inherited()


def say(sentence: Sentence, *, err: bool = False, **values: object) -> None:
    """Prints a sentence, in the language of the command that is being run."""
    click.echo(said(sentence, **values), err=err)


def wrong(sentence: Sentence, **values: object) -> click.UsageError:
    """A usage error, in the language of the command that is being run."""
    return click.UsageError(said(sentence, **values))


def wrong_value(sentence: Sentence, option: str | None = None, **values: object) -> click.BadParameter:
    """The same about the value of an option."""
    return click.BadParameter(said(sentence, **values), param_hint=option)


def spoken() -> str:
    """The language of the command that is being run."""
    context = click.get_current_context(silent=True)
    return asked(context and context.params.get("lang"))


def said(sentence: Sentence, **values: object) -> str:
    """A sentence with its values, in the language of the command that is being run.

    Whole numbers have their thousands set apart; the number of an entry is a name, and given as text.
    """
    language = spoken()
    values = {name: figure(one, language) if type(one) is int else one for name, one in values.items()}
    return StimmbuchError(sentence, **values).said(language) or sentence.say(language, values)
