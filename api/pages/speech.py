"""How times, numbers and terms are written on the pages, in the caller's language and one time zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from api.language import language
from api.pages.translation import marked, translated
from api.report.language import Language
from ledger import telling

PROVENANCES = {
    "own-key": marked("signed by the member"),
    "proxy": marked("by proxy"),
    "portal-attested": marked("through a portal"),
    "clerk-recorded": marked("on record of a clerk"),
}
KINDS = {
    "ledger-created": marked("ledger founded"),
    "key-registered": marked("key registered"),
    "key-rotated": marked("key replaced"),
    "key-revoked": marked("key revoked"),
    "log-key-rotated": marked("key of the log replaced"),
    "body-registered": marked("body registered"),
    "seats-changed": marked("seats changed"),
    "redacted": marked("texts or documents erased"),
    "anchored": marked("time stamp"),
}
"""Kinds of entries of the register, which reports do not tell."""

ENDS = {
    "rotated": marked("replaced"),
    "lost": marked("lost"),
    "compromised": marked("compromised"),
    "left": marked("left office"),
    "replaced": marked("replaced"),
}

_TIME = {"de": "d. MMM y, HH:mm:ss z", "en": "d MMM y, HH:mm:ss z"}


class Speech(Language):
    """As reports are written, with what a page adds. `words` are the terms of reports."""

    def __init__(self, zone: str = "UTC") -> None:
        """For the request that is served."""
        super().__init__(language(), zone)

    def time(self, at: str) -> Markup:
        """A UTC time as civil time with its zone; the machine's form stays in the attribute."""
        return Markup('<time datetime="{}">{}</time>').format(at, self.on(at))

    def on(self, at: str) -> str:
        """The same as text: 2. März 2026, 09:00:00 MEZ."""
        return self._local(at, _TIME)

    def strong(self, value: int) -> Markup:
        """A number that stands out."""
        return Markup("<b>{}</b>").format(self.number(value))

    def title(self, procedure: Mapping[str, Any]) -> str:
        """The title, or why there is none."""
        gone = self.gone(procedure["opening"].get("title"), procedure)
        missing = translated("Title %(gone)s") % {"gone": gone} if gone else translated("Untitled procedure")
        return procedure["title"] or missing

    def gone(self, digest: str | None, procedure: Mapping[str, Any]) -> str:
        """Why a text or document is gone: "erased (GDPR Art. 17 (1) b, entry 57)"; "" if it is not."""
        for one in procedure["erased"]:
            if one["digest"] == digest:
                values = {"basis": self.words.BASES[one["legal_basis"]], "entry": self.number(one["entry"])}
                return translated("erased (%(basis)s, entry %(entry)s)") % values
        return ""

    def outcome(self, result: str, labels: Mapping[str, str] | None = None) -> str:
        """An outcome in words; of a source that knows others, as it is."""
        try:
            return telling.outcome(result, self.code, labels)
        except KeyError:
            return result

    def option(self, value: str, number: int = 1) -> str:
        """An option that has no label of its own; for so many votes."""
        return telling.option(value, self.code, number)

    def votes(self, option: str, number: int, labels: Mapping[str, str]) -> str:
        """A number of votes: 3 abstentions."""
        return f"{self.number(number)} {labels.get(option) or self.option(option, number)}"

    def basis(self, legal_basis: str) -> str:
        """What a rule profile cites."""
        return telling.basis(legal_basis, self.code)

    def provenance(self, value: str) -> str:
        """How a vote came."""
        return _said(PROVENANCES, value)

    def state(self, value: str) -> str:
        """The state of a procedure."""
        return translated("closed") if value == "closed" else str(self.words.STATES.get(value, value))

    def kind(self, value: str) -> str:
        """The kind of an entry."""
        return str(self.words.KINDS.get(value) or _said(KINDS, value))

    def role(self, value: str) -> str:
        """What a signer may do."""
        return str(self.words.ROLES.get(value, value))

    def end(self, value: str) -> str:
        """Why a key is not live any more."""
        return _said(ENDS, value)


def _said(terms: Mapping[str, str], value: str) -> str:
    return translated(terms[value]) if value in terms else value
