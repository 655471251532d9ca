"""Rule profiles: the rules of one procedure as data, signed in full in its opening statement.

==================  ====================================================================================
legal_basis         what is cited; `paragraphs` cites more exactly, setting by setting
validity            {version, from, to}: the days on which the legal basis is in force, or null
trigger             null · {kind: declared_emergency | council_resolution | either, max_months}
subject             {only: any | simple | urgent, excluded: subjects that are not decided this way}
proposer            clerk_or_chair · chair
objection           null · {who: member | entitled, count or n/d of the seats, until: deadline | named,
                    effect: terminate | reject | refer | count}
procedure_consent   null · {n, d, of: members | votes, partial, implied: none | vote | yes}
majority            {n, d, strict, base}: yes·d > n·base (strict) or yes·d ≥ n·base; or {count}: at
                    least so many yes; or null: nothing is decided
base                yes_no · cast (every vote given) · participating (who voted on any item) · present ·
                    members (all seats) · votes_existing (the same, in a company) · persons (the votes
                    for persons: the option with the majority is elected; 0/1: with the most votes)
groups              together · each (every group reaches the majority by itself)
abstention          ignored · as_no · as_yes · forbidden (no such option)
silence             of members who did not vote: ignored · as_abstain · as_no · as_yes · voids
tie                 rejected · casting_vote (of the chair) · chair_decides (the chair's own vote) · lot
chair_votes         any (in any turn) · last (after all others; nobody votes after the chair)
quorum              null · {n, d, strict, at_least, chair, groups}: who has to take part
too_many_excluded   more than half of the seats: ok · authority_approval
exclusion           conflict of interest: none (not applied) · motion · both (consent as well)
reach               not_required · everyone (who was not reached makes it invalid)
deadline            fixed (one instant) · personal (from each one's receipt; if somebody is not reached, chair
                    or clerk close, and nothing is decided) · chair (closes it)
period              null · {unit: days | weeks | months, count, working_day_rule, region}
extension           never · before_deadline · retroactive
grace               null · {days}: how long after the last deadline the service waits before it closes,
                    so that a retroactive extension is possible; chair and clerk may close earlier
early_close         never · all_voted · unlosable
change              until_deadline · until_closing (where the chair closes) · never (nor is a vote given
                    again that was taken back)
withdraw            whether a vote may be taken back
substitution        none · before_start · during
proxy               null · {max}: how many members one proxy may stand for
weights             one · table
secrecy             {demand: null | number of members, items: elections | all}: votes are named; a demand
                    for a secret ballot refers the item to a meeting
provenance          {portal: null | low | substantial | high, clerk}: who but the member may submit
documents           added after opening: frozen (refused) · reconfirm (votes count once given again on
                    the new ballot paper) · keep (votes stand)
result_visibility   live · after_closing
result              final · provisional (until a meeting ratifies it)
publication         not_required · required
==================  ====================================================================================

`profile_schema` reads what is in this table, `profile_checks` refuses what contradicts itself. A profile
without `schema`, or of an earlier one, had fewer settings: the others have the neutral value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

RESERVED_OPTIONS = ("yes", "no", "abstain", "present", "invalid")
"""Options with a fixed meaning. Every other option is a person or another alternative."""

BASES = ("yes_no", "cast", "participating", "present", "members", "votes_existing", "persons")

NEUTRAL: dict[str, Any] = {
    "validity": {"version": None, "from": None, "to": None},
    "paragraphs": {},
    "trigger": None,
    "subject": {"only": "any", "excluded": []},
    "proposer": "clerk_or_chair",
    "objection": None,
    "procedure_consent": None,
    "groups": "together",
    "chair_votes": "any",
    "quorum": None,
    "too_many_excluded": "ok",
    "exclusion": "none",
    "reach": "not_required",
    "period": None,
    "extension": "never",
    "grace": None,
    "early_close": "never",
    "substitution": "none",
    "proxy": None,
    "weights": "table",
    "secrecy": {"demand": None, "items": "elections"},
    "provenance": {"portal": None, "clerk": False},
    "result": "final",
    "publication": "not_required",
}
"""The settings that the first schema did not have, with the value that says nothing."""


@dataclass(frozen=True)
class Majority:
    """What is needed. Either `count` yes votes, or n/d of `base`, more than that where `strict`."""

    n: int = 0
    d: int = 1
    strict: bool = False
    base: str = "yes_no"
    count: int | None = None


@dataclass(frozen=True)
class Objection:
    """Who may object, how many objections have which effect."""

    who: str
    until: str
    effect: str
    count: int | None = None
    n: int = 0
    d: int = 1

    def reached(self, objections: int, seats: int) -> bool:
        """Whether so many objections of so many seats have the effect."""
        if self.count is not None:
            return objections >= self.count
        return objections > 0 and objections * self.d >= self.n * seats


@dataclass(frozen=True)
class Consent:
    """Which share of the members, or of the votes, must consent to the procedure."""

    n: int
    d: int
    of: str
    partial: bool
    implied: str


@dataclass(frozen=True)
class Quorum:
    """Who has to take part: n/d of the seats, at least so many heads, the chair, in every group."""

    n: int
    d: int
    strict: bool
    at_least: int
    chair: bool
    groups: bool


@dataclass(frozen=True)
class Period:
    """A personal deadline, from the receipt (BGB §§ 187–193)."""

    unit: str
    count: int
    working_day_rule: bool
    region: str | None


@dataclass(frozen=True)
class Profile:
    """A rule profile. The fields are those of the table above."""

    name: str
    legal_basis: str
    validity: Mapping[str, str | None]
    paragraphs: Mapping[str, str]
    trigger: Mapping[str, Any] | None
    subject: Mapping[str, Any]
    proposer: str
    objection: Objection | None
    procedure_consent: Consent | None
    majority: Majority | None
    groups: str
    abstention: str
    silence: str
    tie: str
    chair_votes: str
    quorum: Quorum | None
    too_many_excluded: str
    exclusion: str
    reach: str
    deadline: str
    period: Period | None
    extension: str
    grace: Mapping[str, int] | None
    early_close: str
    change: str
    withdraw: bool
    substitution: str
    proxy: Mapping[str, int] | None
    weights: str
    secrecy: Mapping[str, Any]
    provenance: Mapping[str, Any]
    documents: str
    result_visibility: str
    result: str
    publication: str

    def paragraph(self, setting: str) -> str:
        """What to cite for a setting."""
        return self.paragraphs.get(setting, self.legal_basis)

    @property
    def votes_are_final(self) -> bool:
        """Whether every vote stands as it was cast: it is neither changed nor taken back."""
        return self.change == "never" and not self.withdraw


SETTINGS = tuple(field.name for field in fields(Profile))
FIRST_SCHEMA = frozenset(SETTINGS) - NEUTRAL.keys()
THIRD_SCHEMA = frozenset(SETTINGS) - {"grace"}
SECOND_SCHEMA = THIRD_SCHEMA - {"chair_votes"}

_PARTS: dict[str, type[Any]] = {
    "objection": Objection,
    "procedure_consent": Consent,
    "majority": Majority,
    "quorum": Quorum,
    "period": Period,
}


def build_profile(data: Mapping[str, Any]) -> Profile:
    """The profile of data of the right form (`profile_schema.read_profile`)."""
    settings = {name: data.get(name, NEUTRAL.get(name)) for name in SETTINGS}
    for name, kind in _PARTS.items():
        if settings[name] is not None:
            settings[name] = kind(**settings[name])
    return Profile(**settings)


def persons(options: Iterable[str]) -> list[str]:
    """The options that are not reserved words."""
    return [option for option in options if option not in RESERVED_OPTIONS]
