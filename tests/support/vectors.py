"""Where the vectors of others are, and how their JSON is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def load(name: str) -> Any:
    """The JSON of a file below `tests/vectors`."""
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))
