"""Real votes as roll-call files: one converter for each folder of the research folder's `votes`.

`python -m tests.support.rollcalls NAME > FILE.jsonl` writes one (see `__main__.py`). A contradiction
is a roll call whose publication says something else than its individual votes; each is real, known,
and named here with its reason. Everything else must come out as published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.support.rollcalls import bundestag, congress, europarl, karlsruhe, zurich
from tests.support.rollcalls.rollcall import RollCall

_PROVISIONAL = "the prose quotes the provisional count, the votes are the final one: "


class Source(NamedTuple):
    """Where the votes of one parliament lie, how to read them, and what is known to be wrong."""

    folder: str
    convert: Callable[[Path], Iterator[RollCall]]
    contradictions: Mapping[str, str] = {}
    """Id of a roll call that must not match → why."""


SOURCES = {
    "zurich": Source("ch-zh-kantonsrat-demo", zurich.convert),
    "bundestag": Source(
        "de-bundestag-19",
        bundestag.convert,
        {
            "bt19-1586": _PROVISIONAL + "129:520 against 128:519",
            "bt19-1596": _PROVISIONAL + "580 yes against 578",
            "bt19-1689": "490 yes in the prose, but only 473 of 709 members are recorded at all",
            "bt19-1713": _PROVISIONAL + "572 no against 576",
            "bt19-4083": _PROVISIONAL + "440 no against 441",
            "bt19-4140": _PROVISIONAL + "499 yes against 498",
        },
    ),
    "europarl": Source("eu-parliament-2018-07", europarl.convert),
    "karlsruhe": Source(
        "de-karlsruhe-procedures",
        karlsruhe.convert,
        {
            "ka-DHH-2023-2001": "adopted 22:21 in the minutes, rejected in the information system",
            "ka-2020-0073": "20:25:1 in the minutes, withdrawn in the information system",
        },
    ),
    "congress": Source("us-house-113-117", congress.convert),
}
