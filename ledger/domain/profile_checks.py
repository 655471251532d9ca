"""Rule profiles that contradict themselves, the items or the electorate: refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ledger.domain.profile import RESERVED_OPTIONS, Profile, persons
from ledger.domain.values import Seat
from ledger.errors import BadProfile


def refuse_contradictions(profile: Profile) -> None:
    """Returns if the settings go together. Raises `BadProfile` with the first reason."""
    for reason in _contradictions(profile):
        raise BadProfile(reason)


def _contradictions(profile: Profile) -> Iterator[str]:
    yield from _of_majority(profile)
    yield from _of_shares(profile)
    yield from _of_turns(profile)
    yield from _of_time(profile)


def _of_majority(profile: Profile) -> Iterator[str]:
    majority, decided_by_half = profile.majority, ("casting_vote", "chair_decides")
    more_than_half = majority and majority.count is None and majority.strict and majority.n * 2 == majority.d
    if profile.tie in decided_by_half and not more_than_half:
        yield f"{_TIES[profile.tie]} decides where exactly half is reached: the majority must be > 1/2"
    if majority is None or majority.count is not None:
        if profile.groups == "each":
            yield "only a share can be asked of each group"
        return
    if majority.n > majority.d or (majority.n == majority.d and majority.strict):
        yield "a majority above all votes can never be reached"
    elections = majority.base == "persons"
    if elections and (profile.silence not in ("ignored", "voids") or profile.tie in decided_by_half):
        yield "in a vote on persons silence is ignored and there is no casting vote"
    if elections and profile.groups == "each":
        yield "in a vote on persons groups are not counted apart"
    if profile.tie == "lot" and not (elections or more_than_half):
        yield "a lot decides where exactly half is reached: the majority must be > 1/2"


def _of_shares(profile: Profile) -> Iterator[str]:
    consent, quorum, objection = profile.procedure_consent, profile.quorum, profile.objection
    if consent and consent.n > consent.d:
        yield "more consents than members can never be reached"
    if quorum and (quorum.n > quorum.d or (quorum.n == quorum.d and quorum.strict)):
        yield "a quorum above all seats can never be reached"
    if objection and objection.count is None and objection.n > objection.d:
        yield "more objections than members can never be reached"
    if profile.abstention == "forbidden" and profile.silence == "as_abstain":
        yield "silence counts as abstention, but abstention is forbidden"


def _of_turns(profile: Profile) -> Iterator[str]:
    if profile.chair_votes == "last" and (profile.change != "never" or profile.withdraw):
        yield "nobody votes after the chair: votes are neither changed nor taken back"


def _of_time(profile: Profile) -> Iterator[str]:
    if (profile.period is None) == (profile.deadline == "personal"):
        yield "a personal deadline needs a period, and no other deadline has one"
    if profile.early_close != "never":
        if profile.deadline == "chair":
            yield "where the chair closes there is no deadline before which to close"
        if profile.objection is not None:
            yield "who may object may do so until the deadline: no earlier end"
    if profile.early_close == "unlosable" and (profile.change != "never" or profile.withdraw):
        yield "votes that may be changed or taken back are never certain before the deadline"
    if profile.change == "until_closing" and profile.deadline != "chair":
        yield "nothing is counted after the deadline: votes are changed until then"
    if profile.extension != "never" and profile.deadline == "chair":
        yield "where the chair closes there is no deadline to extend"
    span = profile.validity["from"], profile.validity["to"]
    if span[0] and span[1] and span[0] > span[1]:
        yield "the legal basis ends before it begins"


def check_options(profile: Profile, options: Sequence[str]) -> None:
    """Returns if the profile can decide an item with these options. Raises `BadProfile`."""
    if profile.abstention == "forbidden" and "abstain" in options:
        raise BadProfile("abstention is forbidden, but the item offers it")
    if profile.majority is None:
        return
    if profile.majority.base == "persons":
        if not persons(options):
            raise BadProfile("a majority for persons needs options that are persons")
    elif "yes" not in options:
        raise BadProfile("this majority counts yes votes, but the item has no option yes")
    elif extra := persons(options):
        raise BadProfile(f"this majority knows {', '.join(RESERVED_OPTIONS)} only, not {extra[0]}")


def check_electorate(profile: Profile, seats: Mapping[str, Seat], chair: str | None) -> None:
    """Returns if this electorate could satisfy the profile at all. Raises `BadProfile`."""
    for reason in _impossibilities(profile, seats, chair):
        raise BadProfile(reason)


def _impossibilities(profile: Profile, seats: Mapping[str, Seat], chair: str | None) -> Iterator[str]:
    weight, majority = sum(seat.weight for seat in seats.values()), profile.majority
    if not seats:
        yield "nobody could vote: the body has no seats"
    if majority and majority.count is not None and majority.count > weight:
        yield f"{majority.count} yes are required, but there are only {weight} votes"
    if profile.objection and (profile.objection.count or 0) > len(seats):
        yield f"{profile.objection.count} objections are required, but there are only {len(seats)} members"
    if profile.quorum and profile.quorum.at_least > len(seats):
        yield f"{profile.quorum.at_least} must take part, but there are only {len(seats)} members"
    if profile.weights == "one" and any(seat.weight != 1 for seat in seats.values()):
        yield "each member has one vote under this profile, but the seats have other weights"
    by_group = profile.groups == "each" or (profile.quorum is not None and profile.quorum.groups)
    if by_group and any(seat.group is None for seat in seats.values()):
        yield "groups are counted apart, but a seat belongs to no group"
    if profile.tie == "casting_vote" and chair is None:
        yield "a casting vote needs a chair"
    by_chair = profile.tie == "chair_decides" or profile.chair_votes == "last"
    needs_seat = by_chair or (profile.quorum is not None and profile.quorum.chair)
    if needs_seat and chair not in seats:
        yield "this profile counts on the chair's vote, but no member of the electorate is named as chair"


_TIES = {"casting_vote": "a casting vote", "chair_decides": "the chair's vote"}
