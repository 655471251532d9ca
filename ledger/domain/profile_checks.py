"""Rule profiles that contradict themselves, the items or the electorate: refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ledger.domain.profile import RESERVED_OPTIONS, Profile, persons
from ledger.domain.sentences import codes, contradictions
from ledger.domain.values import Seat
from ledger.errors import BadProfile
from ledger.sentence import Sentence

Reason = tuple[Sentence, dict[str, object]]
"""What is wrong, and the values of its sentence."""

_TIES = {
    "casting_vote": contradictions.CASTING_VOTE_AT_HALF,
    "chair_decides": contradictions.CHAIR_DECIDES_AT_HALF,
}


def refuse_contradictions(profile: Profile) -> None:
    """Returns if the settings go together. Raises `BadProfile` with the first reason."""
    for reason, values in _contradictions(profile):
        raise BadProfile(reason, **values)


def refuse_extension_too_late(profile: Profile) -> None:
    """Returns unless the service would close before any retroactive extension. Raises `BadProfile`."""
    if profile.extension == "retroactive" and profile.deadline == "fixed" and profile.grace is None:
        raise BadProfile(contradictions.CLOSED_BEFORE_AN_EXTENSION)


def _contradictions(profile: Profile) -> Iterator[Reason]:
    yield from _of_majority(profile)
    yield from _of_shares(profile)
    yield from _of_turns(profile)
    yield from _of_time(profile)


def _of_majority(profile: Profile) -> Iterator[Reason]:
    majority, decided_by_half = profile.majority, ("casting_vote", "chair_decides")
    more_than_half = majority and majority.count is None and majority.strict and majority.n * 2 == majority.d
    if profile.tie in decided_by_half and not more_than_half:
        yield _TIES[profile.tie], {}
    if majority is None or majority.count is not None:
        if profile.groups == "each":
            yield contradictions.SHARE_OF_GROUPS, {}
        return
    if majority.n > majority.d or (majority.n == majority.d and majority.strict):
        yield contradictions.MAJORITY_ABOVE_ALL, {}
    elections = majority.base == "persons"
    if majority.n == 0 and not elections:
        yield contradictions.MAJORITY_OF_NOTHING, {}
    if elections and (profile.silence not in ("ignored", "voids") or profile.tie in decided_by_half):
        yield contradictions.PERSONS_AND_SILENCE, {}
    if elections and profile.groups == "each":
        yield contradictions.PERSONS_AND_GROUPS, {}
    if profile.tie == "lot" and not (elections or more_than_half):
        yield contradictions.LOT_AT_HALF, {}


def _of_shares(profile: Profile) -> Iterator[Reason]:
    consent, quorum, objection = profile.procedure_consent, profile.quorum, profile.objection
    if consent and consent.n > consent.d:
        yield contradictions.CONSENT_ABOVE_ALL, {}
    if quorum and (quorum.n > quorum.d or (quorum.n == quorum.d and quorum.strict)):
        yield contradictions.QUORUM_ABOVE_ALL, {}
    if objection and objection.count is None and objection.n > objection.d:
        yield contradictions.OBJECTIONS_ABOVE_ALL, {}
    if profile.abstention == "forbidden" and profile.silence == "as_abstain":
        yield contradictions.ABSTAINING_BY_SILENCE, {}


def _of_turns(profile: Profile) -> Iterator[Reason]:
    if profile.chair_votes == "last" and not profile.votes_are_final:
        yield contradictions.CHAIR_LAST_AND_CHANGES, {}


def _of_time(profile: Profile) -> Iterator[Reason]:
    if (profile.period is None) == (profile.deadline == "personal"):
        yield contradictions.PERSONAL_NEEDS_A_PERIOD, {}
    if profile.early_close != "never":
        if profile.deadline == "chair":
            yield contradictions.NO_DEADLINE_BEFORE, {}
        if profile.objection is not None:
            yield contradictions.OBJECTIONS_UNTIL_THE_END, {}
        consent, by_votes = profile.procedure_consent, profile.early_close == "all_voted"
        if consent is not None and not (by_votes and consent.implied != "none"):
            yield contradictions.CONSENTS_UNTIL_THE_END, {}
    if profile.early_close == "unlosable" and not profile.votes_are_final:
        yield contradictions.NEVER_CERTAIN, {}
    if profile.change == "until_closing" and profile.deadline != "chair":
        yield contradictions.CHANGE_AFTER_DEADLINE, {}
    yield from _of_extensions(profile)
    span = profile.validity["from"], profile.validity["to"]
    if span[0] and span[1] and span[0] > span[1]:
        yield contradictions.BASIS_ENDS_FIRST, {}


def _of_extensions(profile: Profile) -> Iterator[Reason]:
    if profile.extension != "never" and profile.deadline == "chair":
        yield contradictions.NO_DEADLINE_TO_EXTEND, {}
    if profile.grace is not None and profile.extension != "retroactive":
        yield contradictions.NOTHING_TO_WAIT_FOR, {}


def check_options(profile: Profile, options: Sequence[str]) -> None:
    """Returns if the profile can decide an item with these options. Raises `BadProfile`."""
    if profile.abstention == "forbidden" and "abstain" in options:
        raise BadProfile(contradictions.ABSTENTION_OFFERED)
    if profile.majority is None:
        return
    if profile.majority.base == "persons":
        if not persons(options):
            raise BadProfile(contradictions.NO_PERSONS)
    elif "yes" not in options:
        raise BadProfile(contradictions.NO_YES)
    elif extra := persons(options):
        known, told = ", ".join(RESERVED_OPTIONS), codes.options(*RESERVED_OPTIONS)
        raise BadProfile(contradictions.OTHER_OPTIONS, known=known, told=told, option=extra[0])


def check_electorate(profile: Profile, seats: Mapping[str, Seat], chair: str | None) -> None:
    """Returns if this electorate could satisfy the profile at all. Raises `BadProfile`."""
    for reason, values in _impossibilities(profile, seats, chair):
        raise BadProfile(reason, **values)


def _impossibilities(profile: Profile, seats: Mapping[str, Seat], chair: str | None) -> Iterator[Reason]:
    weight, majority = sum(seat.weight for seat in seats.values()), profile.majority
    if not seats:
        yield contradictions.NO_SEATS, {}
    if majority and majority.count is not None and majority.count > weight:
        yield contradictions.TOO_FEW_VOTES, {"required": majority.count, "votes": weight}
    if profile.objection and (profile.objection.count or 0) > len(seats):
        yield contradictions.TOO_FEW_TO_OBJECT, {"required": profile.objection.count, "members": len(seats)}
    if profile.quorum and profile.quorum.at_least > len(seats):
        yield (
            contradictions.TOO_FEW_TO_TAKE_PART,
            {"required": profile.quorum.at_least, "members": len(seats)},
        )
    if (demand := profile.secrecy["demand"] or 0) > len(seats):
        yield contradictions.TOO_FEW_TO_DEMAND, {"required": demand, "members": len(seats)}
    if profile.weights == "one" and any(seat.weight != 1 for seat in seats.values()):
        yield contradictions.OTHER_WEIGHTS, {}
    by_group = profile.groups == "each" or (profile.quorum is not None and profile.quorum.groups)
    if by_group and any(seat.group is None for seat in seats.values()):
        yield contradictions.NO_GROUP, {}
    if profile.tie == "casting_vote" and chair is None:
        yield contradictions.NO_CHAIR, {}
    by_chair = profile.tie == "chair_decides" or profile.chair_votes == "last"
    needs_seat = by_chair or (profile.quorum is not None and profile.quorum.chair)
    if needs_seat and chair not in seats:
        yield contradictions.CHAIR_WITHOUT_SEAT, {}
