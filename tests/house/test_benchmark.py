"""Does every aim of the benchmark stand where the table shows aims?"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from scripts import bench_log
from scripts.bench import line
from scripts.bench_measure import Figure, Measured


@pytest.mark.parametrize(("named", "aim"), [("views_sqlite", 50_000), ("views_postgres", 30_000)])
def test_the_aim_of_a_rebuild_is_a_limit_and_no_part_of_its_name(
    named: str, aim: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads the table by program compares the value with the limit, not with a title."""
    monkeypatch.setattr(bench_log, "task", lambda *_: Measured(4_000, 0.1, 0.1, 60))
    monkeypatch.setattr(bench_log, "_import", lambda *_: None)
    monkeypatch.setattr(bench_log, "postgres", lambda: nullcontext({"owner": "", "service": ""}))
    (figure,) = getattr(bench_log, named)(tmp_path, quick=True)
    assert (figure.value, figure.least, figure.limit) == (40_000, aim, None)
    assert figure.to_dict()["least"] == aim
    assert f"≥{aim:,}" in line(figure)
    assert "aim" not in figure.name


def test_each_kind_of_aim_is_shown_with_its_side() -> None:
    """A cost that must stay low and a rate that must be high look alike otherwise."""
    shown = Figure("f", 3.0, "ms", "", 0, None, 0)
    assert "≤" not in line(shown)
    assert "≥" not in line(shown)
    assert "≤5" in line(shown._replace(limit=5.0))
    assert "≥50,000" in line(shown._replace(least=50_000.0))
    paired = shown._replace(baseline="b", baseline_value=2.0, aim=1.2)
    assert "≥1.20" in line(paired)
    assert "≤1.20" in line(paired._replace(at_most=True))
