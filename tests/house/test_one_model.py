"""Is every fact of a procedure told from one place? `projections.stands` asks the domain, and nobody else."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

INSIDE = {"box", "conduct", "life", "attached", "attached_by", "annulment"}
"""What a procedure is made of (`ledger.domain.procedure`)."""

MAY = {
    "projections/stands.py": "asks for everything",
    "projections/collect.py": "which members a batch touched",
    "projections/touched.py": "whether a vote stood before the batch",
    "projections/moment.py": "who has voted at all",
    "api/demo/cases.py": "shows how the rules differ, and no procedure of anybody",
}
"""File → why it looks inside."""


def test_pages_answers_and_reports_are_made_from_one_model() -> None:
    """A second way from the domain to what people read would say something else some day."""
    looking = {
        path.relative_to(ROOT).as_posix()
        for folder in ("projections", "api")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr in INSIDE
    }
    assert looking == set(MAY)
