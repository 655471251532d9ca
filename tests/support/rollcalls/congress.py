"""US House 2013-2022 and Senate 2013-2014: 6,348 roll calls in one compressed archive.

The archive is read as a stream and never unpacked to disk. `Not Voting` is a member without a cast.
The House publishes words ("Passed"), the Senate also the numbers ("Bill Passed (62-38, ...)").
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from tests.support.rollcalls.rollcall import RollCall, casts, member, published, slug

ARCHIVE = "votes-113-117.tar.xz"
BODIES = {"h": "US House of Representatives", "s": "US Senate"}
WORDS = {"Aye": "yes", "Yea": "yes", "No": "no", "Nay": "no", "Present": "present", "Not Voting": None}
RULES = {
    "1/2": "simple-majority",
    "2/3": "two-thirds",
    # Senate rule XXII: three fifths of the senators duly chosen and sworn, 60 of 100 and of 99.
    "3/5": "three-fifths-of-members",
    "QUORUM": "quorum-call",
}
REJECTED = re.compile(r"(Failed|Rejected|Defeated|Not Sustained|Not Well Taken)$")
ADOPTED = re.compile(r"(Passed|Agreed to|Confirmed|Sustained)$")


def convert(
    folder: Path,
    *,
    chamber: str | None = None,
    only: Collection[str] | None = None,
    limit: int | None = None,
    sample: int | None = None,
    seed: int = 0,
) -> Iterator[RollCall]:
    """The roll calls in the order of the archive.

    `chamber`: "h" or "s"; `only`: ids of roll calls; `limit`: so many, then stop; `sample`: so many,
    drawn at random (the same ones for the same `seed`). `sample` applies before `limit`.
    """
    wanted = (
        (name, data)
        for name, data in _documents(folder / ARCHIVE)
        if chamber in (None, _id(name)[3]) and (only is None or _id(name) in only)
    )
    chosen = wanted if sample is None else iter(_draw(wanted, sample, seed))
    for number, (name, data) in enumerate(chosen):
        if number == limit:
            return
        yield _roll_call(name, json.loads(data))


def _documents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document, in one pass."""
    with tarfile.open(archive, "r|xz") as tar:
        for entry in tar:
            content = tar.extractfile(entry)
            if content is not None:
                yield entry.name, content.read()


def _draw(documents: Iterator[tuple[str, bytes]], size: int, seed: int) -> list[tuple[str, bytes]]:
    """`size` documents by lot, in their order: those whose hash with the seed is smallest."""
    lots = heapq.nsmallest(
        size, enumerate(documents), key=lambda lot: hashlib.sha256(f"{seed} {lot[1][0]}".encode()).digest()
    )
    return [document for _, document in sorted(lots)]


def _id(name: str) -> str:
    """`113/votes/2014/h17/data.json` is `us-h17-113.2014`."""
    congress, _, year, vote, _ = name.split("/")
    return f"us-{vote}-{congress}.{year}"


def _roll_call(name: str, vote: dict[str, Any]) -> RollCall:
    voters = [(person, _option(word)) for word, people in vote["votes"].items() for person in people]
    voters.sort(key=lambda pair: str(pair[0]["id"]))
    elects = vote["type"] == "Election of the Speaker"
    listed = {_option(word): None for word in vote["votes"]} if elects else {"yes": None, "no": None}
    return {
        "id": _id(name),
        "body": BODIES[vote["chamber"]],
        "title": vote["question"],
        "held_at": vote["date"],
        "rule": "majority-for-person" if elects else RULES[vote["requires"]],
        "options": [option for option in listed if option not in (None, "present")] + ["present"],
        "members": [member(who["id"], who["display_name"], who["party"]) for who, _ in voters],
        "casts": casts((who["id"], choice) for who, choice in voters),
        "published": published(_counts(vote), _outcome(vote, elects=elects)),
        "source": f"{ARCHIVE}: {name}",
    }


def _option(word: str) -> str | None:
    """The option of a word in the record; what is no such word is the name of a person."""
    return WORDS[word] if word in WORDS else slug(word)


def _counts(vote: dict[str, Any]) -> dict[str, int]:
    """The official count, which only the Senate prints."""
    numbers = re.search(r"\((\d+)-(\d+)", vote["result_text"])
    return {"yes": int(numbers[1]), "no": int(numbers[2])} if numbers else {}


def _outcome(vote: dict[str, Any], *, elects: bool) -> str | None:
    if vote["requires"] == "QUORUM":
        # "Passed" says that enough members are there: nothing was decided.
        return None
    if elects:
        return f"elected:{slug(vote['result'])}"
    if REJECTED.search(vote["result"]):
        return "rejected"
    return "adopted" if ADOPTED.search(vote["result"]) else None
