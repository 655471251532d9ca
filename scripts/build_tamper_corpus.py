"""Writes the tamper corpus, broken ledgers as data: `python -m scripts.build_tamper_corpus`.

The attacks are those of `tests/support/attacks`; the same bytes come out each time. With `--check` it only
says whether what lies in tests/corpus is what comes out. `--renew-time-stamps` has `openssl ts` make the
frozen time stamps anew: then the cases on anchors change.
"""

from __future__ import annotations

import sys

from tests.support.corpus import GROUPS, packed
from tests.support.corpus.anchored import renew
from tests.support.corpus.made import groups


def text() -> dict[str, str]:
    """The content of each file, by the name of the group."""
    return {name: packed(cases) for name, cases in groups().items()}


def stale() -> list[str]:
    """The files that are not as they should be."""
    return [GROUPS[name].name for name, made in text().items() if GROUPS[name].read_text("utf-8") != made]


if __name__ == "__main__":
    if "--check" in sys.argv:
        differ = stale()
        sys.exit(f"stale: {', '.join(differ)}: python -m scripts.build_tamper_corpus" if differ else 0)
    if "--renew-time-stamps" in sys.argv:
        renew()
    for group, lines in text().items():
        GROUPS[group].write_text(lines, "utf-8")
