"""What is to be said of those who take part, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.translation import translated
from projections.views import MemberView


def remarks(member: MemberView, names: Mapping[str, str], *, opened: bool) -> list[str]:
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
        still = translated("voted on an older ballot paper: has to be confirmed")
        told.append(still if opened else translated("voted on an older ballot paper: does not count"))
    return told
