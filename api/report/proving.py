"""What an audit report adds: rules, electorate, attempts, checks, keys, and how to check it oneself."""

from __future__ import annotations

from collections.abc import Iterator

from api.report.document import Block, Code, Facts, Heading, Lines, Paragraph
from api.report.language import Language
from api.report.tables import table
from api.report.words import check
from projections.report.model import Check, Evidence, Report

LONGEST = 160
"""Characters of a key or a checkpoint's line that are shown; the JSON has all of it."""


def verdict(report: Report, evidence: Evidence, say: Language) -> Iterator[Block]:
    """In one sentence: does it hold?"""
    made = sum(one.made for one in evidence.checks)
    if not report.faults:
        yield Paragraph(say.words.NOTES["holds"].format(made=say.number(made)), "good")
    yield from _faults(evidence, say)


def rules(report: Report, say: Language) -> Iterator[Block]:
    """The rule profile in words."""
    yield Heading(say.words.SECTIONS["rules"])
    yield Lines(tuple(("", say.say(one)) for one in report.rules))


def electorate(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Who had a seat when, and which of it counts here."""
    yield Heading(say.words.SECTIONS["electorate"])
    looks = ("entry", "number", 0.9), ("time", "short", 2.2), ("who", "", 1.6), ("granted", "", 2.6)
    columns = (*looks, ("given_up", "", 1.6), ("seats", "number", 0.9), ("counts", "", 0.7))
    rows = (
        (
            *(say.number(one.entry), say.brief(one.at), say.named(one.actor)),
            *(say.listed(one.granted) or say.words.NONE, say.listed(one.ended) or say.words.NONE),
            *(say.number(one.seats), "✓" if one.counts else "–"),
        )
        for one in evidence.seats
    )
    yield table(say, "electorate", columns, rows)
    yield Paragraph(say.words.NOTES["electorate"], "note")


def attempts(report: Report, say: Language) -> Iterator[Block]:
    """What was late, and what was refused."""
    yield Heading(say.words.SECTIONS["attempts"])
    late = [say.named(one.member) for one in report.participants if one.vote is not None and one.vote.late]
    words = say.words
    yield Paragraph(words.LATE_VOTES.format(members=", ".join(late)) if late else words.NOTHING_LATE)
    if not report.attempts:
        yield Paragraph(words.NOTHING_ATTEMPTED)
        return
    columns = ("entry", "number", 0.8), ("time", "short", 2.0), ("code", "", 1.6), ("sha256", "code", 0)
    refused = (one for one in report.events if one.kind == "attempt-refused")
    rows = (
        (say.number(one.entry), say.brief(one.at), one.payload["code"], one.payload["statement"])
        for one in refused
    )
    yield table(say, "attempts", columns, rows)
    yield Paragraph(words.NOTES["attempts"], "note")


def checks(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Every numbered check: what came of it, or that it was not made."""
    yield Heading(say.words.SECTIONS["checks"])
    looked = [one for one in evidence.checks if one.result != "not-made"]
    columns = ("check", "", 0.6), ("sentence", "", 5.0), ("made", "number", 0.9), ("result", "", 1.3)
    rows = (
        (one.number, _sentence(one, say), say.number(one.made), say.words.RESULTS[one.result])
        for one in looked
    )
    yield table(say, "checks", columns, rows)
    yield Heading(say.words.SECTIONS["unmade"], 3)
    yield Paragraph(say.words.NOTES["unmade"], "note")
    left = ((one.number, _sentence(one, say)) for one in evidence.checks if one.result == "not-made")
    yield table(say, "unmade", columns[:2], left)


def keys(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Keys and their life."""
    yield Heading(say.words.SECTIONS["keys"])
    columns = (
        ("owner", "", 2.2),
        ("roles", "", 1.3),
        ("key", "code", 3.4),
        ("since", "number", 0.8),
        ("ended", "number", 0.8),
    )
    rows = (
        (
            *(say.named(one.owner), ", ".join(one.roles), _short(one.key)),
            *(say.number(one.since), say.words.NONE if one.ended is None else say.number(one.ended)),
        )
        for one in evidence.keys
    )
    yield table(say, "keys", columns, rows)
    yield Paragraph(say.words.NOTES["keys"], "note")


def anchors(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Time stamps over checkpoints, where there are any."""
    if evidence.anchors:
        looks = ("entry", "number", 0.8), ("time", "short", 2.0), ("size", "number", 0.9)
        columns = (*looks, ("authority", "", 1.5), ("sha256", "code", 0))
        rows = (
            (say.number(one.entry), say.brief(one.at), say.number(one.size), one.tsa, one.token_sha256)
            for one in evidence.anchors
        )
        yield table(say, "anchors", columns, rows)


def head(report: Report, say: Language) -> Iterator[Block]:
    """The checkpoint that proves it."""
    named, words = say.words.FACTS, say.words
    yield Heading(words.SECTIONS["head"])
    pairs = [(named["leaf"], report.position.leaf), (named["ballot"], report.ballot)]
    if report.head is None:
        yield Facts(tuple(pairs))
        return
    one = report.head
    pairs += [(named["size"], say.number(one.size)), (named["root"], one.root)]
    pairs += [(named["signed"], ", ".join(one.signed_by)), (named["sha256"], one.sha256)]
    yield Facts(tuple(pairs))
    yield Paragraph(words.NOTES["head"], "note")
    if report.kind == "audit":
        yield Code("\n".join(map(_short, one.note.splitlines())))


def again(report: Report, say: Language) -> Iterator[Block]:
    """What to type to see it oneself, and what no report can show."""
    words, one = say.words, report.procedure
    position = f"--at {report.position.seq} --kind {report.kind} --lang {say.code}"
    yield Heading(words.SECTIONS["again"])
    yield Paragraph(words.NOTES["again"])
    yield Code(
        "stimmbuch verify STORE\n"
        f"stimmbuch export --store STORE --procedure {one} --to {one}.zip\n"
        f"stimmbuch verify {one}.zip\n"
        f"stimmbuch report {one} --store STORE {position}"
    )
    yield Paragraph(words.NOTES["attachment"], "note")
    yield Paragraph(words.NOTES["limits"], "note")


def _sentence(one: Check, say: Language) -> str:
    return check(one.number, one.sentence, say.code)


def _short(line: str) -> str:
    """Of post-quantum keys and signatures (2 and 3 KiB) the beginning."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _faults(evidence: Evidence, say: Language) -> Iterator[Block]:
    rows = [
        (one.number, say.words.NONE if fault.entry is None else say.number(fault.entry), fault.message)
        for one in evidence.checks
        for fault in one.faults
    ]
    if rows:
        columns = ("check", "", 0.6), ("entry", "number", 0.9), ("detail", "", 6.0)
        yield table(say, "faults", columns, rows)
