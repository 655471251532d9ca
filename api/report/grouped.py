"""How the groups of the electorate voted, where single votes are told."""

from __future__ import annotations

from collections.abc import Iterator

from api.report.document import Block, Column, Table
from api.report.language import Language
from projections.report.model import Item, Result


def by_group(item: Item, result: Result, title: str, say: Language) -> Iterator[Block]:
    """A table of groups, seats and votes; nothing where no seat has a group."""
    if not result.groups:
        return
    words, titles = say.words, say.words.COLUMNS
    options = [Column(say.say(one.words), "number", 1.0) for one in item.options]
    columns = Column(titles["group"], "", 2.0), Column(titles["members"], "number", 1.0)
    yield Table(
        words.CAPTIONS["groups"].format(item=title),
        (*columns, *options, Column(words.NO_VOTE, "number", 1.0)),
        tuple(
            (
                one.group or words.NONE,
                say.number(one.members),
                *(say.number(one.counts[option.id]) for option in item.options),
                say.number(one.members - one.voted),
            )
            for one in result.groups
        ),
    )
