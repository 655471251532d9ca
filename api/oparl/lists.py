"""System, Body, organizations, and the lists of everything: page after page, filtered by time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from api import sentences
from api.context import Context
from api.oparl.addresses import SCHEMA, TYPES, Addresses, Object, local
from api.oparl.index import Public
from api.oparl.objects import Published
from ledger import __version__
from ledger.errors import NotFound

PAGE = 100
"""Procedures whose objects stand on one page; `limit` may ask for fewer."""

FEWER = {"meeting": 20, "agenda-item": 20, "file": 20}
"""The same where each of them has a resolution, which may have to be made to tell its digest."""

OF_PROCEDURES = ("meeting", "paper", "agenda-item", "consultation", "file")
INTERNAL = {
    "Meeting": ("agendaItem", "auxiliaryFile"),
    "Paper": ("auxiliaryFile",),
    "Body": ("legislativeTerm",),
}
"""What `omit_internal` leaves out (OParl 1.1, "Filter")."""

FILTERS = ("created_since", "created_until", "modified_since", "modified_until")


def system(context: Context, at: Addresses) -> Object:
    """Where a client begins."""
    return {
        "id": at.system,
        "type": f"{SCHEMA}System",
        "oparlVersion": SCHEMA,
        "body": at.all("body"),
        "name": context.service.ledger.origin,
        "stimmbuch:version": __version__,  # `vendor` and `product` are addresses of pages
    }


def one_object(context: Context, at: Addresses, kind: str, name: str) -> Object:
    """An object by its type and the end of its address. Raises `NotFound`."""
    if kind == "body" and name == at.ledger:
        return _body(context, at)
    if kind == "organization":
        return _named(_organizations(context, at), at, kind, name)
    return _named(_published(context, at, kind, name).objects(kind), at, kind, name)


def one_file(context: Context, at: Addresses, name: str) -> tuple[Published, Object]:
    """The procedure that a file belongs to, and the file. Raises `NotFound`."""
    published = _published(context, at, "file", name)
    return published, _named(published.objects("file"), at, "file", name)


def _published(context: Context, at: Addresses, kind: str, name: str) -> Published:
    if (public := context.oparl.get(name.split(".", 1)[0])) is None:
        raise _nothing(at, kind, name)
    return Published(context, at, public)


def _named(found: Iterable[Object], at: Addresses, kind: str, name: str) -> Object:
    if (wanted := next((one for one in found if one["id"] == at.of(kind, name)), None)) is None:
        raise _nothing(at, kind, name)
    return wanted


def _nothing(at: Addresses, kind: str, name: str) -> NotFound:
    what, address = TYPES.get(kind, "object"), at.of(kind, name)
    return NotFound(sentences.NOTHING_PUBLISHED, what=what, address=address)


def one_list(context: Context, at: Addresses, kind: str, query: Mapping[str, Any]) -> Object:
    """A page of the list of a type. Raises `NotFound` for an unknown one."""
    if kind not in TYPES:
        raise NotFound(sentences.NO_SUCH_LIST, kind=kind, kinds=", ".join(TYPES))
    asked = {name: query[name] for name in (*FILTERS, "limit", "omit_internal") if name in query}
    most = FEWER.get(kind, PAGE)  # no client may insist on more
    after, limit = query.get("after", -1), min(query.get("limit", most), most)
    links = {"first": at.all(kind, **_written(asked))}
    links["self"] = at.all(kind, **_written({**asked, "after": after} if after >= 0 else asked))
    if kind not in OF_PROCEDURES:
        everything: dict[str, Callable[[], Iterable[Object]]] = {
            "body": lambda: [_body(context, at)],
            "organization": lambda: _organizations(context, at),
        }
        found = list(everything[kind]()) if kind in everything else []
        return _page([one for one in found if _within(one, query)], links, query)
    pages = [one for one in context.oparl.all(after=after) if _may_hold(one, query)]
    data = [
        one
        for public in pages[:limit]
        for one in Published(context, at, public).objects(kind)
        if _within(one, query)
    ]
    if len(pages) > limit:
        links["next"] = at.all(kind, **_written({**asked, "after": pages[limit - 1].seq}))
    return _page(data, links, query)


def _page(data: list[Object], links: Object, query: Mapping[str, Any]) -> Object:
    if query.get("omit_internal"):
        data = [_without_internal(one) for one in data]
    return {"data": data, "pagination": {}, "links": links}


def _body(context: Context, at: Addresses) -> Object:
    lists = {
        **{name: at.all(name) for name in ("organization", "person", "meeting", "paper", "consultation")},
        **{name: at.all(name) for name in ("file", "membership")},
        "agendaItem": at.all("agenda-item"),
        "locationList": at.all("location"),
        "legislativeTermList": at.all("legislative-term"),
    }
    return {
        "id": at.body,
        "type": f"{SCHEMA}Body",
        "system": at.system,
        "name": context.service.ledger.origin,
        "legislativeTerm": [],
        **lists,
    }


def _organizations(context: Context, at: Addresses) -> Iterator[Object]:
    """The bodies that have published something, in the order of that."""
    found: dict[str, tuple[str, list[Public]]] = {}
    for public in context.oparl.all():
        if (view := context.service.views.procedure(public.procedure)) is not None:
            found.setdefault(view.body, (view.opening["time_zone"], []))[1].append(public)
    names = context.directory.bodies(found)
    for body, (zone, published) in found.items():
        yield {
            "id": at.of("organization", body),
            "type": f"{SCHEMA}Organization",
            "created": local(min(one.created for one in published), zone),
            "modified": local(max(one.modified for one in published), zone),
            "body": at.body,
            **({"name": names[body]} if body in names else {}),
            "shortName": body,
            "organizationType": "Gremium",
        }


def _may_hold(public: Public, query: Mapping[str, Any]) -> bool:
    """Whether objects of a procedure can be within the filters: nothing of it changed later."""
    times = (("created", public.created), ("modified", public.modified))
    return all(_seconds(query.get(f"{name}_since")) <= _seconds(time) for name, time in times)


def _within(one: Object, query: Mapping[str, Any]) -> bool:
    """Whether an object is to be listed. Deleted ones are told to those who ask what was modified."""
    if "deleted" in one and "modified_since" not in query:
        return False
    return all(
        _seconds(query.get(f"{name}_since")) <= _utc(one[name]) <= _seconds(query.get(f"{name}_until"), "~")
        for name in ("created", "modified")
        if name in one  # System and Body tell no times: they are always listed
    )


def _seconds(time: str | None, missing: str = "") -> str:
    """A time in UTC, in the precision in which objects tell theirs."""
    return missing if time is None else f"{time[:19]}+00:00"


def _utc(time: str) -> str:
    return datetime.fromisoformat(time).astimezone(UTC).isoformat(timespec="seconds")


def _without_internal(one: Object) -> Object:
    omitted = INTERNAL.get(one["type"].removeprefix(SCHEMA), ())
    return {name: value for name, value in one.items() if name not in omitted}


def _written(query: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in query.items()}
