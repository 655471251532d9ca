"""All objects of an OParl server, or of a dump of one: a file, or a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from api.proposals import loose, sentences
from api.proposals.fetching import MAX_PAGE, MAX_TOTAL, Server, join
from ledger.errors import BadShape, NotFound, TooLarge

LISTS = ("organization", "person", "membership", "paper")
"""Lists of a Body that are read; `membership` is new in OParl 1.1."""

Told = Callable[[int], None]


def from_server(server: Server, *, modified_since: str | None = None, told: Told) -> Iterator[loose.Object]:
    """From the address of a System or a Body on. `told` hears how many pages were read.

    Raises `BadShape`, `NotCanonical`, `TooLarge` or `Unreachable`; what was read until then is no whole.
    """
    pages = 0

    def read(url: str) -> Any:
        nonlocal pages
        value = loose.parse(server.page(url), url[:200])
        pages += 1
        told(pages)
        return value

    for body in _bodies(server, read):
        yield body
        for name in LISTS:
            if (url := loose.text(body, name)) is not None:
                yield from loose.objects(list(_listed(_first(server.url, url, modified_since), read)))


def from_dump(path: Path) -> Iterator[loose.Object]:
    """From `*.json` under a folder, or one file. Raises `NotFound`, `NotCanonical` or `TooLarge`."""
    total = 0
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    for file in files:
        try:
            size = file.stat().st_size
            total += size
            if size > 8 * MAX_PAGE or total > MAX_TOTAL:
                raise TooLarge(sentences.FILE_TOO_LARGE, file=file)
            data = file.read_bytes()
        except OSError as error:
            raise NotFound(sentences.FILE_NOT_READ, file=file, reason=error.strerror) from None
        yield from loose.objects(loose.parse(data, str(file)))


def _bodies(server: Server, read: Callable[[str], Any]) -> Iterator[loose.Object]:
    first = read(server.url)
    kind = loose.kind(first) if isinstance(first, dict) else None
    if kind == "Body":
        yield first
    elif kind == "System" and (url := loose.text(first, "body")) is not None:
        found = list(_listed(url, read))
        yield from (one for one in loose.objects(found, 2) if loose.kind(one) == "Body")
    else:
        raise BadShape(sentences.NO_SYSTEM_OR_BODY, url=server.url)


def _listed(url: str, read: Callable[[str], Any]) -> Iterator[Any]:
    """The objects of a list, page after page."""
    following: str | None = url
    while following is not None:
        page = read(following)
        if not isinstance(page, dict) or not isinstance(page.get("data"), list):
            raise BadShape(sentences.NO_LIST, url=following[:200])
        yield from page["data"]
        links = page.get("links")
        following = loose.text(links, "next") if isinstance(links, dict) else None


def _first(base: str, url: str, modified_since: str | None) -> str:
    url = join(base, url)
    if modified_since is None:
        return url
    return f"{url}{'&' if '?' in url else '?'}modified_since={quote(modified_since, safe='')}"
