"""Is every refusal said in German and in English, with the same values, and never put together in place?"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import api.sentences
import ledger.domain.sentences
from ledger import errors
from ledger.domain.sentences import profiles, registers, voting
from ledger.errors import NotAllowed, NotProvided, Refused, TooLate
from ledger.sentence import Sentence

ROOT = Path(__file__).resolve().parents[2]
ALSO = ("BadProfile", "NoSuchTime")
"""What an opening is refused for, though it is no `Refused`."""


def modules() -> Iterator[tuple[str, dict[str, Sentence]]]:
    """Every module of sentences with what it defines."""
    names = [
        f"ledger.domain.sentences.{one.name}"
        for one in pkgutil.iter_modules(ledger.domain.sentences.__path__)
    ]
    for name in [*names, api.sentences.__name__]:
        found = vars(importlib.import_module(name))
        yield name, {key: value for key, value in found.items() if isinstance(value, Sentence)}


SENTENCES = [(f"{name}.{key}", said) for name, found in modules() for key, said in found.items()]


@pytest.mark.parametrize("sentence", [pytest.param(said, id=name) for name, said in SENTENCES])
def test_both_languages_are_there_and_name_the_same_values(sentence: Sentence) -> None:
    """A value that only one language tells would be another refusal."""
    named = [{(field, how) for _, field, _, how in Formatter().parse(text) if field} for text in sentence]
    assert named[0] == named[1]
    assert sentence.en != sentence.de
    assert all(text and text[-1] not in ".!" for text in sentence)


def refusals(tree: ast.AST) -> Iterator[ast.Call]:
    """Every refusal that a file raises."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and isinstance(node.exc.func, ast.Name)
        ):
            kind = getattr(errors, node.exc.func.id, None)
            refuses = isinstance(kind, type) and issubclass(kind, Refused)
            if refuses or node.exc.func.id in ALSO:
                yield node.exc


def sources() -> dict[Path, ast.Module]:
    """Every module that may refuse, parsed."""
    paths = sorted(p for top in ("ledger", "projections", "api") for p in (ROOT / top).rglob("*.py"))
    return {path: ast.parse(path.read_bytes()) for path in paths}


def test_no_refusal_puts_its_sentence_together_where_it_is_raised() -> None:
    """Such a sentence would be English for everybody."""
    plain = []
    for path, tree in sources().items():
        for call in refusals(tree):
            together = not call.args or isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
            plain += [f"{path.relative_to(ROOT)}:{call.lineno}"] * together
    assert plain == []


def test_every_sentence_is_used() -> None:
    """A sentence that nobody says any more would be translated for ever."""
    named = {
        f"{node.value.id}.{node.attr}"
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert [name for name, _ in SENTENCES if ".".join(name.split(".")[-2:]) not in named] == []


def test_an_error_says_its_sentence_in_either_language_and_keeps_the_values() -> None:
    """The values are details as well, for programs."""
    error = TooLate(voting.DEADLINE_WAS, deadline="D", at="A", rule="deadline")
    assert error.message == str(error) == error.said("en") == "the deadline was D; this entry's time is A"
    assert error.said("de") == "die Frist endete D; der Eintrag trägt die Zeit A"
    assert error.details == {"deadline": "D", "at": "A", "rule": "deadline"}


def test_alternatives_and_sentences_within_a_sentence_are_said_in_its_language() -> None:
    """Neither "clerk or chair" nor "an extension" may stay English in a German sentence."""
    asked = NotAllowed(registers.NOT_IN_THE_ROLE, actor="anna", roles=["clerk", "chair"])
    assert asked.said("en") == "anna is not clerk or chair"
    assert asked.said("de") == "anna hat nicht die Rolle clerk oder chair"
    inner = Sentence("a secret ballot on item {item}", "eine geheime Abstimmung zu Punkt {item}")
    missing = NotProvided(voting.NOT_PROVIDED, what=inner, item="2")
    assert missing.said("de") == "das Regelprofil sieht eine geheime Abstimmung zu Punkt 2 nicht vor"
    assert missing.details["what"] == "a secret ballot on item 2"


def test_an_error_for_programmers_is_english_and_says_so() -> None:
    """Nobody is shown an English sentence as a German one."""
    assert errors.BadShape("vote-cast: missing: withdraws").said("de") is None
    assert errors.BadShape("{braces} are no places").message == "{braces} are no places"


@pytest.mark.parametrize(
    ("language", "no_item", "a_majority"),
    [
        (
            "en",
            "there is no item {0.__class__}",
            "a majority is {n, d, strict, base}, {count}, or null",
        ),
        (
            "de",
            "einen Punkt {0.__class__} gibt es nicht",
            "eine Mehrheit ist {n, d, strict, base}, {count} oder null",
        ),
    ],
)
def test_braces_in_a_value_or_in_a_sentence_are_only_braces(
    language: str, no_item: str, a_majority: str
) -> None:
    """What somebody sent must not be read as a template."""
    assert voting.NO_ITEM.say(language, {"item": "{0.__class__}"}) == no_item
    assert profiles.A_MAJORITY.say(language, {}) == a_majority
