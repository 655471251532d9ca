"""19th German Bundestag (2017-2021): 176 roll-call votes as abgeordnetenwatch.de publishes them.

The result stands in prose only (bundestag_prose.py). What was put to the vote is the second difficulty:
the house often votes on a committee's recommendation to reject a motion. The source mostly turns such
votes round, so that a yes is a yes to the motion; where it did not, or where the prose counts the other
way, the polarity of the question is "against" here.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from tests.support.rollcalls import bundestag_prose
from tests.support.rollcalls.rollcall import RollCall, casts, member, published

ZONE = ZoneInfo("Europe/Berlin")

AGAINST = {
    "4093": "all groups but the movers voted for the recommendation to reject the motion",
    "3957": "the recommendation to reject was adopted with 560 yes, and with it the motion rejected",
}
TURNED_ROUND = {"3957": "81 yes to the motion in the source, 560 yes to the recommendation in the house"}
"""Votes that are turned back to the question as it was put."""

OTHER_VOTES = {"1681": "the prose tells of two amendments, the votes are on the bill itself"}
"""Prose that is not about these votes: nothing is taken from it."""

RULES = {
    # Art. 115 (2) 6 GG: borrowing above the limit
    "3572": "absolute-majority-of-members",
    # Art. 79 (2) GG: amendments of the Basic Law
    **dict.fromkeys(("1596", "1636", "1726", "3914"), "two-thirds-of-members"),
}
_TURNED = {"yes": "no", "no": "yes"}


def convert(folder: Path) -> Iterator[RollCall]:
    """The votes in the order of their dates. The source gives no times: noon stands for the day."""
    polls = sorted(_rows(folder, "polls"), key=lambda poll: (poll["poll_date"], int(poll["poll_id"])))
    votes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for vote in _rows(folder, "votes"):
        votes[vote["poll_id"]].append(vote)
    mandates = {row["mandate_id"]: row for row in _rows(folder, "mandates")}
    for poll in polls:
        voters = sorted(votes[poll["poll_id"]], key=lambda vote: vote["mandate_id"])
        yield _roll_call(poll, voters, mandates)


def prose(poll: dict[str, str]) -> str:
    """A poll's description with single spaces."""
    return " ".join(poll["poll_description"].split())


def official_sheet(file: Path) -> Iterator[dict[str, str]]:
    """The rows of an official sheet (.xlsx): heading → value; empty cells are missing."""
    with ZipFile(file) as archive:
        text = archive.read("xl/sharedStrings.xml").decode()
        shared = [
            "".join(re.findall(r"<t[^>]*>([^<]*)", si)) for si in re.findall(r"<si>.*?</si>", text, re.DOTALL)
        ]
        rows = re.findall(r"<row .*?</row>", archive.read("xl/worksheets/sheet1.xml").decode(), re.DOTALL)
    cells = [re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>([^<]*)', row) for row in rows]
    table = [{col: shared[int(v)] if 't="s"' in kind else v for col, kind, v in row} for row in cells]
    for values in table[1:]:
        yield {table[0][column]: value for column, value in values.items()}


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{name}_111.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _roll_call(
    poll: dict[str, str], voters: list[dict[str, str]], mandates: dict[str, dict[str, str]]
) -> RollCall:
    id_, date = poll["poll_id"], poll["poll_date"]
    turned = _TURNED if id_ in TURNED_ROUND else {}
    return {
        "id": f"bt19-{id_}",
        "body": "19. Deutscher Bundestag",
        "title": " ".join(poll["poll_title"].replace("\N{SOFT HYPHEN}", "").split()),
        "held_at": datetime.fromisoformat(f"{date}T12:00").replace(tzinfo=ZONE).isoformat(),
        "rule": RULES.get(id_, "simple-majority"),
        "options": ["yes", "no", "abstain"],
        **({"polarity": "against"} if id_ in AGAINST else {}),
        "members": [_member(vote, mandates.get(vote["mandate_id"]), date) for vote in voters],
        "casts": casts(
            (f"m{vote['mandate_id']}", turned.get(vote["vote"], vote["vote"]))
            for vote in voters
            if vote["vote"] != "no_show"
        ),
        "published": _published(poll),
        "source": f"polls_111, votes_111: poll {id_}",
    }


def _member(vote: dict[str, str], mandate: dict[str, str] | None, date: str) -> dict[str, Any]:
    """The group only where the mandate is listed and already belonged to it on that day."""
    since = re.search(r"\d{4}-\d\d-\d\d", mandate["fraction_starts"]) if mandate else None
    known = mandate is not None and (since is None or since[0] <= date)
    return member(
        f"m{vote['mandate_id']}", vote["politician name"], mandate["party"] if mandate and known else None
    )


def _published(poll: dict[str, str]) -> dict[str, Any]:
    if poll["poll_id"] in OTHER_VOTES:
        return {}
    text = prose(poll)
    return published(bundestag_prose.counts(text), bundestag_prose.outcome(text))
