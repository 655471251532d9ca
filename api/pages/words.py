"""By which rule it is decided, and what is to be said of those who take part, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.translation import marked, translated
from projections.views import MemberView

BASES = {
    "yes_no": marked("the votes for yes or no"),
    "cast": marked("all votes cast"),
    "participating": marked("the members taking part"),
    "votes_existing": marked("all votes that exist"),
    "present": marked("the members present"),
    "members": marked("all members"),
    "persons": marked("the votes for persons"),
}


def majority(profile: Mapping[str, Any]) -> str:
    """What the rule profile requires: "more than 1/2 of the votes for yes or no"."""
    required = profile["majority"]
    if required is None:
        return translated("nothing is decided")
    if "count" in required:
        return str(translated("at least %(count)s yes") % required)
    more = translated("more than") if required["strict"] else translated("at least")
    values: dict[str, str] = {**required, "more": more, "base": translated(BASES[required["base"]])}
    return translated("%(more)s %(n)s/%(d)s of %(base)s") % values


def remarks(member: MemberView, names: Mapping[str, str]) -> list[str]:
    """What else is to be said of somebody who takes part."""
    people = {
        translated("substitute for %(name)s"): member.stands_for,
        translated("replaced by %(name)s"): member.replaced_by,
        translated("represented by %(name)s"): member.proxy,
    }
    items = {
        translated("excluded from item %(items)s"): member.excluded,
        translated("consented (item %(items)s)"): member.consents,
        translated("demands a secret ballot (item %(items)s)"): member.demands,
    }
    told = [words % {"name": names.get(one) or one} for words, one in people.items() if one]
    told += [translated("objected to deciding by circulation")] if member.objected_at else []
    told += [words % {"items": ", ".join(some)} for words, some in items.items() if some]
    if member.vote is not None and not member.vote.counts and not member.excluded:
        told.append(translated("voted on an older ballot paper: has to be confirmed"))
    return told
