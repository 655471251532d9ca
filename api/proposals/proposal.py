"""From objects to a proposal: everything unconfirmed, and a reason for everything that is not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.proposals import loose

FORMAT = "stimmbuch.oparl-proposal.v1"

Line = dict[str, Any]

_NOT_TOLD = {"ids", "today"}


@dataclass
class Proposal:
    """What a clerk may confirm. Ids of bodies and people are made from the objects' addresses."""

    source: str
    today: date
    """What ended before has ended, and what begins later has not begun."""
    bodies: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    seats: list[Line] = field(default_factory=list)
    papers: list[Line] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    """Addresses of objects that the server says are deleted."""
    left_out: list[Line] = field(default_factory=list)
    ids: loose.Ids = field(default_factory=loose.Ids)

    def to_dict(self) -> dict[str, Any]:
        """The file's content."""
        return {
            "format": FORMAT,
            **{name: value for name, value in vars(self).items() if name not in _NOT_TOLD},
        }


def propose(source: str, found: Iterable[loose.Object], today: date) -> Proposal:
    """The proposal that these objects make. An object that comes twice is read once, a deleted one never."""
    proposal, newest = Proposal(source, today), _newest(found)
    for address, one in newest.items():
        kind = loose.kind(one)
        if loose.truth(one, "deleted"):
            proposal.deleted.append(address)
        elif (read := _READ.get(kind or "")) is not None:
            read(proposal, address, one)
    _check_seats(proposal)
    return proposal


def _newest(found: Iterable[loose.Object]) -> dict[str, loose.Object]:
    """By address; of an object that comes twice the one that was modified last."""
    kept: dict[str, loose.Object] = {}
    for one in found:
        address = loose.text(one, "id")
        if address is None:
            continue
        known = kept.get(address)
        if known is None or (loose.text(known, "modified") or "") <= (loose.text(one, "modified") or ""):
            kept[address] = one
    return kept


def _organization(proposal: Proposal, address: str, one: loose.Object) -> None:
    name = loose.text(one, "name") or loose.text(one, "shortName")
    if name is None:
        _leave_out(proposal, address, "an organization without a name")
    elif (out := _out_of_time(proposal, one)) is not None:
        _leave_out(proposal, address, f"an organization that {out}")
    else:
        kind = loose.text(one, "organizationType") or loose.text(one, "classification")
        said = _said(kind=kind, endDate=loose.text(one, "endDate"))
        proposal.bodies.append({**_line(proposal, "body", address, one), "name": name, "said": said})


def _person(proposal: Proposal, address: str, one: loose.Object) -> None:
    parts = (loose.text(one, "givenName"), loose.text(one, "familyName"))
    name = loose.text(one, "name") or " ".join(part for part in parts if part)
    if not name:
        _leave_out(proposal, address, "a person without a name")
        return
    proposal.people.append({**_line(proposal, "member", address, one), "name": name})


def _membership(proposal: Proposal, address: str, one: loose.Object) -> None:
    person, body = loose.text(one, "person"), loose.text(one, "organization")
    voting = loose.truth(one, "votingRight")
    if (out := _out_of_time(proposal, one)) is not None:
        _leave_out(proposal, address, f"a membership that {out}")
    elif voting is False:
        _leave_out(proposal, address, "a membership without a vote")
    elif person is None or body is None:
        _leave_out(proposal, address, "a membership that names no person or no organization")
    else:
        behalf = loose.text(one, "onBehalfOf")
        proposal.seats.append(
            {
                **_line(proposal, "membership", address, one),
                "body": proposal.ids.of(body),
                "member": proposal.ids.of(person),
                "weight": 1,
                "group": proposal.ids.of(behalf) if behalf else None,
                "said": _said(
                    role=loose.text(one, "role"), votingRight=voting, endDate=loose.text(one, "endDate")
                ),
            }
        )


def _paper(proposal: Proposal, address: str, one: loose.Object) -> None:
    name = loose.text(one, "name")
    if name is None:
        _leave_out(proposal, address, "a paper without a name")
        return
    main, more = one.get("mainFile"), one.get("auxiliaryFile")
    files = [main, *(more if isinstance(more, list) else [])]
    said = _said(reference=loose.text(one, "reference"), paperType=loose.text(one, "paperType"))
    documents = [
        _document(proposal, address, file)
        for file in files
        if isinstance(file, dict) and not loose.truth(file, "deleted")
    ]
    proposal.papers.append(
        {**_line(proposal, "paper", address, one), "title": name, "said": said, "documents": documents}
    )


_READ: dict[str, Callable[[Proposal, str, loose.Object], None]] = {
    "Organization": _organization,
    "Person": _person,
    "Membership": _membership,
    "Paper": _paper,
}


def _document(proposal: Proposal, paper: str, file: loose.Object) -> Line:
    """A document as its server describes it. What the ballot paper needs is computed from its bytes."""
    url = loose.web_address(file, "accessUrl")
    if url is None and "accessUrl" in file:  # a clerk will click on it
        _leave_out(proposal, loose.text(file, "id") or paper, "an accessUrl that is no http or https address")
    said = {name: loose.text(file, name) for name in ("name", "mimeType", "sha512Checksum")}
    return _said(**said, accessUrl=url, size=loose.number(file, "size"))


def _out_of_time(proposal: Proposal, one: loose.Object) -> str | None:
    """Why an object does not count today; None if it does, though its end may be told: that of the term."""
    begins, ends = loose.text(one, "startDate"), loose.text(one, "endDate")
    if ends is not None and ((day := loose.day(ends)) is None or day < proposal.today):
        return f"ended on {ends}"
    if begins is not None and (day := loose.day(begins)) is not None and day > proposal.today:
        return f"begins on {begins}"
    return None


def _check_seats(proposal: Proposal) -> None:
    """A seat of somebody, or in something, that is not proposed itself is left out."""
    bodies, people = {one["body"] for one in proposal.bodies}, {one["member"] for one in proposal.people}
    seats, proposal.seats = proposal.seats, []
    for seat in seats:
        if seat["body"] in bodies and seat["member"] in people:
            proposal.seats.append(seat)
        else:
            _leave_out(
                proposal, seat["oparl"], "a membership of a person or in an organization that is not here"
            )


def _line(proposal: Proposal, name: str, address: str, one: loose.Object) -> Line:
    line: Line = {"confirm": False, name: proposal.ids.of(address), "oparl": address}
    return {**line, **_said(modified=loose.text(one, "modified"))}


def _said(**values: Any) -> Line:
    """What the server said; what it did not say is not there."""
    return {name: value for name, value in values.items() if value is not None}


def _leave_out(proposal: Proposal, address: str, why: str) -> None:
    proposal.left_out.append({"oparl": address, "why": why})
