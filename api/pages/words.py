"""What happened, and by which rule, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from api.pages.filters import option as option_word
from api.pages.filters import size

Payload = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""Item → option → its label, for all items of the procedure."""

BASES = {
    "yes_no": "the votes for yes or no",
    "cast": "all votes cast",
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


def _chosen(choices: Mapping[str, str] | None, labels: Labels) -> str:
    if choices is None:
        return " (withheld until the closing)"
    words = {
        item: labels.get(item, {}).get(choice) or option_word(choice) for item, choice in choices.items()
    }
    if len(labels) == 1:
        return f": {next(iter(words.values()))}"
    return ": " + ", ".join(f"{word} on item {item}" for item, word in words.items())


def _voted(payload: Payload, labels: Labels) -> str:
    verb = "voted" if payload["replaces"] is None else "changed the vote"
    return f"{verb}{_chosen(payload['choices'], labels)}"


def _attached(payload: Payload, _labels: Labels) -> str:
    document = payload["document"]
    return f"attached a document ({document['media_type']}, {size(document['size'])})"


def _present(payload: Payload, _labels: Labels) -> str:
    count = len(payload["members"])
    return f"recorded {count} member{'s' * (count != 1)} as present"


def _closed(payload: Payload, _labels: Labels) -> str:
    return "closed the procedure" + (" at the deadline" if payload["reason"] == "deadline" else "")


def _annulled(payload: Payload, _labels: Labels) -> str:
    again = payload["repeated_as"]
    return "annulled the result" + (f"; repeated as {again}" if again else "")


_SENTENCES: dict[str, Callable[[Payload, Labels], str]] = {
    "procedure-opened": lambda payload, labels: "opened the procedure",
    "vote-cast": _voted,
    "vote-withdrawn": lambda payload, labels: "withdrew the vote",
    "casting-vote-given": lambda payload, labels: (
        f"gave the casting vote{_chosen(payload['choices'], labels)}"
    ),
    "document-attached": _attached,
    "presence-recorded": _present,
    "procedure-closed": _closed,
    "result-annulled": _annulled,
}
