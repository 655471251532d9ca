"""Packs transparency-dev/merkle's test data into one file: `python -m scripts.pack_merkle_vectors TESTDATA`.

TESTDATA is the folder `testdata` of that repository, at the commit that the NOTE beside the file names.
The file is written only if its lines change, so that another release of zlib makes no difference.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

PACKED = Path(__file__).parent.parent / "tests" / "vectors" / "transparency-dev-merkle" / "vectors.jsonl.gz"


def lines(testdata: Path) -> bytes:
    """One JSON object a line: the path and the content of each file, in the order of the paths."""
    files = sorted((path.relative_to(testdata).as_posix(), path) for path in testdata.rglob("*.json"))
    return b"".join(
        json.dumps({"file": name, "vector": json.loads(path.read_bytes())}).encode("ascii") + b"\n"
        for name, path in files
    )


def unpacked() -> bytes:
    """The lines of the committed file."""
    return gzip.decompress(PACKED.read_bytes()) if PACKED.exists() else b""


if __name__ == "__main__":
    made = lines(Path(sys.argv[1]))
    if made != unpacked():
        PACKED.write_bytes(gzip.compress(made, mtime=0))
