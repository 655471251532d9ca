"""Has every numbered check something broken that fails it, and only it?"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.proof.checks import CHECKS
from scripts import build_tamper_corpus
from tests.support.attacks import CORPUS, links, registers, rules, signed
from tests.support.attacks.anchors import ANCHORS
from tests.support.attacks.dossiers import DOSSIERS
from tests.support.attacks.receipts import RECEIPTS
from tests.support.attacks.stored import STORED
from tests.support.corpus import FOLDER, GROUPS, read

FILLED = (links, registers, rules, signed)
"""Importing these fills the corpus of broken logs."""

ELSEWHERE = {
    "9.10": "a time stamp is held against its request when it is asked for; nobody keeps the request: "
    "tests/publishing/test_anchors.py",
}
"""Checks that no ledger, export, receipt or dossier can fail, and where they are tested."""


def alone() -> Iterator[str]:
    """The checks that some member of the corpus fails alone. That it does is tested where it is used."""
    for _, fails in CORPUS.values():
        if len({one.check for one in fails}) == 1:
            yield fails[0].check
    for stored in STORED.values():
        if len({check for check, _ in stored.found}) == 1:
            yield stored.found[0][0]
    yield from (anchor.found[0] for anchor in ANCHORS.values())
    yield from (check for _, check in RECEIPTS.values())
    yield from (check for _, check in DOSSIERS.values())


def test_no_check_is_without_something_that_fails_it_and_only_it() -> None:
    """A check that nothing fails might as well not be made."""
    assert {*alone(), *ELSEWHERE} == CHECKS.keys()


def test_building_the_corpus_again_makes_no_difference() -> None:
    """What lies in tests/corpus is what the attacks make, to the byte, and nothing else lies there."""
    assert build_tamper_corpus.stale() == []
    beside = {"README.md", "time-stamps.json"}
    assert {path.name for path in FOLDER.iterdir()} == beside | {path.name for path in GROUPS.values()}


FURTHER = {
    "the_log_key_of_another_ledger": ({"8.4"}, "no checkpoint of this log can be under it"),
    "a_ledger_that_nobody_founded": ({"8.4"}, "it has no log key, so nobody's checkpoint is its own"),
    "a_clerk_erases_in_the_chairs_name": ({"7.4"}, "the document is still there"),
    "an_anchor_of_a_tree_that_is_still_to_come": ({"9.1", "9.7"}, "nobody stamped such a tree"),
    "an_anchor_by_a_clerk": ({"9.1", "9.7"}, "nobody stamped such a tree"),
}
"""What attacks on entries fail beside that where there is a published log around the entries, and why."""


def test_every_attack_is_in_the_files_under_the_checks_that_it_fails() -> None:
    """None is left out, and none fails something else there than in the tests, but for what is said above."""
    files = {(group, case.name): case for group, path in GROUPS.items() for case in read(path)}
    found = {name: {one.check for one in case.fails} for (_, name), case in files.items() if name != "honest"}
    assert found == dict(declared())
    assert len(found) == len(files) - len(GROUPS)
    alone = {check for checks in found.values() if len(checks) == 1 for check in checks}
    assert alone == CHECKS.keys() - ELSEWHERE.keys()


def declared() -> Iterator[tuple[str, set[str]]]:
    """Each attack with the checks that it fails."""
    for name, (_, fails) in CORPUS.items():
        yield name, {one.check for one in fails} | FURTHER.get(name, (set(), ""))[0]
    yield from ((name, {check for check, _ in stored.found}) for name, stored in STORED.items())
    yield from ((name, {anchor.found[0]}) for name, anchor in ANCHORS.items())
    yield from ((name, {check}) for name, (_, check) in (*RECEIPTS.items(), *DOSSIERS.items()))


def test_every_attack_says_who_could_do_it() -> None:
    """A corpus that nobody can read teaches nobody."""
    attacks = {
        **{name: forge for name, (forge, _) in (*CORPUS.items(), *RECEIPTS.items(), *DOSSIERS.items())},
        **{name: spoilt.spoil for name, spoilt in STORED.items()},
        **{name: spoilt.spoil for name, spoilt in ANCHORS.items()},
    }
    assert [name for name, attack in attacks.items() if not attack.__doc__] == []
