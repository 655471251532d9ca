"""Where the vectors of others are, and how their JSON is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def load(name: str) -> Any:
    """The JSON of a file below `tests/vectors`."""
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def load_lines(name: str) -> list[Any]:
    """The JSON values of a packed file below `tests/vectors`, one a line."""
    return [json.loads(line) for line in gzip.decompress((VECTORS / name).read_bytes()).splitlines()]
