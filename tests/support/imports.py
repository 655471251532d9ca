"""Roll calls into ledgers: founding one, importing files, and putting ballots before the real ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from api.cli.imports import import_file
from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.founding import found
from ledger.rollcalls.replay import Summary
from tests.support.places import Place
from tests.support.rollcalls.recount import count, decide
from tests.support.rollcalls.rollcall import RollCall

ORIGIN = "ledger.example.org/replayed"

Act = dict[str, Any]
"""One element of a roll call's `casts`."""


def found_at(place: Place) -> None:
    """Founds the ledger in an empty place, as `stimmbuch init` does."""
    with closing(VotingLedger(place.open(), clock=utc_now, origin=ORIGIN)) as ledger:
        found(ledger, time_zone="Europe/Berlin")


def written(calls: Iterable[RollCall], path: Path) -> Path:
    """A roll-call file."""
    path.write_text("".join(json.dumps(call, ensure_ascii=False) + "\n" for call in calls), "utf-8")
    return path


def imported(place: Place, path: Path) -> Summary:
    """What `stimmbuch import rollcalls` does, with every comparison instead of the mismatches only."""
    with closing(VotingLedger(place.open(), clock=utc_now)) as ledger:
        return import_file(ledger, path, quiet=True)


def recounted(calls: Iterable[RollCall]) -> dict[str, tuple[dict[str, int], str]]:
    """Id → counts of all options, and outcome: counted naively, without the ledger."""
    return {call["id"]: ({o: count(call)[o] for o in call["options"]}, decide(call)) for call in calls}


def recomputed(summary: Summary) -> dict[str, tuple[Mapping[str, int], str]]:
    """The same from the ledger."""
    return {one.id: (one.recomputed["counts"], one.recomputed["outcome"]) for one in summary.compared}


def disturbed(call: RollCall, random: Random) -> RollCall:
    """The roll call with superseded ballots and withdrawals before the real ones. Its result is the same.

    Everybody may vote a few times and take votes back; in the end each says what was published, and who
    did not vote has taken everything back. The members' actions are shuffled into each other.
    """
    real = {cast["member"]: cast for cast in call["casts"]}
    members = [member["id"] for member in call["members"]]
    acts = {member: _acts(member, real.get(member), call["options"], random) for member in members}
    turns = [member for member in members for _ in acts[member]]
    random.shuffle(turns)
    return {**call, "casts": [acts[member].pop(0) for member in turns]}


def _acts(member: str, last: Act | None, options: list[str], random: Random) -> list[Act]:
    acts: list[Act] = []
    for _ in range(random.randrange(3)):
        acts.append({"member": member, "choice": random.choice(options)})
        if random.random() < 0.3:
            acts.append({"member": member, "withdraw": True})
    if last is not None:
        acts.append(last)
    elif acts and "choice" in acts[-1]:
        acts.append({"member": member, "withdraw": True})
    return acts
