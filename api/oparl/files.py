"""The files of a published procedure: the documents of its public items, and the resolution."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from api.oparl.addresses import Object
from api.oparl.index import Digests
from api.report.file_names import file_name
from api.report.formats import FORMATS, written
from api.shown import present
from api.shown.texts import texts
from api.shown.visibility import withheld
from projections.report.build import build

if TYPE_CHECKING:
    from api.oparl.objects import Published

RESOLUTION = "resolution"
"""The last part of a resolution's id, where a document has its digest."""
LANGUAGE = "de"
"""OParl is spoken by German councils."""


def documents(published: Published) -> Iterator[Object]:
    """Documents that are there; one that was erased is a tombstone, one that never came is left out."""
    erased = {one["digest"]: one for one in published.detail["erased"]}
    seen: set[str] = set()
    for number, document in enumerate(published.detail["documents"], 1):
        sha256 = document["sha256"]
        if sha256 in seen:  # the same document for two items
            continue
        seen.add(sha256)
        if sha256 in erased:
            yield _tombstone(published, sha256, max(erased[sha256]["at"], published.public.created))
        elif document["stored"]:
            yield _document(published, number, document)


def resolution(published: Published) -> Object:
    """What was decided on the public items, as PDF; in no file of it is anybody named who decided."""
    found = _digests(published)
    named = {
        "name": "Beschluss",
        "fileName": file_name(published.view.id, RESOLUTION, published.public.latest, f"{LANGUAGE}.pdf"),
        "mimeType": FORMATS["pdf"],
    }
    day = published.time(published.public.modified)[:10]
    about = {"date": day, "size": found.size, "sha512Checksum": found.sha512}
    return {**published.common("file", RESOLUTION), **named, **about, **_addresses(published, RESOLUTION)}


def opened(published: Published, part: str) -> BinaryIO:
    """The bytes of a file by the last part of its id. Raises `NotFound`, `Erased` or `Busy`."""
    if part == RESOLUTION:
        return io.BytesIO(_written(published))
    return published.context.service.ledger.open_document(part)


def _document(published: Published, number: int, document: Mapping[str, Any]) -> Object:
    sha256 = document["sha256"]
    return {
        **published.common("file", sha256),
        "name": f"Dokument {number}",
        "fileName": sha256[:16] + (mimetypes.guess_extension(document["media_type"]) or ""),
        "mimeType": document["media_type"],
        "date": published.time(published.view.opened_at)[:10],
        "size": document["size"],
        "sha512Checksum": published.context.oparl.sha512(sha256),
        **_addresses(published, sha256),
        "stimmbuch:sha256": sha256,
    }


def _addresses(published: Published, part: str) -> Object:
    address = published.own("file", part)
    return {"accessUrl": f"{address}/content", "downloadUrl": f"{address}/download"}


def _tombstone(published: Published, sha256: str, at: str) -> Object:
    return {**published.common("file", sha256), "modified": published.time(at), "deleted": True}


def _digests(published: Published) -> Digests:
    """Made once for all that a resolution is made from: the entry, and the texts that lie beside the log."""
    told = (published.detail, present.wordings(published.context, published.view))
    beside = hashlib.sha256(repr(told).encode()).digest()
    known, key = published.context.oparl.resolutions, (published.public.latest, beside)
    made_from, found = known.get(published.view.id, (None, None))
    if found is None or made_from != key:
        data = _written(published)
        found = Digests(len(data), hashlib.sha512(data).hexdigest())
        known[published.view.id] = key, found
    return found


def _written(published: Published) -> bytes:
    """As of the latest entry that changed what is told: the same bytes until there is another one."""
    ledger = published.context.service.ledger
    with published.context.replay():
        source = build(
            *(ledger, UUID(published.view.id)),
            kind="resolution",
            at=published.public.latest,
            texts=partial(texts, ledger),
            withheld=withheld,
        )
        return written(source, "pdf", LANGUAGE)
