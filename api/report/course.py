"""What happened, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from api.report.document import Block, Heading, Paragraph
from api.report.language import Language
from api.report.tables import table
from api.report.taking_part import options_of, people_of
from ledger.domain.words.voting_again import Cast, kind_of_vote
from projections.report.model import Event, Named, Report, Sentence

_BOTH = ("member", "substitute")


class Known(NamedTuple):
    """What the ids in entries mean."""

    options: Mapping[str, Mapping[str, Sentence]]
    people: Mapping[str, Named]
    cast: Cast


def known(report: Report) -> Known:
    """Of this report."""
    cast = {one.leaf: one.payload.get("choices") for one in report.events}
    return Known(options_of(report), people_of(report), cast)


def course(report: Report, say: Language) -> Iterator[Block]:
    """The steps of the procedure, with the time of each."""
    yield Heading(say.words.SECTIONS["course"])
    columns = (
        ("time", "short", 2.2),
        ("what", "", 2.0),
        ("who", "", 2.0),
        ("detail", "", 2.2),
        ("entry", "number", 0.8),
    )
    ids = known(report)
    rows = (
        (
            say.brief(one.at),
            what(one, say, ids),
            say.named(one.actor),
            _detail(one, say, ids),
            say.number(one.entry),
        )
        for one in report.events
    )
    yield table(say, "course", columns, rows)


def sequence(report: Report, say: Language) -> Iterator[Block]:
    """Every entry, with its leaf hash: several votes of a member one after the other."""
    yield Heading(say.words.SECTIONS["sequence"])
    notes = ["sequence"] + ["in_tree"] * (report.head is not None)
    yield Paragraph(" ".join(say.words.NOTES[one] for one in notes), "note")
    looks = ("entry", "number", 0), ("time", "short", 0), ("what", "", 1.2), ("who", "", 1.4)
    columns = (*looks, ("detail", "", 1.3), ("leaf", "code", 0))
    ids = known(report)
    yield table(say, "sequence", columns, (_row(one, say, ids) for one in report.events))


def _row(one: Event, say: Language, ids: Known) -> tuple[str, ...]:
    who, detail = say.named(one.actor), _detail(one, say, ids)
    return say.number(one.entry), say.brief(one.at), what(one, say, ids), who, detail, one.leaf


def what(event: Event, say: Language, ids: Known) -> str:
    """The kind of an entry, in words."""
    kind = kind_of_vote(event.payload, ids.cast) if event.kind == "vote-cast" else event.kind
    return str(say.words.KINDS.get(kind, kind))


def _detail(event: Event, say: Language, ids: Known) -> str:
    return "\n".join(details(event, say, ids)) or str(say.words.NONE)


def details(event: Event, say: Language, ids: Known) -> Iterator[str]:
    """What an entry says besides."""
    payload, words = event.payload, say.words.DETAILS
    if "choices" in payload:
        chosen = payload["choices"]
        yield say.words.WITHHELD if chosen is None else say.choices(chosen, ids.options)
    yield from _came(payload, say, ids)
    if event.kind == "substitute-named":
        yield words["substitute"].format(**{one: _who(payload[one], say, ids) for one in _BOTH})
    elif "member" in payload and payload["member"] != payload["actor"]:
        yield _who(payload["member"], say, ids)
    if members := payload.get("members"):
        yield say.listed(_who(one, say, ids) for one in members)
    if event.kind != "procedure-opened" and (named := payload.get("items")):
        yield words["items"].format(items=", ".join(named))
    yield from _particulars(event, say, ids)
    yield from map(say.text, event.texts)


def _came(payload: Mapping[str, Any], say: Language, ids: Known) -> Iterator[str]:
    """How it came to the ledger, if not by the member's own key, and who stands for it as well."""
    given = payload.get("provenance", {})
    if "kind" in given:
        yield say.words.PROVENANCE[given["kind"]]
    if "source" in given:
        yield say.words.DETAILS["source"][given["source"]]
    if (witness := payload.get("witness", given.get("witness"))) is not None:
        yield say.words.DETAILS["witness"].format(witness=_who(witness, say, ids))


def _particulars(event: Event, say: Language, ids: Known) -> Iterator[str]:
    payload, words = event.payload, say.words.DETAILS
    if event.kind in ("deadline-extended", "delivery-recorded", "substitute-named") and payload["closes_at"]:
        yield words["closes_at"].format(closes_at=say.civil(payload["closes_at"]))
    if event.kind == "procedure-closed":
        yield say.words.CLOSED[payload["reason"]]
    if event.kind == "attempt-refused":
        yield say.refusal(payload["code"])
    if event.kind == "proxy-given":
        yield words["proxy"].format(proxy=_who(payload["proxy"], say, ids))
    if "made_public" in payload:
        yield words["made_public"].format(items=", ".join(payload["made_public"]))
    if "document" in payload:
        yield _document(payload["document"], say)
    for name in ("to", "confirmed"):
        if name in payload:
            yield words[name][payload[name]]


def _who(subject: str, say: Language, ids: Known) -> str:
    return say.named(ids.people.get(subject, Named(subject, None)))


def _document(document: Mapping[str, Any], say: Language) -> str:
    size = say.size(document["size"])
    return str(say.words.DETAILS["document"].format(media_type=document["media_type"], size=size))
