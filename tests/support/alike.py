"""Is everything that is told of a procedure as of one entry (`told.py` asks) the same, however one asks?

`assert_alike` compares the tally, the votes, who has voted, the history and the result over HTTP, both
reports as JSON, the audit report as CSV, and the page; `assert_counted` all that with a naive recount.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.naive_recount import Recount
from tests.support.told import Json, Told

SAME = ("code", "numbers", "names", "holds", "setting", "paragraph", "text")
"""What a step of a derivation says in both."""


def assert_alike(told: Told) -> None:
    """All ways say the same numbers, names and times."""
    for report in (told.audit, told.extract):
        _assert_report(told, report)
    assert told.audit["attempts"] == told.extract["attempts"]
    entries = [(one["entry"], one["at"], one["leaf"], one["payload"]) for one in told.audit["events"]]
    assert entries == [(e["seq"], e["at"], e["leaf"], e["payload"]) for e in told.history["data"]], told.at
    assert [e for e in told.audit["events"] if e in told.extract["events"]] == told.extract["events"]
    _assert_result(told)
    _assert_table(told)
    _assert_page(told)


def _assert_report(told: Told, report: Json) -> None:
    names = ("state", "voted", "members")  # without a message of our own, both are shown where they differ
    assert (told.at, *map(report.get, names)) == (told.at, *map(told.tally.get, names))
    results = [_result_of(one) for one in report["items"]]
    assert results == [_item_of(one) for one in told.tally["items"]], told.at
    groups = {one["id"]: one["result"]["groups"] for one in report["items"] if one["id"] not in told.referred}
    assert groups == {one["item"]: one["groups"] for one in told.groups["items"] if one["groups"] is not None}
    voters = {one["member"]: one for one in told.participation["data"]}
    cast = {_voter(one): one["vote"] for one in report["participants"] if one["vote"]}
    assert {name: _vote_of({"seq": vote["entry"], **vote}, told) for name, vote in cast.items()} == {
        one["member"]: _vote_of(one, told) for one in told.votes["data"]
    }, told.at
    asked = {
        _voter(one): _asked(one, proxy=one["proxy"] and one["proxy"]["id"]) for one in report["participants"]
    }
    current = {name: one for name, one in voters.items() if one["replaced_by"] is None}
    assert asked == {name: _asked(one, proxy=one["proxy"]) for name, one in current.items()}, told.at
    for one in report["participants"]:
        seat = one["member"]["id"]
        assert voters[seat]["replaced_by"] == (one["substitute"] and one["substitute"]["id"])
    assert told.participation["voted"] == report["voted"]
    counting = [vote["provenance"] for vote in cast.values() if vote["counts"]]
    assert told.participation["provenance"] == {one: counting.count(one) for one in sorted(set(counting))}
    documents = [(one["sha256"], one["entry"]) for one in report["documents"]]
    attached = [e for e in told.history["data"] if e["kind"] == "document-attached"]
    assert documents == [(e["payload"]["document"]["sha256"], e["seq"]) for e in attached], told.at


def _assert_result(told: Told) -> None:
    """The result is the tally, and says what became of it as the entries do."""
    result, report = told.result, told.audit
    names = told.tally["items"][0]
    assert [{name: one[name] for name in names} for one in result["items"]] == told.tally["items"]
    steps = {one["seq"]: one for one in result["steps"]}
    closing = next((one for one in steps.values() if one["kind"] == "procedure-closed"), None)
    assert (report["closed_at"], report["closing_entry"]) == (
        (closing["at"], closing["seq"]) if closing else (None, None)
    )
    kinds = {one["kind"]: one["seq"] for one in steps.values()}
    assert report["determined_entry"] == kinds.get("result-determined")
    assert result["determined"] == ("result-determined" in kinds)
    for name, kind in (("condition_met", "condition-met"), ("expired", "result-expired")):
        assert bool(result["items"][1][name]) == (kind in kinds)
    events = {one["entry"]: one for one in report["events"]}
    assert all(
        events[seq]["at"] == one["at"] and events[seq]["leaf"] == one["leaf"] for seq, one in steps.items()
    )


def _assert_table(told: Told) -> None:
    """The CSV has the same numbers, in the words of its language."""
    rows = {
        kind: [row for row in told.table if row["record"] == kind]
        for kind in {r["record"] for r in told.table}
    }
    counts = [
        (item["item"], option, str(votes), item["outcome_text"]["en"])
        for item in told.tally["items"]
        for option, votes in item["counts"].items()
    ]
    assert [(r["item"], r["id"], r["votes"], r["outcome"]) for r in rows["count"]] == counts, told.at
    seats = {one["member"]["id"]: _voter(one) for one in told.audit["participants"]}
    words = {r["id"]: r["option"] for r in rows["count"]}
    votes = [
        (seats[r["id"]], r["item"], r["vote"], r["entry"], r["utc"])
        for r in rows.get("vote", ())
        if r["item"] and r["item"] not in told.referred
    ]
    assert sorted(votes) == sorted(
        (one["member"], item, words[option], str(one["seq"]), one["at"])
        for one in told.votes["data"]
        for item, option in one["choices"].items()
    ), told.at
    events = [(r["entry"], r["utc"], r["id"]) for r in rows["event"]]
    assert events == [(str(e["seq"]), e["at"], e["actor"]) for e in told.history["data"]], told.at


def _assert_page(told: Told) -> None:
    """The page has the outcome in words, every number of the table, and every entry."""
    outcomes = re.findall(r'<p class="outcome">[^<]*<b>(.*?)</b>', told.page)
    assert list(map(html.unescape, outcomes)) == [one["outcome_text"]["en"] for one in told.tally["items"]]
    tables = re.findall(r'<table class="tally">(.*?)</table>', told.page, re.DOTALL)
    figures = [re.findall(r'</th>\s*<td class="figure">([\d,]+)</td>', table) for table in tables]
    assert figures == [[f"{n:,}" for n in one["counts"].values()] for one in told.tally["items"]], told.at
    timeline = told.page.split('<table class="timeline stack"')[1]
    entries = re.findall(r'class="figure"[^>]*><a href="[^"]*at=(\d+)">', timeline)
    assert entries == [str(one["seq"]) for one in told.history["data"]]
    numbers = re.findall(
        r"<strong>([\d,]+)</strong>|<b>([\d,]+)</b>", told.page.split('class="participation"')[1]
    )
    first = [one or other for one, other in numbers[:2]]
    assert first == [f"{told.tally[name]:,}" for name in ("voted", "members")]


def assert_counted(told: Told, entries: Sequence[bytes]) -> None:
    """And they are what a naive reader of these entries (all up to the one asked about) finds."""
    naive = Recount(entries, told.participation["procedure"])
    assert {one["item"]: one["counts"] for one in told.tally["items"]} == naive.tally(), told.at
    assert told.tally["voted"] == len(naive.confirmed & naive.votes.keys())
    current = {one["member"]: one for one in told.participation["data"] if one["replaced_by"] is None}
    for member, one in current.items():
        assert one["deadline"] == naive.deadlines[member], (told.at, member)
        assert sorted(one["consents"] or ()) == sorted(naive.consents.get(member, ())), (told.at, member)
        assert {(member, item) for item in one["excluded"]} == {x for x in naive.excluded if x[0] == member}
        assert (one["objected_at"] is not None) == (member in naive.objections)
    assert {one["member"]: one["at"] for one in told.votes["data"]} == {
        member: at for member, (_, at) in naive.votes.items()
    }


def _result_of(told: Mapping[str, Any]) -> Json:
    """An item of a report, as the tally writes it."""
    found = told["result"]
    return {
        "item": told["id"],
        "counts": {one["option"]: one["votes"] for one in found["counts"]},
        "outcome": found["outcome"],
        "outcome_text": found["words"],
        "valid": found["valid"],
        "derivation": [{name: step[name] for name in SAME} for step in found["derivation"]],
        "relevance": found["relevance"],
    }


def _item_of(told: Mapping[str, Any]) -> Json:
    """The same of the tally."""
    steps = [{name: step[name] for name in SAME} for step in told["derivation"]]
    return {name: value for name, value in told.items() if name != "unanimous"} | {"derivation": steps}


def _voter(participant: Mapping[str, Any]) -> str:
    """Who votes for this seat."""
    return str((participant["substitute"] or participant["member"])["id"])


def _vote_of(vote: Mapping[str, Any], told: Told) -> Json:
    """What of a vote stands in both."""
    names = ("seq", "at", "leaf", "provenance", "counts", "late")
    choices = {item: option for item, option in vote["choices"].items() if item not in told.referred}
    return {**{name: vote[name] for name in names}, "choices": choices}


def _asked(one: Mapping[str, Any], proxy: str | None) -> Json:
    """What else of a member stands in both; without consent there is none, or an empty list."""
    names = ("group", "weight", "deadline", "excluded", "objected_at")
    return {**{name: one[name] for name in names}, "consents": list(one["consents"] or ()), "proxy": proxy}
