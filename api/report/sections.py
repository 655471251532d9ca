"""The sections that both kinds of report have."""

from __future__ import annotations

from collections.abc import Iterator

from api.report.chart import Bar, chart
from api.report.document import Block, Chart, Facts, Heading, Lines, Paragraph
from api.report.grouped import by_group
from api.report.language import Language
from api.report.tables import table
from ledger.plural import Number
from projections.report.model import Document, Item, Report, Result


def standing(report: Report, say: Language) -> Iterator[Block]:
    """What must be known before anything else is read."""
    notes, seq = say.words.NOTES, say.number(report.position.seq)
    if report.faults:
        yield Paragraph(notes["faults"].format(faults=say.number(report.faults)), "bad")
    if report.state == "opened":
        yield Paragraph(notes["open"].format(seq=seq), "note")
    if report.withheld:
        yield Paragraph(notes["withheld"], "note")
    if report.state == "annulled":
        yield Paragraph(notes["annulled"], "bad")
    if report.head is None:
        yield Paragraph(notes["unpublished"].format(seq=seq), "note")
    if report.replayed:
        yield Paragraph(say.words.REPLAYED, "note")


def facts(report: Report, say: Language) -> Iterator[Block]:
    """Who decides what, when, by which law."""
    named, words = say.words.FACTS, say.words
    voted = words.VOTED.format(voted=say.number(report.voted), members=say.number(report.members))
    position = f"{say.entry(report.position.seq)}, {say.civil(report.position.at)}"
    pairs = {
        "title": say.text(report.title, words.UNTITLED),
        "body": say.named(report.body),
        "chair": words.NONE if report.chair is None else say.named(report.chair),
        "legal": say.say(report.basis),
        **_occasion(report, say),
        "state": words.STATES[report.state],
        "voted": voted,
        "opened": _told(say.moment(report.opened_at), report.opened_by and say.named(report.opened_by)),
        "opens": say.moment(report.opens_at),
        "closes": say.moment(report.closes_at),
        "closed": _closed(report, say),
        "procedure": report.procedure,
        "position": f"{position}\n{report.position.at}",
        "zone": report.time_zone,
        "profile": report.profile or words.NONE,
    }
    if report.kind == "resolution":
        del pairs["chair"]
    yield Heading(words.SECTIONS["facts"])
    yield Facts(tuple((named[name], value) for name, value in pairs.items()))


def _occasion(report: Report, say: Language) -> dict[str, str]:
    """On what occasion, with the paragraph and what shows it; nothing where the rule asks for none."""
    told = [say.say(one.text) + (f" ({one.paragraph})" if one.paragraph else "") for one in report.occasion]
    if report.evidence_of_occasion is not None:
        told.append(say.words.EVIDENCE.format(text=say.text(report.evidence_of_occasion)))
    return {"occasion": "\n".join(told)} if told else {}


def _closed(report: Report, say: Language) -> str:
    """When, why, under which paragraph, and by whom."""
    closed = say.moment(report.closed_at)
    if report.closing_entry is None:
        return closed
    cited = f" ({report.closed_under})" if report.closed_under else ""
    why = f"{say.words.CLOSED[report.closing_reason]}{cited}"
    entry = say.entry(report.closing_entry)
    by = entry if report.closed_by is None else f"{say.named(report.closed_by)}, {entry}"
    return _told(closed, why, by)


def _told(*lines: str | None) -> str:
    return "\n".join(line for line in lines if line is not None)


def items(report: Report, say: Language, *, relevance: bool) -> Iterator[Block]:
    """Wording, numbers, outcome and why; with `relevance` also whether it would be another one."""
    yield Heading(say.words.SECTIONS["items"])
    for item in report.items:
        title = say.words.SECTIONS["item"].format(item=item.id)
        yield Heading(title, 3)
        yield Paragraph(say.text(item.wording, say.words.NO_WORDING), "wording")
        yield from _terms(item, say)
        if item.result is None:
            yield Paragraph(say.words.WITHHELD, "note")
        else:
            yield from _result(report, item, item.result, title, say)
            if relevance and item.result.relevance:
                yield Paragraph(say.words.SECTIONS["relevance"], "label")
                marks = (("=" if one.survives else "≠", say.say(one.text)) for one in item.result.relevance)
                yield Lines(tuple(marks))
    if not report.withheld:
        sealed = "unsealed" if report.closing_entry is None else "items"
        yield Paragraph(say.words.NOTES[sealed], "note")


def _terms(item: Item, say: Language) -> Iterator[Block]:
    if item.polarity == "against":
        yield Paragraph(say.words.AGAINST, "note")
    if item.secret:
        yield Paragraph(say.words.TO_A_MEETING, "note")
    since = item.public_since
    publicity = (
        say.words.PUBLICITY[item.public]
        if since is None
        else say.words.PUBLIC_SINCE.format(entry=say.entry(since))
    )
    pairs = [(say.words.FACTS["publicity"], publicity)]
    if item.condition is not None:
        pairs.append((say.words.FACTS["condition"], say.text(item.condition)))
    if item.valid_months is not None:
        pairs.append((say.words.FACTS["valid"], say.words.MONTHS.format(months=Number(item.valid_months))))
    yield Facts(tuple(pairs))


def _result(report: Report, item: Item, result: Result, title: str, say: Language) -> Iterator[Block]:
    words = {one.id: say.say(one.words) for one in item.options}
    whole = sum(one.votes for one in result.counts)
    yield Paragraph(f"{say.say(result.words)} ({_where(report, result, say)})", "outcome")
    if not result.valid:
        yield Paragraph(say.words.INVALID, "bad")
    bars = [Bar(one.option, words[one.option], one.votes, say.number(one.votes)) for one in result.counts]
    alt = say.words.CAPTIONS["chart"].format(bars=", ".join(f"{bar.label} {bar.number}" for bar in bars))
    yield Chart(chart(bars, f"item-{report.items.index(item)}", alt), alt)
    columns = ("option", "", 3.0), ("votes", "number", 1.0), ("share", "number", 1.0)
    rows = ((bar.label, bar.number, say.share(bar.votes, whole)) for bar in bars)
    yield table(say, "counts", columns, rows, item=title)
    yield from by_group(item, result, title, say)
    yield Paragraph(say.words.SECTIONS["derivation"], "label")
    yield Lines(tuple(_steps(report, result, say)))


def _where(report: Report, result: Result, say: Language) -> str:
    """The entry that says so: the determination, or what came in its place."""
    corrected = [step.numbers["entry"] for step in result.derivation if step.code == "corrected"]
    if report.state == "annulled":
        annulled = [one.entry for one in report.events if one.kind == "result-annulled"]
        return say.entry(annulled[-1]) if annulled else str(say.words.STATES["annulled"])
    entry = corrected[-1] if corrected else report.determined_entry
    return str(say.words.UNDETERMINED) if entry is None else say.entry(entry)


def _steps(report: Report, result: Result, say: Language) -> Iterator[tuple[str, str]]:
    for step in result.derivation:
        cited = "" if step.paragraph in (None, report.legal_basis) else f" ({step.paragraph})"
        yield ("✓" if step.holds else "✗", say.say(step.text) + cited)


def documents(report: Report, say: Language) -> Iterator[Block]:
    """What was decided on."""
    if not report.documents:
        return
    yield Heading(say.words.SECTIONS["documents"])
    codes = ("sha256", "code", 0), ("kind", "", 1.4), ("size", "number", 1.0)
    columns = (*codes, ("item", "", 0.7), ("entry", "number", 0.9), ("kept", "", 1.2))
    yield table(say, "documents", columns, (_document(one, say) for one in report.documents))
    notes = ["documents"] + ["files"] * any(one.kept for one in report.documents)
    yield Paragraph(" ".join(say.words.NOTES[one] for one in notes), "note")


def _document(one: Document, say: Language) -> tuple[str, ...]:
    kept = say.words.KEPT[one.kept] if one.erased is None else say.erased(one.erased)
    item = one.item or say.words.NONE
    return one.sha256, one.media_type, say.size(one.size), item, say.number(one.entry), kept
