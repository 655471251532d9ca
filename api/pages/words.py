"""What is to be said of those who take part, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.pages.translation import translated
from projections.views import MemberView, ProcedureView, VoteView

Others = Mapping[str, MemberView]
"""Members by id, as far as they are listed beside this one."""


def remarks(member: MemberView, names: Mapping[str, str], view: ProcedureView, others: Others) -> list[str]:
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
    return told + ([] if member.vote is None else list(_of_the_vote(member, member.vote, view, others)))


def _of_the_vote(member: MemberView, vote: VoteView, view: ProcedureView, others: Others) -> Iterator[str]:
    """Why a vote does not count, if it is not the member's own exclusion, and on which paper it is."""
    older = view.on_older_paper(vote.seq)
    if older and vote.counts:
        yield translated("voted on an older ballot paper: counts")
    elif older and view.confirms:
        if not member.excluded:
            still = translated("voted on an older ballot paper: has to be confirmed")
            yield (
                still
                if view.state == "opened"
                else translated("voted on an older ballot paper: does not count")
            )
        return
    if vote.provenance == "proxy":
        yield from _by_excluded_proxy(member, vote, others)


def _by_excluded_proxy(member: MemberView, vote: VoteView, others: Others) -> Iterator[str]:
    """Who is excluded takes no part for others either: the whole vote does not count, or on some items."""
    proxy = others.get(member.proxy or "")
    items = [item for item in vote.choices if proxy is not None and item in proxy.excluded]
    if not vote.counts and not member.excluded:
        yield translated("given by a proxy who is excluded: does not count")
    elif items:
        yield translated("given by a proxy who is excluded from item %(items)s: does not count there") % {
            "items": ", ".join(items)
        }
