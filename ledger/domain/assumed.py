"""The numbers of an item as they would be if some of its votes were not there, or some more were."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ledger.domain.ballot_box import Classes
from ledger.domain.circulation import Circulation
from ledger.domain.counting import Poll

Numbers = tuple[Circulation, Poll]
"""What the two questions are asked about."""


def not_given(known: Circulation, poll: Poll, taken: Classes) -> Numbers:
    """As if these members had been silent: the profile says what silence is."""
    known, poll = _taken_from(known, poll, taken)
    return _consents_less(known, taken), poll


def not_admitted(known: Circulation, poll: Poll, taken: Classes) -> Numbers:
    """As if these votes had not been admitted: neither counted nor read as silence."""
    known, poll = not_given(known, poll, taken)
    return known._replace(left_out=known.left_out + sum(taken.values())), _not_asked(poll, taken)


def with_excluded(known: Circulation, poll: Poll, aside: Classes, void: Classes) -> Numbers:
    """As if nobody were excluded: with their own votes (`aside`), and those they gave for others (`void`).

    Whether they also consented, or one of them is the chair, is not asked.
    """
    own, others = _negative(aside), _negative(void)
    known, poll = _taken_from(known, _not_asked(poll, own), own)
    known, poll = _taken_from(known, poll, others)
    return known._replace(excluded=known.excluded - sum(aside.values()), void=0), poll


def _negative(votes: Classes) -> Classes:
    return {one: -number for one, number in votes.items()}


def weight_of(votes: Classes) -> int:
    """The weights of all these votes together."""
    return sum(weight * number for (_, weight, _), number in votes.items())


def _taken_from(known: Circulation, poll: Poll, taken: Classes) -> Numbers:
    """Without these votes: their members are silent then. Fewer votes than none are added."""
    weight = weight_of(taken)
    in_group = _sums(taken, lambda option, group: group or "", weighted=False)
    return known._replace(
        heads=known.heads - sum(taken.values()),
        groups={name: (n - in_group.get(name, 0), seats) for name, (n, seats) in known.groups.items()},
    ), poll._replace(
        counts=_counts_less(poll.counts, taken),
        present=poll.present - weight,
        participating=poll.participating - weight,
        groups={
            name: part._replace(counts=_counts_less(part.counts, _of_group(name, taken)))
            for name, part in poll.groups.items()
        },
    )


def _not_asked(poll: Poll, taken: Classes) -> Poll:
    """The members of these votes are not silent either, as those who are excluded."""
    groups = {
        name: part._replace(excluded=part.excluded + weight_of(_of_group(name, taken)))
        for name, part in poll.groups.items()
    }
    return poll._replace(excluded=poll.excluded + weight_of(taken), groups=groups)


def _consents_less(known: Circulation, taken: Classes) -> Circulation:
    """Consents that followed from votes end with them; those that were declared stand."""
    heads = weight = 0
    for (option, each, _), votes in taken.items():
        implied = min(votes, known.implied.get(option, 0))
        heads, weight = heads + implied, weight + implied * each
    return known._replace(consents=known.consents - heads, consent_weight=known.consent_weight - weight)


def _counts_less(counts: Mapping[str, int], taken: Classes) -> dict[str, int]:
    options = _sums(taken, lambda option, group: option, weighted=True)
    return {option: given - options.get(option, 0) for option, given in counts.items()}


def _of_group(name: str, taken: Classes) -> Classes:
    return {one: votes for one, votes in taken.items() if one[2] == name}


def _sums(taken: Classes, of: Callable[[str, str | None], str], *, weighted: bool) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (option, weight, group), votes in taken.items():
        key = of(option, group)
        sums[key] = sums.get(key, 0) + votes * (weight if weighted else 1)
    return sums
