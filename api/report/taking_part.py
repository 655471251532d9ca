"""Who took part, and how: the roll call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.report.document import Block, Heading, Paragraph
from api.report.language import Language
from api.report.tables import table
from projections.report.model import Named, Participant, Report, Sentence

_MEMBER, _GROUP, _WEIGHT = ("member", "", 2.4), ("group", "", 1.0), ("weight", "number", 0.8)
_VOTE = ("vote", "", 1.3), ("how", "", 1.7), ("time", "short", 2.3), ("entry", "number", 0.9)
_DEADLINE = ("deadline", "short", 2.3)


def options_of(report: Report) -> dict[str, dict[str, Sentence]]:
    """Item → option → its words."""
    return {item.id: {one.id: one.words for one in item.options} for item in report.items}


def people_of(report: Report) -> dict[str, Named]:
    """Id → who it is, of those who took part or signed."""
    seated = (one for seat in report.participants for one in (seat.member, seat.substitute, seat.proxy))
    found = (*(event.actor for event in report.events), *(one for one in seated if one is not None))
    return {one.id: one for one in found}


def rollcall(report: Report, say: Language, *, full: bool) -> Iterator[Block]:
    """Who took part, and how; `full`: also deadlines and consent."""
    options, weighty = options_of(report), any(one.weight != 1 for one in report.participants)
    grouped = any(one.group for one in report.participants)
    timed = full and any(one.deadline != report.closes_at for one in report.participants)
    columns = [one for one, wanted in ((_GROUP, grouped), (_WEIGHT, weighty)) if wanted]
    columns = [_MEMBER, *columns, *_VOTE, *[_DEADLINE] * timed]
    cells = (_participant(report, one, say, options) for one in report.participants)
    rows = (tuple(row[name] for name, _, _ in columns) for row in cells)
    yield Heading(say.words.SECTIONS["rollcall"])
    yield table(say, "rollcall", columns, rows)
    yield Paragraph(say.words.NOTES["rollcall"], "note")


def _participant(
    report: Report, one: Participant, say: Language, options: Mapping[str, Mapping[str, Sentence]]
) -> dict[str, str]:
    words, vote = say.words, one.vote
    name = say.named(one.member)
    if one.substitute is not None:
        name = words.ABSENT.format(member=name, substitute=say.named(one.substitute))
    cells = {"member": name, "group": one.group or words.NONE, "weight": say.number(one.weight)}
    said = list(remarks(report, one, say))
    if vote is None:
        cells |= {"vote": words.NO_VOTE, "how": "\n".join(said) or words.NONE, "time": words.NONE}
        cells["entry"] = words.NONE
    else:
        chosen = words.WITHHELD if vote.choices is None else say.choices(vote.choices, options)
        cells |= {"vote": chosen, "how": "\n".join((words.PROVENANCE[vote.provenance], *said))}
        cells |= {"time": say.brief(vote.at), "entry": say.number(vote.entry)}
    cells["deadline"] = words.NONE if one.deadline is None else say.brief(one.deadline)
    return cells


def remarks(report: Report, one: Participant, say: Language) -> Iterator[str]:
    """What else is to be said about a seat."""
    words = say.words
    if one.excluded:
        yield words.EXCLUDED.format(items=", ".join(one.excluded))
    if one.proxy is not None:
        yield f"{words.PROVENANCE['proxy']}: {say.named(one.proxy)}"
    if one.objected_at is not None:
        yield words.OBJECTED
    if one.consents:
        partial = len(one.consents) < len(report.items)
        yield words.CONSENTED + (f" ({', '.join(one.consents)})" if partial else "")
    if one.vote is not None and one.vote.late:
        yield words.LATE
    if one.vote is not None and not one.vote.counts:
        yield words.NOT_COUNTED
    if one.vote is not None and one.vote.provenance == "proxy":
        yield from _by_excluded_proxy(report, one, say)
    if one.vote is not None and (later := _papers_since(report, one.vote.entry)):
        yield words.OLDER_PAPER.format(entry=say.number(later[0]))


def _by_excluded_proxy(report: Report, one: Participant, say: Language) -> Iterator[str]:
    """Who is excluded takes no part for others either: why a vote does not count, or not on these items."""
    for seat in report.participants:
        if seat.excluded and one.proxy is not None and seat.member.id == one.proxy.id:
            yield say.words.PROXY_EXCLUDED.format(items=", ".join(seat.excluded))


def _papers_since(report: Report, entry: int) -> list[int]:
    """Numbers of the entries that added a document after this one, which made it another ballot paper."""
    return sorted(one.entry for one in report.documents if one.entry > entry)
