"""A report as CSV for a spreadsheet: one table, whose first column says what each row is.

RFC 4180, UTF-8 with a byte order mark (Excel needs it), and the separator that the language's Excel expects.
A cell that a spreadsheet would take for a formula (CWE-1236) gets an apostrophe in front: it stays text. Who
needs the very bytes, of a hash for instance, reads the JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from api.report.course import details, known, what
from api.report.language import Language
from api.report.taking_part import options_of, remarks
from ledger.proof.checks import check_said
from projections.report.model import Item, Report

BOM = "\ufeff"
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|")
"""What a spreadsheet takes for the beginning of a formula, or strips to find one."""
_UNSEEN = " \u00a0\u200b\ufeff\u200e\u200f\u202a\u202b\u2066\u2067"
"""Blanks and marks of direction, behind which a formula is one all the same."""

COLUMNS = (
    *("record", "item", "id", "text", "group", "weight", "option", "votes", "vote", "outcome", "paragraph"),
    *("how", "entry", "time", "utc", "sha256"),
)
_Row = dict[str, str]


def as_csv(report: Report, language: str) -> bytes:
    """The table in German (`de`) or English (`en`)."""
    say, out = Language(language, report.time_zone), io.StringIO(newline="")
    writer = csv.writer(out, delimiter=say.words.SEPARATOR, lineterminator="\r\n")
    writer.writerow([say.words.COLUMNS[name] for name in COLUMNS])
    for row in _rows(report, say):
        row["record"] = say.words.RECORDS[row["record"]]
        writer.writerow([harmless(row.get(name, "")) for name in COLUMNS])
    return (BOM + out.getvalue()).encode()


def harmless(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    cell = cell.replace("\n", " / ")
    return f"'{cell}" if cell.lstrip(_UNSEEN).startswith(FORMULA) else cell


def _rows(report: Report, say: Language) -> Iterator[_Row]:
    yield _head(report, say)
    for item in report.items:
        yield from _counts(report, item, say)
        yield from _groups(report, item, say)
    yield from _votes(report, say)
    yield from _events(report, say)
    for one in report.documents:
        entry = {"entry": str(one.entry), "text": one.media_type, "votes": ""}
        yield {"record": "document", "item": one.item or "", "sha256": one.sha256, **entry}
    for code, count in report.attempts.items():
        yield {"record": "attempt", "id": code, "text": say.refusal(code), "votes": str(count)}
    for made in report.evidence.checks if report.evidence else ():
        told = {"text": check_said(made.number, say.code), "votes": str(made.made)}
        yield {"record": "check", "id": made.number, "outcome": say.words.RESULTS[made.result], **told}


def _head(report: Report, say: Language) -> _Row:
    sha256 = "" if report.head is None else report.head.sha256
    words = {"text": say.text(report.title, say.words.UNTITLED), "outcome": say.words.STATES[report.state]}
    place = {"entry": str(report.position.seq), **_time(report.position.at, say), "sha256": sha256}
    return {"record": "head", "id": report.procedure, "paragraph": say.say(report.basis), **words, **place}


def _counts(report: Report, item: Item, say: Language) -> Iterator[_Row]:
    wording = say.text(item.wording, say.words.NO_WORDING)
    about = {"record": "count", "item": item.id, "text": wording}
    if item.result is None:
        yield {**about, "outcome": say.words.WITHHELD}
        return
    options = options_of(report)[item.id]
    outcome = {"outcome": say.say(item.result.words), "paragraph": say.say(report.basis)}
    for one in item.result.counts:
        yield {
            **about,
            "id": one.option,
            "option": say.say(options[one.option]),
            "votes": str(one.votes),
            **outcome,
        }


def _groups(report: Report, item: Item, say: Language) -> Iterator[_Row]:
    options = options_of(report)[item.id]
    for total in item.result.groups if item.result else ():
        about = {"record": "group", "item": item.id, "group": total.group or say.words.NONE}
        for option, votes in total.counts.items():
            yield {**about, "id": option, "option": say.say(options[option]), "votes": str(votes)}


def _votes(report: Report, say: Language) -> Iterator[_Row]:
    options = options_of(report)
    for one in report.participants:
        who = {"id": one.member.id, "text": "" if one.member.name is None else say.text(one.member.name)}
        seat = {"record": "vote", **who, "group": one.group or "", "weight": str(one.weight)}
        said = list(remarks(report, one, say))
        if one.vote is None:
            yield {**seat, "vote": say.words.NO_VOTE, "how": ", ".join(said)}
            continue
        how = ", ".join((say.words.PROVENANCE[one.vote.provenance], *said))
        cast = {"how": how, "entry": str(one.vote.entry), **_time(one.vote.at, say)}
        if one.vote.choices is None:
            yield {**seat, **cast, "vote": say.words.WITHHELD}
        for item, option in (one.vote.choices or {}).items():
            yield {**seat, **cast, "item": item, "vote": say.choices({item: option}, {item: options[item]})}


def _events(report: Report, say: Language) -> Iterator[_Row]:
    ids = known(report)
    for one in report.events:
        told = {"text": what(one, say, ids), "how": ", ".join(details(one, say, ids))}
        place = {"entry": str(one.entry), **_time(one.at, say), "sha256": one.statement}
        yield {"record": "event", "id": one.actor.id, **told, **place}


def _time(at: str, say: Language) -> _Row:
    return {"time": say.short(at), "utc": at}
