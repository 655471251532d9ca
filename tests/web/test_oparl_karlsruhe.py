"""Do the 49 counted decisions of a real council come out of OParl as they were published?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.proposals.fetching import Server
from api.proposals.proposal import propose
from api.proposals.sources import from_server
from tests.support.places import Place
from tests.web.site import Site
from tests.web.test_oparl import Council
from tests.web.test_oparl_files import wrong

WRONG_IN_OPARL = {"2020/0073", "DHH/2023/2001"}
"""Where the council's own minutes contradict what its OParl server says."""
TODAY = date(2026, 3, 2)
OPTIONS = {"yes": "parsed_ja", "no": "parsed_nein", "abstain": "parsed_enthaltung"}

Row = dict[str, str]


class Reader:
    """Reads our OParl objects as another system would."""

    def __init__(self, site: Site) -> None:
        self.site, self.url = site, f"http://localhost{site.api}/oparl"

    def page(self, url: str) -> bytes:
        """The body of an answer."""
        parts = urlsplit(url)
        answer = self.site.get(parts.path.removeprefix(self.site.api), None, **dict(parse_qsl(parts.query)))
        assert answer.status_code == 200
        return answer.get_data()


class Karlsruhe(Council):
    """A council whose three members weigh as much as there were votes for, against, and abstentions."""

    def decide_again(self, row: Row) -> None:
        """One decision of the real council, as a circular one."""
        counts = {option: int(row[name] or 0) for option, name in OPTIONS.items()}
        self.town.seat(dict(zip(("m1", "m2", "m3"), counts.values(), strict=True)))
        votes = {f"m{number}": option for number, option in enumerate(counts, 1) if counts[option]}
        title = self.site.disclosed("title", row["title"])
        self.publish(self.decide(row["reference"] + row["title"], votes, title=title))


@pytest.fixture
def rows(shared: Path) -> list[Row]:
    """The decisions, with the numbers of the minutes."""
    path = shared / "votes" / "de-karlsruhe-procedures" / "index.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def karlsruhe(sqlite_place: Place, rows: list[Row]) -> Iterator[Karlsruhe]:
    """All of them, decided and published in this order."""
    site = Site(sqlite_place, members=3)
    council = Karlsruhe(site)
    for row in rows:
        council.decide_again(row)
        site.town.clock.advance(3600)
    yield council
    site.close()


@pytest.mark.needs_shared
def test_a_real_council_is_published_as_it_decided(karlsruhe: Karlsruhe, rows: list[Row]) -> None:
    """Counts and verdicts page after page, valid objects only, and each of them once."""
    pages = [karlsruhe.get("/agenda-item", limit=10)]
    while "next" in pages[-1]["links"]:
        pages.append(karlsruhe.get(pages[-1]["links"]["next"]))
    found = [one for page in pages for one in page["data"]]
    assert [len(page["data"]) for page in pages] == [10, 10, 10, 10, 9]
    assert len({one["id"] for one in found}) == 49
    assert [one["id"] for one in found if wrong(one)] == []
    assert [one["name"] for one in found] == [row["title"] for row in rows]
    for one, row in zip(found, rows, strict=True):
        assert one["stimmbuch:tally"] == {option: int(row[name] or 0) for option, name in OPTIONS.items()}
    files = [one["resolutionFile"] for one in found]
    assert len({one["sha512Checksum"] for one in files}) == 49
    differ = {row["reference"] for one, row in zip(found, rows, strict=True) if not same(one, row)}
    assert differ == WRONG_IN_OPARL


def same(one: dict[str, Any], row: Row) -> bool:
    """Whether both say that it was adopted, or both that it was not."""
    said = row["oparl_agendaitem_result"].lower()
    adopted = any(word in said for word in ("zugestimmt", "zustimmung", "beschlossen"))
    return "zurück" not in said and adopted == (one["stimmbuch:outcome"] == "adopted")


@pytest.mark.needs_shared
def test_another_system_reads_all_of_it_and_later_what_is_new(karlsruhe: Karlsruhe) -> None:
    """Our own reader, which trusts nobody, follows every list; the next day it asks for what was modified."""
    reader = cast(Server, Reader(karlsruhe.site))
    found = propose(reader.url, from_server(reader, told=lambda pages: None), TODAY).to_dict()
    assert [len(found[name]) for name in ("bodies", "papers", "people", "seats")] == [1, 49, 0, 0]
    assert (found["deleted"], found["left_out"]) == ([], [])
    since = karlsruhe.town.clock.advance(24 * 3600)
    title = karlsruhe.site.disclosed("title", "Danach")
    motion = karlsruhe.publish(karlsruhe.decide("afterwards", title=title))
    news = propose(
        reader.url, from_server(reader, modified_since=since, told=lambda pages: None), TODAY
    ).to_dict()
    assert [one["oparl"].rsplit("/", 1)[1] for one in news["papers"]] == [motion]
