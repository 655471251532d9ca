"""The ids of OParl objects: addresses that never change (OParl 1.1, "URLs")."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

SCHEMA = "https://schema.oparl.org/1.1/"

TYPES = {
    "body": "Body",
    "organization": "Organization",
    "person": "Person",
    "membership": "Membership",
    "meeting": "Meeting",
    "agenda-item": "AgendaItem",
    "paper": "Paper",
    "consultation": "Consultation",
    "file": "File",
    "location": "Location",
    "legislative-term": "LegislativeTerm",
}
"""How a type is called in addresses → its name in OParl. Of some the lists are there, and empty."""


Object = dict[str, Any]
"""An OParl object."""


class Addresses(NamedTuple):
    """Addresses of one ledger."""

    root: str
    """Where the service is known to be, ending in a slash."""
    ledger: str

    @property
    def api(self) -> str:
        """Of the ledger."""
        return f"{self.root}v1/ledgers/{self.ledger}"

    @property
    def system(self) -> str:
        """Of the System, where a client begins."""
        return f"{self.api}/oparl"

    @property
    def body(self) -> str:
        """Of the one Body."""
        return self.of("body", self.ledger)

    def of(self, kind: str, name: str) -> str:
        """Of an object; `kind` as in `TYPES`."""
        return f"{self.system}/{kind}/{name}"

    def all(self, kind: str, **query: str | int) -> str:
        """Of a list."""
        return f"{self.system}/{kind}" + (f"?{urlencode(query)}" if query else "")

    def page(self, procedure: str) -> str:
        """Of the page for people: the one that everybody may read."""
        return f"{self.api}/procedures/{procedure}/resolution.html"


def local(time: str, zone: str) -> str:
    """A time of an entry as OParl writes it: civil time with its offset."""
    return datetime.fromisoformat(time).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
