"""From the domain to the model: how a procedure stands. Asked of its aggregate, never counted here.

The one place where that is said. The follower writes what these functions give (`rows.py`), `moment.py`
shows the past with them, and a report is made from them, on a replay of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.domain.expiry import next_expiry
from ledger.domain.groups import by_group
from ledger.domain.procedure import Procedure
from ledger.domain.publicity import makes_public
from ledger.domain.values import Seat
from ledger.telling import plain_item
from projections.model import Document, ItemGroups, ItemTally, ProcedureView
from projections.model_members import Conduct, MemberView, VoteView, member_view


def procedure_view(procedure: Procedure) -> ProcedureView:
    """The procedure itself."""
    opening, opened = procedure.opening, procedure.opened
    closed, closing = procedure.closed, procedure.closing
    life, determined = procedure.life, procedure.life.determined_at
    return ProcedureView(
        id=opening["procedure"],
        body=opening["body"],
        state=procedure.state,
        opened_seq=opened.seq,
        last_seq=procedure.latest.seq,
        opened_at=opened.at,
        opens_at=opening["opens_at"],
        closes_at=procedure.closes_at,
        due_at=procedure.due_at,
        closed_at=None if closed is None else closed.at,
        members=len(procedure.electorate.seats),
        voted=procedure.box.voters,
        opening=dict(opening),
        documents=documents(procedure),
        ballot=procedure.box.ballot,
        replaced_by=None if procedure.annulment is None else procedure.annulment["repeated_as"],
        expires_at=next_expiry(procedure),
        deadline=procedure.conduct.common,
        referred=sorted(procedure.referred),
        closed_seq=None if closed is None else closed.seq,
        closed_by=None if closing is None else closing["actor"],
        closed_for=None if closing is None else closing["reason"],
        determined_seq=None if determined is None else determined.seq,
        conditions_met=_in_order(procedure, life.conditions_met),
        expired=_in_order(procedure, life.expired),
        made_public={item: life.made_public[item].seq for item in _in_order(procedure, life.made_public)},
        suspended_until=procedure.suspended_until,
        resumes_as=None if procedure.suspended_until is None else life.resumes_as,
        public=any(makes_public(kind, payload, opening) for kind, payload, _ in life.course),
    )


def documents(procedure: Procedure) -> list[Document]:
    """Of the ballot paper, in the order in which they came."""
    signed = [(procedure.opened.seq, one) for one in procedure.opening["documents"]]
    signed += zip(procedure.attached_by, procedure.attached, strict=True)
    return [Document(one["sha256"], one["size"], one["media_type"], one["item"], seq) for seq, one in signed]


def tally(procedure: Procedure) -> Iterator[ItemTally]:
    """Counts and outcome of each item, in the order of the ballot paper."""
    counts = procedure.tally()
    for item in procedure.items:
        plain = plain_item(procedure, item)
        told = plain["outcome"], plain["derivation"], plain["valid"], plain["relevance"]
        yield ItemTally(item, counts[item], *told)


def groups(procedure: Procedure) -> Iterator[ItemGroups]:
    """How the groups voted on each item."""
    for item in procedure.items:
        yield ItemGroups(item, by_group(procedure, item))


def vote(procedure: Procedure, member: str) -> VoteView | None:
    """The member's vote, None where none stands."""
    found = procedure.box.votes.get(member)
    if found is None:
        return None
    choices, leaf, _, seq, at, weight, _, late, provenance, _ = found
    counts = procedure.box.counts_for(member)
    return VoteView(member, choices, weight, seq, at, leaf, counts, provenance, late)


def voters(procedure: Procedure, item: str) -> dict[str, VoteView]:
    """Whose vote counts on an item, in the order of `seats` → the vote."""
    counting = (name for name in seats(procedure) if procedure.box.voted_on(name, item))
    return {name: found for name in counting if (found := vote(procedure, name)) is not None}


def conduct(procedure: Procedure, member: str) -> Conduct:
    """What else is known of somebody in this procedure."""
    known, declared = procedure.conduct, procedure.conduct.consents.declared.get(member)
    return Conduct(
        stands_for=known.standing_in.get(member),
        replaced_by=known.replaced.get(member),
        received_at=known.delivered.get(member),
        own_deadline=known.own.get(member),
        excluded=[item for item in procedure.items if member in procedure.box.excluded[item]],
        consents=None if declared is None else _in_order(procedure, declared),
        objected_at=known.objections.get(member),
        demands=[item for item in procedure.items if member in known.demands[item]],
        proxy=known.proxies.get(member),
    )


def seats(procedure: Procedure) -> dict[str, Seat]:
    """Who has a seat, in the order of the register, then who stands in for somebody."""
    found = dict(procedure.electorate.seats)
    return found | {one: found[seated] for one, seated in procedure.conduct.standing_in.items()}


def member(procedure: Procedure, name: str, seat: Seat) -> MemberView:
    """Somebody of `seats`, with everything that is known."""
    known, common = conduct(procedure, name), procedure.conduct.common
    return member_view(name, (seat.weight, seat.group), known, vote(procedure, name), common)


def attempts(procedure: Procedure) -> Mapping[str, int]:
    """Code → refused attempts on record."""
    return dict(sorted(procedure.conduct.attempts.items()))


def _in_order(procedure: Procedure, items: Any) -> list[str]:
    """Of these items those of the ballot paper, in its order."""
    return [item for item in procedure.items if item in items]
