"""Which data are a rule profile: every setting named, every value known. Nothing is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ledger.domain.profile import (
    BASES,
    FIRST_SCHEMA,
    NEUTRAL,
    SECOND_SCHEMA,
    SETTINGS,
    THIRD_SCHEMA,
    Profile,
    build_profile,
)
from ledger.domain.profile_checks import refuse_contradictions, refuse_extension_too_late
from ledger.domain.sentences import profiles
from ledger.errors import BadProfile

SCHEMA = 4
"""Of profiles that are signed now."""

_OF_SCHEMA: dict[int, frozenset[str]] = {2: SECOND_SCHEMA, 3: THIRD_SCHEMA, SCHEMA: frozenset(SETTINGS)}


def settings_of(schema: Any) -> frozenset[str]:
    """The settings of a profile of this schema; of one that is not known, those of today."""
    return _OF_SCHEMA.get(schema if type(schema) is int else SCHEMA, _OF_SCHEMA[SCHEMA])


_CHOICES: dict[str, tuple[Any, ...]] = {
    "proposer": ("clerk_or_chair", "chair"),
    "groups": ("together", "each"),
    "abstention": ("ignored", "as_no", "as_yes", "forbidden"),
    "silence": ("ignored", "as_abstain", "as_no", "as_yes", "voids"),
    "tie": ("rejected", "casting_vote", "chair_decides", "lot"),
    "chair_votes": ("any", "last"),
    "too_many_excluded": ("ok", "authority_approval"),
    "exclusion": ("none", "motion", "both"),
    "reach": ("not_required", "everyone"),
    "deadline": ("fixed", "personal", "chair"),
    "extension": ("never", "before_deadline", "retroactive"),
    "early_close": ("never", "all_voted", "unlosable"),
    "change": ("until_deadline", "until_closing", "never"),
    "withdraw": (True, False),
    "substitution": ("none", "before_start", "during"),
    "weights": ("one", "table"),
    "documents": ("frozen", "reconfirm", "keep"),
    "result_visibility": ("live", "after_closing"),
    "result": ("final", "provisional"),
    "publication": ("not_required", "required"),
}
AFTER_THE_CLOSING = ("until_announcement", "announcement")
"""What is asked for elsewhere and not done here (decision 0014): refused with the reason."""

_SUBJECT = re.compile(r"[a-z][a-z_]{0,31}")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


def parse_profile(data: Any) -> Profile:
    """The profile of data that are to be signed. Raises `BadProfile` with the reason."""
    profile = read_profile(data)
    require_usable(profile, data)
    return profile


def require_usable(profile: Profile, data: Any) -> None:
    """Returns unless the profile of these data contradicts itself. Raises `BadProfile` with the reason."""
    refuse_contradictions(profile)
    if "grace" in data:  # a profile of an earlier schema could not name one
        refuse_extension_too_late(profile)


def signed_profile(data: Any) -> Profile:
    """The same as `read_profile`, of what is part of a statement and does not change any more.

    An opening's guard reads it, then the procedure; and an audit has one object for all that are equal: the
    one that was read last is kept.
    """
    last = _LAST[0]
    if last is None or last[0] is not data:
        last = _LAST[0] = data, read_profile(data)
    return last[1]


_LAST: list[tuple[object, Profile] | None] = [None]


def read_profile(data: Any) -> Profile:
    """The profile of data that were signed. Raises `BadProfile` if they have no known form.

    What was signed once is read for ever: a schema is never narrowed, a new one is added. Contradictions are
    not looked for: they are refused before signing, and more may be found some day.
    """
    if not isinstance(data, Mapping):
        raise BadProfile(profiles.NO_OBJECT)
    if "schema" in data and (type(data["schema"]) is not int or data["schema"] not in _OF_SCHEMA):
        raise BadProfile(profiles.SCHEMA_IS, schema=SCHEMA)
    if "schema" not in data and data.keys() & NEUTRAL.keys():
        raise BadProfile(profiles.NO_SCHEMA)
    expected = {*_OF_SCHEMA[data["schema"]], "schema"} if "schema" in data else FIRST_SCHEMA
    if missing := sorted(expected - data.keys()):
        raise BadProfile(profiles.LACKS, missing=", ".join(missing))
    if unknown := sorted(data.keys() - expected):
        raise BadProfile(profiles.UNKNOWN_SETTING, unknown=", ".join(unknown))
    for setting in data.keys() - {"schema"}:
        _CHECKS[setting](setting, data[setting])
    return build_profile(data)


# ── one check for each form of a setting ───────────────────────────────────────────────────────


def _choice(setting: str, value: Any, allowed: tuple[Any, ...] | None = None) -> None:
    allowed = _CHOICES[setting] if allowed is None else allowed
    if value in AFTER_THE_CLOSING:
        raise BadProfile(profiles.NOTHING_AFTER_THE_CLOSING, setting=setting)
    if value not in allowed or type(value) is not type(allowed[0]):
        raise BadProfile(profiles.ONE_OF, setting=setting, allowed=", ".join(map(str, allowed)), value=value)


def _text(setting: str, value: Any, limit: int = 200) -> None:
    if not isinstance(value, str) or not 1 <= len(value) <= limit:
        raise BadProfile(profiles.A_TEXT, setting=setting, limit=limit)


def _integer(setting: str, value: Any, low: int) -> None:
    if type(value) is not int or not low <= value <= 10**9:
        raise BadProfile(profiles.AN_INTEGER, setting=setting, low=low)


def _flag(setting: str, value: Any) -> None:
    if type(value) is not bool:
        raise BadProfile(profiles.A_FLAG, setting=setting)


def _object(setting: str, value: Any, *members: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or value.keys() != set(members):
        raise BadProfile(profiles.AN_OBJECT, setting=setting, members=", ".join(members))
    return value


def _validity(setting: str, value: Any) -> None:
    inner = _object(setting, value, "version", "from", "to")
    if inner["version"] is not None:
        _text("validity.version", inner["version"])
    for name in ("from", "to"):
        try:
            if inner[name] is not None and date.fromisoformat(inner[name]).isoformat() != inner[name]:
                raise ValueError
        except (TypeError, ValueError):
            raise BadProfile(profiles.A_DAY, name=name) from None


def _paragraphs(_setting: str, value: Any) -> None:
    if not isinstance(value, Mapping) or not value.keys() <= set(SETTINGS):
        raise BadProfile(profiles.PARAGRAPHS)
    for name, text in value.items():
        _text(f"paragraphs.{name}", text)


def _trigger(setting: str, value: Any) -> None:
    if value is None:
        return
    inner = _object(setting, value, "kind", "max_months")
    _choice("trigger.kind", inner["kind"], ("declared_emergency", "council_resolution", "either"))
    if inner["max_months"] is not None:
        _integer("trigger.max_months", inner["max_months"], 1)


def _subject(setting: str, value: Any) -> None:
    inner = _object(setting, value, "only", "excluded")
    _choice("subject.only", inner["only"], ("any", "simple", "urgent"))
    excluded = inner["excluded"]
    if not isinstance(excluded, list | tuple) or not all(
        isinstance(one, str) and _SUBJECT.fullmatch(one) for one in excluded
    ):
        raise BadProfile(profiles.SUBJECTS)


def _objection(setting: str, value: Any) -> None:
    if value is None:
        return
    counted = isinstance(value, Mapping) and "count" in value
    share = ("count",) if counted else ("n", "d")
    inner = _object(setting, value, "who", "until", "effect", *share)
    _choice("objection.who", inner["who"], ("member", "entitled"))
    _choice("objection.until", inner["until"], ("deadline", "named"))
    _choice("objection.effect", inner["effect"], ("terminate", "reject", "refer", "count"))
    for name in share:
        _integer(f"objection.{name}", inner[name], 1)


def _procedure_consent(setting: str, value: Any) -> None:
    if value is None:
        return
    inner = _object(setting, value, "n", "d", "of", "partial", "implied")
    _integer("procedure_consent.n", inner["n"], 1)
    _integer("procedure_consent.d", inner["d"], 1)
    _choice("procedure_consent.of", inner["of"], ("members", "votes"))
    _flag("procedure_consent.partial", inner["partial"])
    _choice("procedure_consent.implied", inner["implied"], ("none", "vote", "yes"))


def _majority(_setting: str, value: Any) -> None:
    if value is None:
        return None
    if isinstance(value, Mapping) and value.keys() == {"count"}:
        return _integer("count", value["count"], 1)
    if not isinstance(value, Mapping) or value.keys() != {"n", "d", "strict", "base"}:
        raise BadProfile(profiles.A_MAJORITY)
    if value["base"] not in BASES:
        raise BadProfile(profiles.BASES_ARE, bases=", ".join(BASES))
    _flag("strict", value["strict"])
    _integer("n", value["n"], 0)
    return _integer("d", value["d"], 1)


def _quorum(setting: str, value: Any) -> None:
    if value is None:
        return
    inner = _object(setting, value, "n", "d", "strict", "at_least", "chair", "groups")
    _integer("quorum.n", inner["n"], 0)
    _integer("quorum.d", inner["d"], 1)
    _integer("quorum.at_least", inner["at_least"], 0)
    for name in ("strict", "chair", "groups"):
        _flag(f"quorum.{name}", inner[name])


def _period(setting: str, value: Any) -> None:
    if value is None:
        return
    inner = _object(setting, value, "unit", "count", "working_day_rule", "region")
    _choice("period.unit", inner["unit"], ("days", "weeks", "months"))
    if type(inner["count"]) is not int or not 1 <= inner["count"] <= 1000:
        raise BadProfile(profiles.PERIOD_COUNT)
    _flag("period.working_day_rule", inner["working_day_rule"])
    region = inner["region"]
    if region is not None and not (isinstance(region, str) and _REGION.fullmatch(region)):
        raise BadProfile(profiles.PERIOD_REGION)


def _grace(setting: str, value: Any) -> None:
    if value is not None:
        days = _object(setting, value, "days")["days"]
        if type(days) is not int or not 1 <= days <= 100:
            raise BadProfile(profiles.GRACE_DAYS)


def _proxy(setting: str, value: Any) -> None:
    if value is not None:
        _integer("proxy.max", _object(setting, value, "max")["max"], 1)


def _secrecy(setting: str, value: Any) -> None:
    inner = _object(setting, value, "demand", "items")
    _choice("secrecy.items", inner["items"], ("elections", "all"))
    if inner["demand"] is not None:
        _integer("secrecy.demand", inner["demand"], 1)


def _provenance(setting: str, value: Any) -> None:
    inner = _object(setting, value, "portal", "clerk")
    if inner["portal"] is not None:
        _choice("provenance.portal", inner["portal"], ("low", "substantial", "high"))
    _flag("provenance.clerk", inner["clerk"])


_CHECKS: dict[str, Callable[[str, Any], None]] = {
    **dict.fromkeys(_CHOICES, _choice),
    "name": lambda setting, value: _text(setting, value, 64),
    "legal_basis": _text,
    "validity": _validity,
    "paragraphs": _paragraphs,
    "trigger": _trigger,
    "subject": _subject,
    "objection": _objection,
    "procedure_consent": _procedure_consent,
    "majority": _majority,
    "quorum": _quorum,
    "period": _period,
    "grace": _grace,
    "proxy": _proxy,
    "secrecy": _secrecy,
    "provenance": _provenance,
}
