"""How a procedure stands, as rows: asked of the domain's aggregate, never counted here.

The same functions serve the follower, which writes the rows, `projections.moment`, for the past, and reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from ledger.domain.expiry import next_expiry
from ledger.domain.groups import by_group
from ledger.domain.procedure import Procedure
from ledger.telling import plain_item
from projections.rows import Conducted, Counted, Standing, Voted
from projections.shown import ItemGroups

# One way to write a value, keys in the order in which the domain gives them: equal values, equal bytes.
text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def standing(name: str, procedure: Procedure, last_seq: int) -> Standing:
    """The procedure itself; `last_seq` is the number of its latest entry."""
    return Standing(
        procedure.state,
        last_seq,
        procedure.closed.at if procedure.closed else None,
        procedure.box.voters,
        procedure.closes_at,
        text(procedure.attached),
        procedure.box.ballot,
        procedure.annulment["repeated_as"] if procedure.annulment else None,
        next_expiry(procedure),
        procedure.conduct.common,
        text(sorted(procedure.referred)),
        text([item for item in procedure.items if item in procedure.life.made_public]),
        name,
    )


def counted(name: str, procedure: Procedure) -> Iterator[Counted]:
    """Counts and outcome of each item."""
    tally = procedure.tally()
    for number, item in enumerate(procedure.items):
        plain = plain_item(procedure, item)
        yield Counted(
            name,
            number,
            item,
            text(tally[item]),
            plain["outcome"],
            text(plain["derivation"]),
            plain["valid"],
            text(plain["relevance"]),
            text([total._asdict() for total in by_group(procedure, item)]),
        )


def groups(procedure: Procedure) -> Iterator[ItemGroups]:
    """How the groups voted on each item."""
    return (ItemGroups(item, by_group(procedure, item)) for item in procedure.items)


def voted(name: str, procedure: Procedure, member: str) -> Voted | None:
    """The member's vote, None where none stands."""
    vote = procedure.box.votes.get(member)
    if vote is None:
        return None
    choices, counts = _choices(tuple(vote.choices.items())), procedure.box.counts_for(member)
    return Voted(name, member, choices, vote.weight, vote.seq, vote.at, vote.leaf, counts, vote.provenance)


@lru_cache(maxsize=4096)
def _choices(choices: tuple[tuple[str, str], ...]) -> str:
    """The text of a vote's choices; most votes say the same as another one."""
    return text(dict(choices))


def conducted(name: str, procedure: Procedure, member: str) -> Conducted:
    """What else is known of the member in this procedure."""
    conduct, consented = procedure.conduct, consents(procedure, member)
    return Conducted(
        name,
        member,
        conduct.standing_in.get(member),
        conduct.replaced.get(member),
        conduct.delivered.get(member),
        conduct.own.get(member),
        text(excluded(procedure, member)),
        None if consented is None else text(consented),
        conduct.objections.get(member),
        text(demands(procedure, member)),
        conduct.proxies.get(member),
    )


def excluded(procedure: Procedure, member: str) -> list[str]:
    """Items from which the member is excluded, in the order of the ballot paper."""
    return [item for item in procedure.items if member in procedure.box.excluded[item]]


def consents(procedure: Procedure, member: str) -> list[str] | None:
    """Items on which the member's declared consent stands, None without one."""
    declared = procedure.conduct.consents.declared.get(member)
    return None if declared is None else [item for item in procedure.items if item in declared]


def demands(procedure: Procedure, member: str) -> list[str]:
    """Items on which the member demands a secret ballot."""
    return [item for item in procedure.items if member in procedure.conduct.demands[item]]
