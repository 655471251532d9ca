"""Does every way of saying no have its own code and a next step?"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import api
import ledger
import projections
from ledger.errors import StimmbuchError
from ledger.errors_german import GERMAN


def tree(cls: type[StimmbuchError]) -> Iterator[type[StimmbuchError]]:
    """All classes below `cls`: those that can be raised."""
    for child in cls.__subclasses__():
        yield child
        yield from tree(child)


INTERNAL = {
    # class elsewhere -> why it never reaches a user
    "ledger.storage.recorder.Conflict": "the library wants an IntegrityError; the caller compares",
}
RAISED = sorted(
    (c for c in tree(StimmbuchError) if c.__module__ == "ledger.errors"), key=lambda c: c.__name__
)


def test_every_class_has_a_code_of_its_own() -> None:
    """An inherited code would make two answers indistinguishable to a program."""
    assert [c.__name__ for c in RAISED if "code" not in vars(c)] == []
    assert [code for code, times in Counter(c.code for c in RAISED).items() if times > 1] == []
    assert [c.code for c in RAISED if not re.fullmatch(r"[a-z]+(-[a-z]+)*", c.code)] == []


def test_every_class_says_what_to_do_next() -> None:
    """A hint is a whole sentence, and its own: the branch's hint does not fit the class."""
    assert [c.__name__ for c in RAISED if "hint" not in vars(c) or not c.hint.endswith(".")] == []


def test_every_class_is_said_in_german_as_well() -> None:
    """A clerk is told in the language of the law; nothing is missing, and nothing is left over."""
    assert set(GERMAN) == {c.code for c in RAISED}
    assert [code for code, (title, hint) in GERMAN.items() if not (title and hint.endswith("."))] == []


def test_every_other_error_class_is_internal_and_says_why() -> None:
    """No module grows an error of its own that the API's table does not know."""
    for package in (ledger, projections, api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    elsewhere = {
        f"{c.__module__}.{c.__name__}" for c in tree(StimmbuchError) if c.__module__ != "ledger.errors"
    }
    assert elsewhere == set(INTERNAL)
