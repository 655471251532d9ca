"""Does a report name the entry that says so, whatever became of a result, and who else stands for it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from api.report.compose import compose
from api.report.document import Paragraph
from projections.report.build import Source
from tests.reports.conftest import new_place
from tests.reports.test_claims import texts_in
from tests.support.builders import CLERK, SERVICE, LedgerBuilder, item
from tests.support.reporting import PROFILE, published, report, text


def determined(town: LedgerBuilder, name: str) -> str:
    """Adopted by one vote, and determined."""
    items = [{**item("1"), "valid_months": 1}]
    motion = town.open(name, closes_in=60, profile=PROFILE, items=items)
    town.vote(motion, "m1", "yes")
    town.clock.advance(60)
    town.close(motion, SERVICE)
    town.put("result-determined", CLERK, procedure=motion)
    return motion


def outcomes(source: Source) -> list[str]:
    """The lines that say what was decided."""
    blocks = compose(source.report, "de").blocks
    return [one.text for one in blocks if isinstance(one, Paragraph) and one.look == "outcome"]


def test_a_result_is_told_with_the_entry_that_says_it(tmp_path: Path) -> None:
    """Not with the determination, which said something else."""
    with published(new_place(tmp_path / "ledger")) as town:
        town.person("deputy", "clerk")
        motion, void = determined(town, "corrected"), determined(town, "void")
        found = report(town, motion)
        assert outcomes(found) == [f"einstimmig angenommen (Eintrag {found.report.position.seq})"]
        assert "1 Monat ab der Feststellung" in texts_in(found, "de")
        why: dict[str, Any] = {"ground": text(town, "ground", "Zählfehler"), "outcome": {"1": "rejected"}}
        entry = town.put("result-corrected", CLERK, witness="deputy", procedure=motion, **why).seq
        assert outcomes(report(town, motion)) == [f"abgelehnt (Eintrag {entry})"]
        assert "zweite Person: deputy" in texts_in(report(town, motion), "de")
        entry = town.annul(void).seq
        assert outcomes(report(town, void)) == [f"ungültig (Eintrag {entry})"]


def test_a_vote_on_an_older_paper_says_so(tmp_path: Path) -> None:
    """Whether it counts all the same or not: minutes must not say that all decided on the same papers."""
    with published(new_place(tmp_path / "ledger")) as town:
        for documents in ("keep", "reconfirm"):
            motion = town.open(documents, closes_in=60, profile={**PROFILE, "documents": documents})
            town.vote(motion, "m1", "yes")
            added = town.attach(motion, "an offer").seq
            town.vote(motion, "m2", "yes")
            said = texts_in(report(town, motion), "de")
            assert said.count(f"auf einem älteren Stimmzettel, vor Eintrag {added}") == 1
            assert said.count("zählt nicht") == (documents == "reconfirm")


def test_a_vote_that_a_clerk_recorded_names_its_source_and_the_second_person(tmp_path: Path) -> None:
    """Who hears a vote on the telephone answers for it, and not alone."""
    with published(new_place(tmp_path / "ledger")) as town:
        town.person("deputy", "clerk")
        profile = {**PROFILE, "provenance": {"portal": None, "clerk": True}}
        motion = town.open(closes_in=60, profile=profile)
        heard = {"kind": "clerk-recorded", "source": "phone", "witness": "deputy"}
        how: dict[str, Any] = {"choices": {"1": "yes"}, "provenance": heard}
        town.put("vote-cast", CLERK, procedure=motion, member="m1", **how)
        said = texts_in(report(town, motion, "audit"), "de")
    assert "am Telefon\\nzweite Person: deputy" in said
