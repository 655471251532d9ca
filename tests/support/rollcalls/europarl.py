"""European Parliament, 5 July 2018: 53 roll calls.

The individual votes name those who voted; absent members are simply missing. The electorate here is
everybody who voted at least once on that day. The published numbers come from a later release of the
list of roll calls. Some votes need more than a simple majority, and the data does not say which: so
no outcome is compared.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.support.rollcalls.rollcall import RollCall, casts, member, published

ZONE = ZoneInfo("Europe/Brussels")
VOTES = "mep_rollcall.csv.gz"
ITEMS = "item_rollcall_2019-04-19.csv"
EARLIER_ITEMS = "item_rollcall_2018-08-13.csv"
CHOICES = {"for": "yes", "against": "no", "abstention": "abstain"}


def convert(folder: Path) -> Iterator[RollCall]:
    """The roll calls in the order of their times."""
    choices, members = _votes(folder)
    electorate = [member(f"card-{card}", *members[card]) for card in sorted(members)]
    for item in sorted(items(folder, ITEMS), key=lambda item: item["date"]):
        if item["identifier"] not in choices:
            continue
        yield {
            "id": f"ep-{item['identifier']}",
            "body": "European Parliament",
            "title": " - ".join(filter(None, (item["report"], item["desc"], item["title"]))),
            "held_at": datetime.fromisoformat(item["date"]).replace(tzinfo=ZONE).isoformat(),
            "rule": "simple-majority",
            "options": ["yes", "no", "abstain"],
            "members": electorate,
            "casts": casts((f"card-{card}", choice) for card, choice in choices[item["identifier"]]),
            "published": published({ours: int(item[theirs]) for theirs, ours in CHOICES.items()}, None),
            "source": f"{VOTES}, {ITEMS}: {item['identifier']}",
        }


def items(folder: Path, name: str) -> list[dict[str, str]]:
    """The published lines of a list of roll calls, as they are."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _votes(folder: Path) -> tuple[dict[str, list[tuple[str, str]]], dict[str, tuple[str, str]]]:
    """Roll call → (voting card, choice) pairs, and voting card → (name, group)."""
    choices: dict[str, list[tuple[str, str]]] = defaultdict(list)
    members: dict[str, tuple[str, str]] = {}
    with gzip.open(folder / VOTES, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            choices[row["identifier"]].append((row["mepid"], CHOICES[row["result"]]))
            members[row["mepid"]] = (row["mep"], row["group"])
    return choices, members
