"""In which language a command speaks, and how wrong usage is told: what click says itself, and what we do.

click looks its messages up with `gettext`, in the catalogue that the program names and in the language that
`LANGUAGE` names. The catalogue is made of its text by `api.cli.catalogue`.
"""

from __future__ import annotations

import gettext
from pathlib import Path

import click

from ledger import settings
from ledger.errors import StimmbuchError
from ledger.sentence import Sentence, figure

DOMAIN = "stimmbuch"
LOCALE = Path(__file__).with_name("locale")


def speak(language: str) -> None:
    """From now on click says in this language what is wrong with a command line."""
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    settings.tell_children("LANGUAGE", language)


def asked(lang: object) -> str:
    """The language of a command's `--lang`, else that of the environment."""
    return str(lang) if lang in ("de", "en") else settings.language()


def say(sentence: Sentence, *, err: bool = False, **values: object) -> None:
    """Prints a sentence, in the language of the command that is being run.

    Whole numbers have their thousands set apart; the number of an entry is a name, and given as text.
    """
    click.echo(_said(sentence, values), err=err)


def wrong(sentence: Sentence, **values: object) -> click.UsageError:
    """A usage error, in the language of the command that is being run."""
    return click.UsageError(_said(sentence, values))


def wrong_value(sentence: Sentence, option: str | None = None, **values: object) -> click.BadParameter:
    """The same about the value of an option."""
    return click.BadParameter(_said(sentence, values), param_hint=option)


def _said(sentence: Sentence, values: dict[str, object]) -> str:
    context = click.get_current_context(silent=True)
    language = asked(context and context.params.get("lang"))
    values = {name: figure(one, language) if type(one) is int else one for name, one in values.items()}
    return StimmbuchError(sentence, **values).said(language) or sentence.say(language, values)
