"""Is the JSON what its schema says, complete, and the source of what the other forms say?"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from api.report import schema, words
from api.report.formats import written
from ledger.proof import checks_german
from ledger.proof.checks import CHECKS, check_said
from ledger.proof.statement import KINDS
from projections.report import model
from projections.report.events import CONDUCT
from tests.reports.conftest import Decided, new_place
from tests.support.reporting import opened, published, report


def test_the_committed_schema_is_that_of_the_model() -> None:
    """`python -m api.report.schema` writes it anew; what changed is seen in the review."""
    assert schema.FILE.read_text("utf-8") == schema.text()
    assert jsonschema_rs.meta.is_valid(schema.schema())


@pytest.mark.parametrize("kind", model.KINDS)
def test_a_report_follows_its_schema(told: Decided, kind: str, tmp_path: Path) -> None:
    """Decided, and open without a checkpoint: both are what a program was promised."""
    validator = jsonschema_rs.Draft202012Validator(schema.schema())
    validator.validate(json.loads(written(getattr(told, kind), "json", "de")))
    with published(new_place(tmp_path / "ledger")) as town:
        found = json.loads(written(report(town, opened(town), kind), "json", "de"))
    validator.validate(found)
    assert found["head"] is None


def test_json_is_the_same_in_every_language(told: Decided) -> None:
    """Machines are not talked to in German."""
    assert written(told.audit, "json", "de") == written(told.audit, "json", "en")


def test_both_languages_have_the_same_words() -> None:
    """A word that is missing in one language would be found by its first reader."""
    german, english = (vars(words.LANGUAGES[one]) for one in ("de", "en"))
    assert list(german) == list(english)
    for name, one in german.items():
        other = english[name]
        assert type(one) is type(other), name
        if isinstance(one, dict):
            assert list(one) == list(other), name
        if isinstance(one, str):
            assert one.count("{") == other.count("{"), name


def test_every_check_has_its_german_sentence_and_every_kind_its_words() -> None:
    """A check or a kind that is added later must be told, too."""
    assert CHECKS.keys() == checks_german.CHECKS.keys()
    assert all(check_said(number, "de") != check_said(number, "en") for number in CHECKS)
    again = {"vote-changed", "vote-confirmed", "vote-renewed"}
    assert set(KINDS) == words.LANGUAGES["de"].KINDS.keys() - again
    assert words.LANGUAGES["de"].KINDS.keys() >= CONDUCT
