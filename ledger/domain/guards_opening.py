"""What an opening is refused for: whatever could never be satisfied is found here, not at the closing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.domain.civil_time import day_of, end_of_day, instant, zone_of
from ledger.domain.guard_parts import cite, require_item
from ledger.domain.periods import add_months, period_end
from ledger.domain.profile import Profile
from ledger.domain.profile_checks import check_electorate, check_options
from ledger.domain.profile_schema import require_usable, signed_profile
from ledger.domain.register import Register
from ledger.domain.sentences import codes, opening
from ledger.domain.values import Payload, Place
from ledger.errors import (
    BadOpening,
    NotAllowed,
    NotClosed,
    NotInForce,
    NotProvided,
    StaleElectorate,
    WrongDeadline,
)

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure

_ASKED = {
    "declared_emergency": opening.EMERGENCY_ASKED,
    "council_resolution": opening.RESOLUTION_ASKED,
    "either": opening.EITHER_ASKED,
}
"""What a profile's kind of trigger asks for."""

_ENDED = {"referred": opening.REFERRED_BEFORE, "void": opening.ANNULLED_BEFORE}
"""How the ballot before may have ended with nothing decided that could be repeated."""


def may_open(payload: Payload, place: Place, register: Register, repeated: Procedure | None = None) -> None:
    """A clerk or chair; the electorate as it stands; a profile that fits every item; a deadline to come."""
    register.require_role(payload["actor"], "clerk", "chair")
    body = register.body(payload["body"])
    named = payload["electorate"]
    if (named["as_of"], named["count"]) != (body.as_of, len(body.seats)):
        raise StaleElectorate(
            opening.SEATS_CHANGED, body=payload["body"], seats=len(body.seats), as_of=body.as_of
        )
    for person in (payload["chair"], *payload.get("participants", ())):
        if person is not None:
            register.person(person)
    profile = signed_profile(payload["profile"])
    require_usable(profile, payload["profile"])
    _check_items(payload, profile)
    _check_documents(payload)
    _check_times(payload, place, profile)
    _check_repeated(payload, repeated)
    if "replay" not in payload:
        check_electorate(profile, body.electorate(body.as_of).seats, payload["chair"])
        _check_force(payload, place, profile)
        _check_holidays(payload, place, profile)
        _check_subject(payload, profile)
        _check_proposer(payload, profile)


def _check_items(payload: Payload, profile: Profile) -> None:
    items = payload["items"]
    if len({item["id"] for item in items}) < len(items):
        raise BadOpening(opening.SAME_ITEM_TWICE)
    for item in items:
        check_options(profile, item["options"])


def _check_documents(payload: Payload) -> None:
    documents = payload["documents"]
    if len({document["sha256"] for document in documents}) < len(documents):
        raise BadOpening(opening.DOCUMENT_TWICE)
    items = {item["id"]: item for item in payload["items"]}
    for document in documents:
        require_item(document["item"], items)


def _check_times(payload: Payload, place: Place, profile: Profile) -> None:
    closes_at, civil = payload["closes_at"], payload.get("closes_local")
    zone_of(payload["time_zone"])
    if (closes_at is None) != (profile.deadline != "fixed"):
        raise BadOpening(opening.FIXED_NEEDS_AN_END if closes_at is None else opening.NO_FIXED_END)
    if closes_at is not None and closes_at <= max(payload["opens_at"], place.at):
        raise BadOpening(opening.END_BEFORE_BEGINNING, closes_at=closes_at)
    if civil is not None and closes_at != instant(civil, payload["time_zone"]):
        raise WrongDeadline(
            opening.CIVIL_IN_ZONE_IS,
            civil=civil,
            zone=payload["time_zone"],
            meant=instant(civil, payload["time_zone"]),
        )
    named, asked = payload.get("objections_until"), profile.objection and profile.objection.until == "named"
    if (named is None) == bool(asked) and "replay" not in payload:
        raise BadOpening(opening.OBJECTIONS_END_UNASKED)
    if named is not None and named <= place.at:
        raise BadOpening(opening.OBJECTIONS_END_BEFORE, end=named)
    if named is not None and closes_at is not None and named > closes_at:
        raise BadOpening(opening.OBJECTIONS_END_AFTER)


def _check_force(payload: Payload, place: Place, profile: Profile) -> None:
    """The legal basis and its trigger cover the whole procedure, from the opening to the deadline."""
    begins = profile.validity["from"]
    if begins and day_of(place.at, payload["time_zone"]).isoformat() < begins:
        raise _not_in_force(profile)
    trigger, rule = payload.get("trigger"), profile.trigger
    if rule is None:
        if trigger is not None:
            raise NotProvided(opening.NO_TRIGGER, **cite(profile, "trigger"))
    elif trigger is None or rule["kind"] not in ("either", trigger["kind"]):
        raise NotInForce(_ASKED[rule["kind"]], kind=rule["kind"], **cite(profile, "trigger"))
    require_in_force(payload, profile, max(at for at in (place.at, payload["closes_at"]) if at is not None))
    if trigger is not None and place.at < trigger["from"]:
        raise NotInForce(opening.TRIGGER_BEGINS, begins=trigger["from"], **cite(profile, "trigger"))


def _not_in_force(profile: Profile) -> NotInForce:
    begins, ends = profile.validity["from"], profile.validity["to"]
    details = cite(profile, "validity")
    known = opening.IN_FORCE if begins and ends else opening.IN_FORCE_SINCE
    known = known if begins else opening.IN_FORCE_UNTIL
    return NotInForce(known, basis=profile.legal_basis, begins=begins, ends=ends, **details)


def require_in_force(opened: Payload, profile: Profile, until: str) -> None:
    """The legal basis, and the trigger named at the opening, last until then. Raises `NotInForce`.

    A last day ends at 24:00, and what ends then ends with it.
    """
    last_day = profile.validity["to"]
    if last_day and until > end_of_day(date.fromisoformat(last_day), opened["time_zone"]):
        raise _not_in_force(profile)
    trigger: dict[str, Any] | None = opened.get("trigger")
    if trigger is None or profile.trigger is None:
        return
    ends, months = trigger["until"], profile.trigger["max_months"]
    if trigger["kind"] == "council_resolution" and months is not None:
        last = add_months(day_of(trigger["from"], opened["time_zone"]), months)
        if ends is None or ends > end_of_day(last, opened["time_zone"]):
            raise NotInForce(opening.TRIGGER_LASTS, months=months, **cite(profile, "trigger"))
    if ends is not None and until > ends:
        raise NotInForce(opening.TRIGGER_ENDS, ends=ends, until=until, **cite(profile, "trigger"))


def require_holidays(opened: Payload, profile: Profile, until: str) -> None:
    """The signed holidays go as far as a personal deadline: a year of which none is signed has some too.

    An extension names its day, which no holiday moves (VwVfG § 31 Abs. 3 Satz 2). Raises `WrongDeadline`.
    """
    period = profile.period
    if period is None or not period.working_day_rule or period.region is None:
        return
    details, holidays = cite(profile, "period"), opened.get("holidays", ())
    if not holidays:
        raise WrongDeadline(opening.NO_HOLIDAYS_SIGNED, region=period.region, **details)
    year = int(max(holidays)[:4])
    if until > end_of_day(date(year, 12, 31), opened["time_zone"]):
        raise WrongDeadline(
            opening.HOLIDAYS_END, region=period.region, year=str(year), until=until, **details
        )


def _check_holidays(payload: Payload, place: Place, profile: Profile) -> None:
    """They are signed for the first receipt that there can be."""
    if profile.period is not None:
        zone, holidays = payload["time_zone"], payload.get("holidays", ())
        require_holidays(payload, profile, period_end(profile.period, place.at, zone, holidays))


def _check_subject(payload: Payload, profile: Profile) -> None:
    subject = payload.get("subject", {"simple": False, "urgent": False, "topics": []})
    only, excluded = profile.subject["only"], profile.subject["excluded"]
    if only != "any" and not subject[only]:
        details = cite(profile, "subject")
        raise NotProvided(opening.SUBJECT_DECLARED, only=only, told=codes.SUBJECTS[only], **details)
    if named := sorted(set(subject["topics"]) & set(excluded)):
        raise NotProvided(opening.SUBJECT_EXCLUDED, topic=named[0], **cite(profile, "subject"))


def _check_proposer(payload: Payload, profile: Profile) -> None:
    if profile.proposer == "chair" and payload["actor"] != payload["chair"]:
        raise NotAllowed(opening.CHAIR_OPENS, **cite(profile, "proposer"))


def _check_repeated(payload: Payload, repeated: Procedure | None) -> None:
    """A further ballot: of the same body, on items that an earlier, closed one left undecided."""
    if "repeats" not in payload:
        return
    if repeated is None or repeated.opening["body"] != payload["body"]:
        raise BadOpening(opening.NOTHING_TO_REPEAT)
    if repeated.closing is None:
        raise NotClosed(opening.BALLOT_BEFORE_OPEN)
    for item in payload["items"]:
        if item["id"] not in repeated.items:
            raise BadOpening(opening.NO_ITEM_BEFORE, item=item["id"])
        result = repeated.outcome(item["id"]).result
        if result != "no-decision":
            ended = _ENDED.get(result, opening.DECIDED_BEFORE)
            raise BadOpening(ended, item=item["id"])
        if new := set(item["options"]) - set(repeated.items[item["id"]]["options"]):
            raise BadOpening(opening.NO_OPTION_BEFORE, option=min(new))
