"""What it takes to verify a report: keys, the checkpoint, time stamps, and what to type."""

from __future__ import annotations

from collections.abc import Iterator

from api.report.document import Block, Code, Facts, Heading, Paragraph
from api.report.file_names import file_name
from api.report.language import Language
from api.report.tables import table
from projections.report.model import Evidence, Report

LONGEST = 160
"""Characters of a key or a checkpoint's line that are shown; the JSON has all of it."""


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
            *(
                say.named(one.owner),
                ", ".join(say.words.ROLES.get(role, role) for role in one.roles),
                _short(one.key),
            ),
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
    size = report.position.seq + 1 if report.head is None else report.head.size
    dossier = file_name(one, "dossier", size - 1, "zip")
    yield Heading(words.SECTIONS["again"])
    yield Paragraph(words.NOTES["again"])
    yield Code(
        "stimmbuch verify STORE\n"
        f"stimmbuch export --store STORE --procedure {one} --at {size} --to {dossier}\n"
        f"stimmbuch verify {dossier}\n"
        f"stimmbuch report {one} --store STORE {position}"
    )
    attached = "attachment" if all(event.statement for event in report.events) else "attached_in_part"
    yield Paragraph(words.NOTES[attached], "note")
    yield Paragraph(words.NOTES["limits"], "note")


def _short(line: str) -> str:
    """Of post-quantum keys and signatures (2 and 3 KiB) the beginning."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
