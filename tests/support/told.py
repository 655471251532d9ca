"""Everything that is told of a procedure as of one entry, asked in every way.

`Told(site, procedure, at)` asks: the calls, both reports as JSON, the audit report as CSV, and the page.
"""

from __future__ import annotations

import csv
import io
from functools import cached_property
from typing import Any

from tests.web.site import Site

Json = dict[str, Any]
COLUMNS = (
    *("record", "item", "id", "text", "group", "weight", "option", "votes", "vote", "outcome", "paragraph"),
    *("how", "entry", "time", "utc", "sha256"),
)
"""Of the audit report as CSV."""


class Told:
    """What is told of a procedure as of an entry."""

    def __init__(self, site: Site, procedure: str, at: int) -> None:
        self._site, self._procedure, self.at = site, procedure, at
        self.tally, self.votes, self.participation, self.history, self.result, self.groups = (
            self._get(name) for name in ("tally", "votes", "participation", "history", "result", "groups")
        )
        self.audit, self.extract = self._report("audit"), self._report("extract")
        self.referred: list[str] = site.get(f"/procedures/{procedure}").get_json()["referred"]
        """Items on which no single vote is told now, whatever the entry; but by the audit report."""

    def _get(self, name: str) -> Json:
        found: Json = self._site.get(f"/procedures/{self._procedure}/{name}", at=self.at).get_json()
        return found

    def _report(self, kind: str) -> Json:
        path = f"/procedures/{self._procedure}/report.json"
        found: Json = self._site.get(path, kind=kind, at=self.at).get_json()
        return found

    @cached_property
    def table(self) -> list[dict[str, str]]:
        """The rows of the CSV, in English."""
        path = f"/procedures/{self._procedure}/report.csv"
        data = self._site.get(path, kind="audit", at=self.at, lang="en").get_data()
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]

    @cached_property
    def page(self) -> str:
        """The page, in English."""
        self._site.service.follower.catch_up()
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        path = f"/procedures/{self._procedure}?at={self.at}"
        return self._site.http.get(path, headers=headers).get_data(as_text=True)
