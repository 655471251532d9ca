"""Gemeinderat Karlsruhe: 49 decided procedures with their minutes, without individual votes.

The council publishes how many voted, not who. The ballots are made up so that they give the tally of
the minutes, the same ones on every run; nobody real voted like that. The outcome is that of the
council's information system (OParl), which contradicts the minutes twice. A tie rejects, and the
mayor has a vote like everybody (GemO BW § 37 (6)).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.rollcalls.rollcall import RollCall, casts, member, published, slug

COUNCILLORS = 48
ELECTORATE = [member("ob", "Oberbürgermeister")] + [
    member(f"k{number:02}", f"Stadtrat {number}") for number in range(1, COUNCILLORS + 1)
]
"""The mayor and 48 councillors, all invented."""

NUMBERS = {
    "yes": re.compile(r"(\d+) JA\b", re.IGNORECASE),
    "no": re.compile(r"(\d+) NEIN\b", re.IGNORECASE),
    "abstain": re.compile(r"(\d+|einer) Enthaltung", re.IGNORECASE),
}
OUTCOMES = {
    "abgelehnt": "rejected",
    "zugestimmt": "adopted",
    "beschlossen": "adopted",
    "Zustimmung": "adopted",
    "zurückgezogen": "no-decision",
}


def convert(folder: Path) -> Iterator[RollCall]:
    """The procedures in the order of the index."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts = tally(row["protocol_text"])
            id_ = f"ka-{slug(row['reference'])}"
            yield {
                "id": id_,
                "body": "Gemeinderat Karlsruhe",
                "title": " ".join(row["title"].split()),
                "held_at": row["meeting_start"],
                "rule": "simple-majority",
                "options": ["yes", "no", "abstain"],
                "members": ELECTORATE,
                "casts": casts(_ballots(id_, counts).items()),
                "published": published(counts, OUTCOMES[row["oparl_agendaitem_result"].split()[-1]]),
                "source": f"index.csv: {row['reference']}; texts/{row['protocol_file_id']}.txt",
            }


def tally(minutes: str) -> dict[str, int]:
    """The numbers in a sentence of the minutes; a side that is not mentioned has none."""
    found = {option: pattern.search(minutes) for option, pattern in NUMBERS.items()}
    return {
        option: 0 if match is None else 1 if match[1] == "einer" else int(match[1])
        for option, match in found.items()
    }


def _ballots(id_: str, counts: dict[str, int]) -> dict[str, str]:
    """Who casts which vote: members in an order of their own in each procedure, dealt to the options."""
    order = sorted(
        (someone["id"] for someone in ELECTORATE),
        key=lambda who: hashlib.sha256(f"{id_} {who}".encode()).digest(),
    )
    votes = [option for option, number in counts.items() for _ in range(number)]
    return dict(zip(order, votes, strict=False))
