"""What an entry says, as a sentence without its subject: "changed the vote: no"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.pages.sentences import CLOSED, HOW, SENTENCES, TO
from api.pages.speech import Speech
from api.pages.translation import translated
from ledger.telling import Cast, kind_of_vote

Payload = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""Item → option → its label, for all items of the procedure."""

PEOPLE = ("member", "substitute", "proxy", "subject", "authority")
"""Members of payloads that name somebody."""


def happened(
    entry: Mapping[str, Any], labels: Labels, names: Mapping[str, str], cast: Cast, say: Speech
) -> str:
    """One entry, as `present.history` shows it; `names` of those it mentions, `cast`: the votes beside it."""
    kind, payload = entry["kind"], entry["payload"]
    if kind == "vote-cast":
        kind = kind_of_vote(payload, cast)
    if kind == "result-ratified" and not payload["confirmed"]:
        kind = "result-not-ratified"
    values = dict(_values(kind, payload, labels, names, say))
    return translated(SENTENCES[kind]) % values if kind in SENTENCES else kind


def mentioned(payload: Payload) -> list[str]:
    """Ids of the people whom an entry names."""
    return [*_named(payload).values(), *(payload.get("members") or ())]


def _named(payload: Payload) -> dict[str, str]:
    """Member of the payload → id. The `subject` of an opening is its matter, and nobody."""
    return {one: payload[one] for one in PEOPLE if isinstance(payload.get(one), str)}


def _values(
    kind: str, payload: Payload, labels: Labels, names: Mapping[str, str], say: Speech
) -> Iterator[tuple[str, str]]:
    yield from ((one, names.get(person) or person) for one, person in _named(payload).items())
    yield "members", say.listed(names.get(one) or one for one in payload.get("members") or ())
    yield "items", _items(payload)
    yield "made_public", _made_public(payload)
    yield "chosen", _chosen(payload, labels, say)
    yield "how", translated(HOW.get(payload.get("provenance", {}).get("kind"), ""))
    if "document" in payload:
        document = payload["document"]
        yield "document", f"{document['media_type']}, {say.size(document['size'])}"
    if payload.get("closes_at"):
        yield "until", say.on(payload["closes_at"])
    if "to" in payload:
        yield "to", translated(TO[payload["to"]])
    if kind == "procedure-closed":
        yield "reason", translated(CLOSED[payload["reason"]])
    if kind == "attempt-refused":
        yield "code", say.refusal(payload["code"])
    if kind == "key-revoked":
        yield "reason", say.end(payload["reason"])
    if kind == "redacted":
        yield "basis", say.words.BASES[payload["legal_basis"]]
    yield from ((one, say.number(len(payload[one]))) for one in ("granted", "ended") if one in payload)
    yield from ((one, str(payload[one])) for one in ("body", "size", "tsa") if one in payload)


def _items(payload: Payload) -> str:
    items = payload.get("items")
    if not items or isinstance(items[0], dict):
        return ""
    return translated(" (item %(items)s)") % {"items": ", ".join(items)}


def _made_public(payload: Payload) -> str:
    items = ", ".join(payload.get("made_public", ()))
    return translated("; item %(items)s becomes public") % {"items": items} if items else ""


def _chosen(payload: Payload, labels: Labels, say: Speech) -> str:
    if "choices" not in payload:
        return ""
    if payload["choices"] is None:
        return translated(" (withheld)")
    words = {
        item: labels.get(item, {}).get(choice) or say.option(choice)
        for item, choice in payload["choices"].items()
    }
    if len(labels) == 1:
        return f": {next(iter(words.values()))}"
    on_item = translated("%(choice)s on item %(item)s")
    return ": " + ", ".join(on_item % {"choice": word, "item": item} for item, word in words.items())
