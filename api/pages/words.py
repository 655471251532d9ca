"""What happened, and by which rule, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from api.pages.filters import option as option_word
from api.pages.filters import size
from projections.views import MemberView

Payload = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""Item → option → its label, for all items of the procedure."""

BASES = {
    "yes_no": "the votes for yes or no",
    "cast": "all votes cast",
    "participating": "the members taking part",
    "votes_existing": "all votes that exist",
    "present": "the members present",
    "members": "all members",
    "persons": "the votes for persons",
}


def happened(entry: Mapping[str, Any], labels: Labels) -> str:
    """One entry as a sentence without its subject: "changed the vote: no"."""
    say = _SENTENCES.get(entry["kind"])
    return say(entry["payload"], labels) if say else str(entry["kind"]).replace("-", " ")


def majority(profile: Mapping[str, Any]) -> str:
    """What the rule profile requires: "more than 1/2 of the votes for yes or no"."""
    required = profile["majority"]
    if required is None:
        return "nothing is decided"
    if "count" in required:
        return f"at least {required['count']} yes"
    more = "more than" if required["strict"] else "at least"
    return f"{more} {required['n']}/{required['d']} of {BASES[required['base']]}"


def remarks(member: MemberView, names: Mapping[str, str]) -> list[str]:
    """What else is to be said of somebody who takes part."""

    def name(person: str) -> str:
        return names.get(person) or person

    told = [f"{name(member.stands_for)}'s substitute"] if member.stands_for else []
    told += [f"replaced by {name(member.replaced_by)}"] if member.replaced_by else []
    told += [f"represented by {name(member.proxy)}"] if member.proxy else []
    told += [f"excluded from item {', '.join(member.excluded)}"] if member.excluded else []
    told += ["objected to deciding by circulation"] if member.objected_at else []
    told += [f"consented (item {', '.join(member.consents)})"] if member.consents else []
    told += [f"demands a secret ballot (item {', '.join(member.demands)})"] if member.demands else []
    if member.vote is not None and not member.vote.counts and not member.excluded:
        told.append("voted on an older ballot paper: has to be confirmed")
    return told


def _chosen(choices: Mapping[str, str] | None, labels: Labels) -> str:
    if choices is None:
        return " (withheld)"
    words = {
        item: labels.get(item, {}).get(choice) or option_word(choice) for item, choice in choices.items()
    }
    if len(labels) == 1:
        return f": {next(iter(words.values()))}"
    return ": " + ", ".join(f"{word} on item {item}" for item, word in words.items())


def _voted(payload: Payload, labels: Labels) -> str:
    verb = "voted" if payload["replaces"] is None else "changed the vote"
    return f"{verb}{_provenance(payload)}{_chosen(payload['choices'], labels)}"


def _attached(payload: Payload, _labels: Labels) -> str:
    document = payload["document"]
    return f"attached a document ({document['media_type']}, {size(document['size'])})"


def _present(payload: Payload, _labels: Labels) -> str:
    count = len(payload["members"])
    return f"recorded {count} member{'s' * (count != 1)} as present"


def _closed(payload: Payload, _labels: Labels) -> str:
    return f"closed the procedure{_CLOSED[payload['reason']]}"


def _annulled(payload: Payload, _labels: Labels) -> str:
    again = payload["repeated_as"]
    return "annulled the result" + (f"; repeated as {again}" if again else "")


def _provenance(payload: Payload) -> str:
    kind = payload.get("provenance", {}).get("kind")
    return {
        "proxy": " as proxy",
        "portal-attested": " through a portal",
        "clerk-recorded": " on record of a clerk and a second person",
    }.get(kind, "")


def _items(payload: Payload) -> str:
    items = payload["items"]
    return "" if items is None else f" (item {', '.join(items)})"


_CLOSED = {
    "deadline": " at the deadline",
    "chair": "",
    "objection": " because of objections",
    "all-voted": " because all have voted",
    "unlosable": " because the result is certain",
}

_SENTENCES: dict[str, Callable[[Payload, Labels], str]] = {
    "procedure-opened": lambda payload, labels: "opened the procedure",
    "vote-cast": _voted,
    "vote-withdrawn": lambda payload, labels: "withdrew the vote",
    "casting-vote-given": lambda payload, labels: (
        f"gave the casting vote{_chosen(payload['choices'], labels)}"
    ),
    "document-attached": _attached,
    "presence-recorded": _present,
    "consent-declared": lambda payload, labels: f"consented to deciding by circulation{_items(payload)}",
    "consent-revoked": lambda payload, labels: "took the consent back",
    "objection-raised": lambda payload, labels: "objected to deciding by circulation",
    "secret-ballot-demanded": lambda payload, labels: f"demanded a secret ballot{_items(payload)}",
    "proxy-given": lambda payload, labels: f"named {payload['proxy']} as proxy",
    "proxy-revoked": lambda payload, labels: "took the proxy back",
    "member-excluded": lambda payload, labels: f"excluded {payload['member']}{_items(payload)}",
    "exclusion-lifted": lambda payload, labels: (
        f"lifted the exclusion of {payload['member']}{_items(payload)}"
    ),
    "delivery-recorded": lambda payload, labels: f"recorded the receipt by {', '.join(payload['members'])}",
    "substitute-named": lambda payload, labels: (
        f"named {payload['substitute']} in place of {payload['member']}"
    ),
    "deadline-extended": lambda payload, labels: f"extended the deadline to {payload['closes_at']}",
    "attempt-refused": lambda payload, labels: f"refused an attempt ({payload['code']})",
    "procedure-closed": _closed,
    "result-determined": lambda payload, labels: "determined the result",
    "result-announced": lambda payload, labels: f"announced the result to {payload['to']}",
    "result-published": lambda payload, labels: "published the result",
    "result-ratified": lambda payload, labels: (
        "recorded that a meeting "
        + ("confirmed the result" if payload["confirmed"] else "refused the result")
    ),
    "result-suspended": lambda payload, labels: "suspended the result",
    "result-objected": lambda payload, labels: "objected to the result",
    "result-expired": lambda payload, labels: f"recorded that the resolution expired{_items(payload)}",
    "condition-met": lambda payload, labels: f"recorded that the condition is met{_items(payload)}",
    "result-corrected": lambda payload, labels: "corrected the result",
    "result-annulled": _annulled,
}
