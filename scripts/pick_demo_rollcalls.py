"""Makes the demonstration's votes anew: ``python -m scripts.pick_demo_rollcalls [FOLDER]``.

Writes `rollcalls.jsonl.gz` and `SOURCES.md` to FOLDER (default: api/demo). The same input gives the
same files. Needs the research folder (tests/README.md says where it is looked for): the roll calls come
from its converters, ``python -m tests.support.rollcalls``, as JSON Lines. Only sources whose licence
allows shipping them are picked from.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Origin(NamedTuple):
    """Where roll calls come from, for SOURCES.md, and which ones are taken and why."""

    name: str
    origin: str
    remarks: tuple[str, ...]
    picked: dict[str, str]


ORIGINS = {
    "bundestag": Origin(
        name="19th German Bundestag, 2017-2021",
        origin="API of abgeordnetenwatch.de, licence CC0 1.0 (stated in each reply of the API), as stored in "
        "<https://github.com/eschmidt42/bundestag> at commit `6202c13c5345d68e8596a154e1a0f8bf133e4cb3`, "
        "`tests/data_for_testing/{polls,votes,mandates}_111.parquet`.",
        remarks=(
            "Published counts and outcomes are those that the source's own description of the vote names.",
            "The source gives days and no times: noon stands for the day.",
            (
                "bt19-3957: the source turns the votes round to the motion (81 yes, 560 no). Here they are "
                "turned back to the question that was put, the recommendation to reject it (560 yes, 81 no). "
                "The Bundestag's own sheet of that vote says the same name by name, with one exception: "
                "there it is Jens Maier who voted and Lothar Maier who was absent. No number changes."
            ),
        ),
        picked={
            "bt19-1506": "all three numbers published",
            "bt19-1510": "close, published as a ratio (371 to 285)",
            "bt19-1584": "all three numbers published, many abstentions",
            "bt19-1593": "a budget: 366 to 284, nobody abstained",
            "bt19-1758": "rejected; the first of two alternatives",
            "bt19-1761": "adopted; the second of two alternatives, put after the first had failed",
            "bt19-3571": "all three numbers published, 173 members absent",
            "bt19-3572": "majority of all members needed (Art. 115 (2) GG), 182 absent",
            "bt19-3914": "two thirds of all members needed (Art. 79 (2) GG)",
            "bt19-3957": "polarity against: 560 yes reject the motion",
            "bt19-4093": "polarity against, as the source itself records it; no result published there",
            "bt19-4098": "all three numbers published, many abstentions",
            "bt19-4284": "close, and far below half of all members",
            "bt19-4293": "close, and below half of all members",
        },
    ),
    "congress": Origin(
        name="US House of Representatives, 2013-2022",
        origin="clerk.house.gov (a work of the US government), collected with unitedstates/congress, licence "
        "CC0 1.0 (stated by the repository), as stored in <https://github.com/Hear-Ye/congress-data> "
        "at commit `195d3f2df1882c6acced8e78b71b1eb898b30a3f`, "
        "`<congress>/votes/<year>/h<number>/data.json`.",
        remarks=("The House publishes the outcome in words and no numbers: only the outcome is compared.",),
        picked={
            "us-h86-113.2013": "171 members answered present: more than yes, more than no",
            "us-h291-113.2013": "the tie: 213 to 213 rejects",
            "us-h301-113.2013": "rejected by one vote",
            "us-h1-113.2014": "a call of the House: decides nothing",
            "us-h290-113.2014": "adopted by one vote",
            "us-h9-114.2015": "a plain majority (276 to 146), but not two thirds",
            "us-h271-114.2015": "rejected by one vote",
            "us-h317-114.2016": "rejected by one vote",
            "us-h199-115.2018": "adopted by one vote",
            "us-h127-116.2019": "a veto stands: a plain majority, but not two thirds",
            "us-h456-116.2019": "adopted by one vote",
            "us-h252-116.2020": "two thirds reached, with two votes more than needed",
            "us-h2-117.2021": "Speaker elected by a majority of the votes for persons, not of all members",
            "us-h156-117.2021": "adopted by one vote, three members present without a vote",
            "us-h450-117.2022": "adopted by one vote, one member present without a vote",
        },
    ),
}

HEAD = """# Where the demonstration's votes come from

`rollcalls.jsonl.gz` holds real roll calls with every member's vote: close results, a tie, two thirds missed
despite a plain majority, an election, recommendations to reject a motion. Names are those of elected members
acting in public office. Both files are made by `python -m scripts.pick_demo_rollcalls`; do not edit them.
"""


def converted(name: str, ids: list[str]) -> list[dict[str, Any]]:
    """The picked roll calls of one source, in the order of `ids`. Raises where one is missing."""
    only = [word for id_ in ids for word in ("--only", id_)]
    command = [sys.executable, "-m", "tests.support.rollcalls", name, *only]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    calls = {call["id"]: call for call in map(json.loads, lines)}
    return [calls[id_] for id_ in ids]


def compressed(calls: list[dict[str, Any]], file: Path) -> None:
    """Writes the roll calls; without a time and a name in the head, the file depends on nothing else."""
    lines = (json.dumps(call, ensure_ascii=False, separators=(",", ":")) + "\n" for call in calls)
    with (
        file.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as out,
    ):
        out.write("".join(lines).encode())


def described(origin: Origin, calls: list[dict[str, Any]]) -> str:
    """The section of SOURCES.md on one origin."""
    rows = []
    for call in calls:
        votes = Counter(cast["choice"] for cast in call["casts"])
        result = ", ".join(f"{votes[option]} {option}" for option in call["options"] if votes[option])
        title = call["title"].replace("|", "\\|")
        rows.append(
            f"| {call['id']} | {call['held_at'][:10]} | {title} | {result} | {origin.picked[call['id']]} |"
        )
    head = "| id | day | title | recorded votes | why |\n|---|---|---|---|---|"
    remarks = "\n".join(wrapped(f"* {remark}", "  ") for remark in origin.remarks)
    return (
        "\n\n".join((f"## {origin.name}", wrapped(origin.origin), remarks, "\n".join((head, *rows)))) + "\n"
    )


def wrapped(text: str, indent: str = "") -> str:
    """A paragraph in lines of at most 110 characters."""
    return textwrap.fill(text, 110, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def main(folder: str = "api/demo") -> None:
    """Writes both files."""
    target = (ROOT / folder).resolve()
    calls = {name: converted(name, list(origin.picked)) for name, origin in ORIGINS.items()}
    compressed([call for some in calls.values() for call in some], target / "rollcalls.jsonl.gz")
    text = "\n".join((HEAD, *(described(ORIGINS[name], some) for name, some in calls.items())))
    (target / "SOURCES.md").write_text(text, encoding="utf-8")
    print(
        f"{sum(map(len, calls.values()))} roll calls, {(target / 'rollcalls.jsonl.gz').stat().st_size} bytes"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
