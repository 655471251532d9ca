"""Does the command line say what was wrong in the language of whoever types?"""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import click
import pytest
from babel.messages import pofile

from api.cli import _COMMANDS, main
from api.cli.catalogue import TEXT, catalogue
from api.cli.german import GERMAN
from api.cli.helping import paragraphs
from api.service.configuration import Configuration

WORDS = {
    "de": ("ist kein mitgeliefertes Profil", "oder ein mitgeliefertes Profil wählen."),
    "en": ("is no built-in profile", "or use a built-in profile."),
}


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command, without what this process's environment says about language."""
    clean = {name: value for name, value in os.environ.items() if name != "STIMMBUCH_LANG"}
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        capture_output=True, text=True, check=False, env={**clean, **environ},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        ((), {}, "en"),
        ((), {"STIMMBUCH_LANG": "de"}, "de"),
        ((), {"STIMMBUCH_LANG": "de_DE.UTF-8"}, "de"),
        (("--lang", "de"), {}, "de"),
        (("--lang", "en"), {"STIMMBUCH_LANG": "de"}, "en"),
    ],
)
def test_an_error_is_told_in_the_language_that_was_asked_for(
    options: tuple[str, ...], environ: dict[str, str], said: str
) -> None:
    """What was wrong and what to do next: by option, else by the environment, else in English."""
    done = run("profiles", "no-such-profile", *options, **environ)
    assert done.returncode == 2
    assert all(words in done.stderr for words in WORDS[said])


@pytest.mark.parametrize(("lang", "said"), [("de", "gibt keine Antwort"), ("en", "gives no answer")])
def test_a_service_that_is_not_there_is_told_in_that_language(lang: str, said: str) -> None:
    """The commonest fault of all commands with `--url`."""
    url = "http://127.0.0.1:1/v1/ledgers/town"
    done = run("prepare", "vote-cast", "--url", url, "--patience", "0", "--lang", lang)
    assert done.returncode != 0
    assert said in done.stderr


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_takes_a_language(name: str) -> None:
    """Whatever refuses says why in the language of whoever typed."""
    found = main.get_command(click.Context(main), name)
    commands = found.commands.values() if isinstance(found, click.Group) else [found]
    assert commands
    for one in commands:
        assert one is not None
        assert "--lang" in [option for parameter in one.params for option in parameter.opts]


def helped() -> Iterator[tuple[str, str]]:
    """What commands say of themselves and of their options, each with where; a paragraph each."""
    context = click.Context(main)
    commands = {"stimmbuch": main, **{name: main.get_command(context, name) for name in _COMMANDS}}
    settings = {row.name for row in Configuration.rows()}
    for name, command in commands.items():
        for one in (command, *getattr(command, "commands", {}).values()):
            table = settings if name == "serve" else set()
            options = [p for p in one.params if isinstance(p, click.Option) and p.name not in table]
            told = [one.help, *(text for p in options for text in (p.help, p.show_default))]
            yield from ((name, each) for text in told if isinstance(text, str) for each in paragraphs(text))


def test_what_commands_say_of_themselves_is_there_in_german() -> None:
    """All of it but the settings of the service; and nothing is kept that no command says any more."""
    said = list(helped())
    assert [(name, text) for name, text in said if text not in GERMAN] == []
    assert GERMAN.keys() - {text for _, text in said} == set()
    assert [english for english, german in GERMAN.items() if english == german] == []


@pytest.mark.parametrize(
    ("typed", "environ", "said"),
    [
        (("--help",), {}, ("Usage:", "Verify TARGET: a store")),
        (("--help",), {"STIMMBUCH_LANG": "de"}, ("Aufruf:", "Prüft TARGET: einen Speicher")),
        (("--lang", "de", "--help"), {}, ("Aufruf:", "Prüft TARGET: einen Speicher")),
        (("verify", "--help", "--lang", "de"), {}, ("Optionen:", "Prüft TARGET: einen Speicher")),
        (("verify", "--lang=de", "-h"), {}, ("Optionen:", "Ein Prüfpunkt, den Sie aufbewahrt haben.")),
        (("verify", "--help", "--lang", "en"), {"STIMMBUCH_LANG": "de"}, ("Options:", "Verify TARGET")),
        (("token", "create", "--help", "--lang", "de"), {}, ("[nötig]", "Legt ein Token namens NAME an")),
        (("report", "--help", "--lang", "de"), {}, ("Vorgabe: pdf", "den Auszug für die Niederschrift")),
    ],
)
def test_help_is_given_in_that_language(
    typed: tuple[str, ...], environ: dict[str, str], said: tuple[str, ...]
) -> None:
    """Wherever `--lang` stands: who asks for help knows no order yet."""
    done = run(*typed, **environ)
    assert done.returncode == 0
    assert [words for words in said if words not in done.stdout] == []


def test_the_language_of_the_program_is_that_of_its_commands() -> None:
    """`stimmbuch --lang de …` is what somebody tries first."""
    done = run("--lang", "de", "profiles", "no-such-profile")
    assert all(words in done.stderr for words in WORDS["de"])
    done = run("--lang", "de", "profiles", "no-such-profile", "--lang", "en")
    assert all(words in done.stderr for words in WORDS["en"])


@pytest.mark.parametrize(
    ("typed", "environ", "said"),
    [
        (("submitt",), {"STIMMBUCH_LANG": "de"}, "Fehler: Einen Befehl 'submitt' gibt es nicht."),
        (("submit", "--foo"), {"STIMMBUCH_LANG": "de"}, "Fehler: Eine Option '--foo' gibt es nicht."),
        (("tally",), {"STIMMBUCH_LANG": "de"}, "Fehler: Es fehlt die Angabe 'PROCEDURE'."),
        (("tally", "--lang", "de"), {}, "Fehler: Es fehlt die Angabe 'PROCEDURE'."),
        (("tally", "--lang", "en"), {"STIMMBUCH_LANG": "de"}, "Error: Missing argument 'PROCEDURE'."),
        (("tally",), {"LANG": "de_DE.UTF-8"}, "Error: Missing argument 'PROCEDURE'."),
        (("serve",), {"STIMMBUCH_LANG": "de"}, "Fehler: Es fehlt die Option '--store', und keine Datei"),
        (("serve", "--lang", "en"), {}, "Error: Missing option '--store', and no file names a ledger"),
    ],
)
def test_a_command_that_is_typed_wrongly_is_answered_in_that_language(
    typed: tuple[str, ...], environ: dict[str, str], said: str
) -> None:
    """By click as by ourselves; what the system's own language is does not matter to either."""
    done = run(*typed, **environ)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("Aufruf:" if said.startswith("Fehler") else "Usage:")


def ids() -> list[tuple[str, ...]]:
    """Every message of the text, each with its plural if it has one."""
    found = (one.id for one in pofile.read_po(io.BytesIO(TEXT.read_bytes())) if one.id)
    return [tuple(one) if isinstance(one, list | tuple) else (one,) for one in found]


def test_the_catalogue_says_what_its_text_says() -> None:
    """`python -m api.cli.catalogue` writes it anew."""
    made = GNUTranslations(io.BytesIO(catalogue()))
    kept = GNUTranslations(io.BytesIO(TEXT.with_suffix(".mo").read_bytes()))
    assert len(ids()) > 30
    for one in ids():
        told = [
            [each.gettext(one[0])] if len(one) == 1 else [each.ngettext(one[0], one[1], n) for n in (1, 2)]
            for each in (made, kept)
        ]
        assert told[0] == told[1]
        assert not set(told[0]) & set(one)


def test_every_message_of_the_text_is_one_of_clicks() -> None:
    """One that click words otherwise tomorrow would be English again, and nobody would know."""
    trees = [ast.parse(path.read_bytes()) for path in Path(click.__file__).parent.glob("*.py")]
    said = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert [text for one in ids() for text in one if text not in said] == []


def test_json_is_never_localised() -> None:
    """A program that reads it must not depend on its user's language."""
    told = [run("profiles", "no-such-profile", "--json", STIMMBUCH_LANG=lang).stdout for lang in ("de", "en")]
    assert told[0] == told[1]
    assert "is no built-in profile" in told[0]
