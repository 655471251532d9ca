"""Is every refusal said in German and in English, with the same values, and never put together in place?"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import api
import ledger
import projections
from ledger import errors
from ledger.domain.sentences import profiles, registers, voting
from ledger.errors import BadEncoding, BadShape, NotAllowed, NotProvided, ProofError, StimmbuchError, TooLate
from ledger.proof.sentences import encodings, shapes
from ledger.sentence import Sentence

ROOT = Path(__file__).resolve().parents[2]


def modules() -> Iterator[tuple[str, dict[str, Sentence]]]:
    """Every module of sentences with what it defines."""
    for package in (ledger, projections, api):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "sentences" in one.name.split("."):
                found = vars(importlib.import_module(one.name))
                yield one.name, {key: value for key, value in found.items() if isinstance(value, Sentence)}


SENTENCES = [(f"{name}.{key}", said) for name, found in modules() for key, said in found.items()]


@pytest.mark.parametrize("sentence", [pytest.param(said, id=name) for name, said in SENTENCES])
def test_both_languages_are_there_and_name_the_same_values(sentence: Sentence) -> None:
    """A value that only one language tells would be another refusal."""
    named = [{(field, how) for _, field, _, how in Formatter().parse(text) if field} for text in sentence]
    assert named[0] == named[1]
    assert sentence.en != sentence.de or not any(
        letter.isalpha() for literal, *_ in Formatter().parse(sentence.en) for letter in literal
    )
    assert all(text and text[-1] not in ".!" for text in sentence)


def said(tree: ast.AST) -> Iterator[ast.Call]:
    """Every error that a file makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = getattr(errors, node.func.id, None)
            if isinstance(kind, type) and issubclass(kind, StimmbuchError):
                yield node


def sources() -> dict[Path, ast.Module]:
    """Every module that may refuse, parsed."""
    paths = sorted(p for top in ("ledger", "projections", "api") for p in (ROOT / top).rglob("*.py"))
    return {path: ast.parse(path.read_bytes()) for path in paths}


def test_no_error_puts_its_sentence_together_where_it_is_raised() -> None:
    """Such a sentence would be English for everybody."""
    plain = []
    for path, tree in sources().items():
        for call in said(tree):
            named = call.args and isinstance(
                call.args[0], ast.Attribute | ast.Name | ast.IfExp | ast.Subscript
            )
            plain += [f"{path.relative_to(ROOT)}:{call.lineno}"] * (not named)
    assert plain == []


def test_no_failure_of_an_audit_is_made_of_words_of_its_own() -> None:
    """`Failure.of` takes a sentence or an error; only what came from another process is put in as it is."""
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Failure"
        if not isinstance(node.args[2], ast.Name)
    ]
    assert made == []


def plain(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text of several words in a module, but for what it says of itself and of its options."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring; of a command its help, which has a test of its own
        if isinstance(node, ast.keyword) and node.arg in ("help", "show_default", "metavar"):
            continue
        if isinstance(node, ast.Constant) and re.search(r"\w{2,}:? \w{2,}", str(node.value)):
            yield node
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.echo":
            yield from (one for one in pieces(node.args[0]) if re.search(r"[^\W\d_]{3}", str(one.value)))
        yield from plain(node)


def pieces(text: ast.expr) -> Iterator[ast.Constant]:
    """What stands literally in a text that is printed."""
    for one in text.values if isinstance(text, ast.JoinedStr) else [text]:
        if isinstance(one, ast.Constant) and one.value != "stimmbuch: ":
            yield one


def test_what_a_command_prints_for_people_is_a_sentence() -> None:
    """Text that stands in the command itself would be English for everybody."""
    found = {path.relative_to(ROOT).as_posix(): tree for path, tree in sources().items()}
    told = [
        f"{name}:{node.lineno} {node.value!r}"
        for name, tree in found.items()
        if name.startswith("api/cli/") and not name.startswith(("api/cli/sentences/", "api/cli/german/"))
        for node in plain(tree)
    ]
    assert told == []


def test_every_sentence_is_used() -> None:
    """A sentence that nobody says any more would be translated for ever."""
    named: set[str] = set()
    for path, tree in sources().items():
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        named |= set(names_in(own, tree))
    assert [name for name, _ in SENTENCES if name not in named] == []


def names_in(own: str, tree: ast.Module) -> Iterator[str]:
    """What the module `own` names, each with the module that it is from: namesakes are many."""
    called: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            called |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    yield from called.values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{called.get(node.value.id)}.{node.attr}"
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield f"{own}.{node.id}"


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


def test_an_error_within_an_error_is_told_in_the_same_language() -> None:
    """Where in a statement it is wrong comes from outside, what is wrong from inside."""
    inner = BadEncoding(encodings.NOT_BASE64, text="???")
    outer = BadShape(
        shapes.IN_FIELD, field="vote-cast", error=BadShape(shapes.IN_FIELD, field="ballot", error=inner)
    )
    assert outer.said("en") == str(outer) == "vote-cast: ballot: this is not base64: '???'"
    assert outer.said("de") == "vote-cast: ballot: das ist kein Base64: '???'"
    assert outer.details == {"field": "vote-cast", "error": "ballot: this is not base64: '???'"}


def test_an_error_can_take_over_the_words_of_another() -> None:
    """What is a malformed statement in one place is a malformed address in another."""
    taken = BadEncoding(BadShape(shapes.FLAG_EXPECTED, value=1))
    assert taken.code == "bad-encoding"
    assert taken.said("en") == taken.message == "true or false expected, not 1"
    assert taken.said("de") == "erwartet wird true oder false, nicht 1"


def test_of_a_foreign_exception_only_the_text_is_kept() -> None:
    """It would hold on to the frames that it came through, and with them to whatever was sent."""
    error = BadShape(shapes.IN_FIELD, field="a", error=ValueError("no"))
    assert error.values["error"] == error.details["error"] == "no"


def test_an_english_sentence_is_never_shown_as_a_german_one() -> None:
    """Neither alone nor inside another one: whoever shows it has to say so."""
    found = ProofError("the note has no signature", check="8.2")
    assert found.said("de") is None
    assert BadShape(shapes.IN_FIELD, field="a", error=found).said("de") is None
    assert BadShape("{braces} are no places").message == "{braces} are no places"


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
