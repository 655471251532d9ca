"""Kantonsrat Zürich: 40 votes, each with the protocol of the voting machine.

Individual votes come from the table beside the protocol, the published numbers from the head of the
protocol's text, the outcome from the step that the council's own register gives the business. A seat
changes hands, so a member is known by name and party at the date.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.rollcalls.rollcall import RollCall, casts, member, published, slug

ZONE = ZoneInfo("Europe/Zurich")
CHOICES = {"JA": "yes", "NEIN": "no", "ENTHALTEN": "abstain", "--": None}
COUNTED = {"JA": "yes", "NEIN": "no", "Enthalten": "abstain"}

FORWARDED = {"Postulat", "Dringliches Postulat", "Motion"}
FORWARDING = {"Überweisung an Regierungsrat": "adopted", "Ablehnung": "rejected"}
INITIATIVES = {"Einzelinitiative", "Behördeninitiative", "Parlamentarische Initiative"}
SUPPORT = {
    "Vorläufig unterstützt": "adopted",
    "Ablehnung - Nicht vorläufig unterstützt": "rejected",
    "Ablehnung": "rejected",
}
URGENCY = {"Dringlich": "adopted", "Nicht dringlich erklärt": "rejected"}


def convert(folder: Path) -> Iterator[RollCall]:
    """The votes in the order of their times."""
    with (folder / "abstimmungen.csv").open(encoding="utf-8-sig", newline="") as file:
        records = [(head(folder, record["eDocumentID"]), record) for record in csv.DictReader(file)]
    number: Counter[str] = Counter()
    for printed, record in sorted(records, key=lambda pair: pair[0]["Stimm-Datum"]):
        number[record["KRNr"]] += 1
        yield _roll_call(folder, printed, record, number[record["KRNr"]])


def head(folder: Path, document: str) -> dict[str, str]:
    """What is printed above the list of members: label → value, spaces trimmed."""
    text = (folder / "txt" / f"{document}.txt").read_text(encoding="utf-8").partition("Platz#")[0]
    return dict(re.findall(r"^ *(\S[^:\n]*): +(\S.*?) *$", text, re.MULTILINE))


def _roll_call(folder: Path, printed: dict[str, str], record: dict[str, str], number: int) -> RollCall:
    rule, outcome = _rule(record["Geschaeftsart"], record["AblaufschrittTyp"])
    votes = _votes(folder / "csv" / f"{record['eDocumentID']}.csv")
    chair = CHOICES[printed["Stichentscheid"]]
    if chair is not None:
        rule = "simple-majority-casting-vote"
    return {
        "id": f"zh-{'-'.join(reversed(record['KRNr'].split('/')))}-{number}",
        "body": "Kantonsrat Zürich",
        "title": " ".join(record["Titel"].split()),
        "held_at": _time(printed["Stimm-Datum"]),
        "rule": rule,
        "options": ["yes", "no", "abstain"],
        "members": [someone for someone, _ in votes],
        "casts": casts((someone["id"], choice) for someone, choice in votes),
        **({"casting_vote": {"member": "chair", "choice": chair}} if chair else {}),
        "published": published({ours: int(printed[label]) for label, ours in COUNTED.items()}, outcome),
        "source": f"csv/{record['eDocumentID']}.csv, txt/{record['eDocumentID']}.txt",
    }


def _votes(file: Path) -> list[tuple[dict[str, Any], str | None]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            (
                member(
                    slug(f"{row['nachname']}-{row['vorname']}-{row['partei']}").lower(),
                    f"{row['vorname']} {row['nachname']}",
                    row["partei"],
                ),
                CHOICES[row["stimme"]],
            )
            for row in csv.DictReader(rows)
        ]


def _rule(kind: str, step: str) -> tuple[str, str | None]:
    """The rule, and what the step says about the outcome: None where it is not decided by this vote."""
    if step in URGENCY:
        return "sixty-in-support", URGENCY[step]
    if kind in INITIATIVES:
        return "sixty-in-support", SUPPORT[step]
    # In a bill or a report the step is the final decision: a single vote may be on an amendment.
    return "simple-majority", FORWARDING.get(step) if kind in FORWARDED else None


def _time(printed: str) -> str:
    return datetime.strptime(printed, "%Y.%m.%d - %H:%M:%S").replace(tzinfo=ZONE).isoformat()
