"""Published results as OParl 1.1 objects, for council information systems and everybody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api import sentences
from api.context import Context, current
from api.oparl.addresses import TYPES, Addresses
from api.oparl.files import opened, shown_as
from api.oparl.lists import one_file, one_list, one_object, system
from api.routes import Noun, unchanged
from api.schemas.oparl import OparlListSchema, OparlObjectSchema
from api.schemas.requests import Fresh, OparlQuery
from api.shown.tallies import require_reached
from api.v1.documents import BINARY, streamed
from api.v1.failing import FAILURES
from ledger.errors import NotFound

calls = Noun("oparl", "Published results as OParl 1.1 objects: counts only.")

Query = Mapping[str, Any]
Answer = Response | tuple[Mapping[str, Any], int, dict[str, str]]


@calls.get("/oparl", OparlObjectSchema(), query=Fresh(), errors=FAILURES, cached=True)
def get_oparl_system(query: Query) -> Answer:
    """The OParl System: where a client begins."""
    context = current()
    context.wait_for(query.get("wait_for"))
    return _told(system(context, _addresses(context)))


@calls.get("/oparl/<string:kind>", OparlListSchema(), query=OparlQuery(), errors=FAILURES, cached=True)
def list_oparl_objects(query: Query, kind: str) -> Answer:
    """A list of OParl objects: body, organization, meeting, agenda-item, paper, consultation, file.

    Also person, membership, location and legislative-term, which are empty. What was erased is told as a
    deleted object to those who ask with `modified_since`.
    """
    context = current()
    context.wait_for(query.get("wait_for"))
    require_reached(context, query.get("after", -1))
    return _told(one_list(context, _addresses(context), kind, query))


@calls.get(
    "/oparl/<string:kind>/<string:name>", OparlObjectSchema(), query=Fresh(), errors=FAILURES, cached=True
)
def get_oparl_object(query: Query, kind: str, name: str) -> Answer:
    """An OParl object, under the address that is its id."""
    context = current()
    context.wait_for(query.get("wait_for"))
    if kind not in TYPES:
        raise NotFound(sentences.NO_OBJECTS, kind=kind)
    return _told(one_object(context, _addresses(context), kind, name))


FILE: dict[str, Any] = {
    "errors": (404, 410, 422, 429, 503),
    "cached": True,
    "query": Fresh(),
    "responses": {200: {"content": BINARY}},
}
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "text/plain"})
"""Media types that a browser may show in our name: nothing in them runs."""


@calls.get("/oparl/file/<string:name>/content", None, **FILE)
def show_oparl_file(query: Query, name: str) -> Response:
    """What is in a file: its `accessUrl`. 410 where it was erased.

    It comes as what it is where a browser may show it, else as bytes.
    """
    return _sent(query, name, "inline")


@calls.get("/oparl/file/<string:name>/download", None, **FILE)
def download_oparl_file(query: Query, name: str) -> Response:
    """The same to be stored under its name: its `downloadUrl`."""
    return _sent(query, name, "attachment")


def _sent(query: Query, name: str, how: str) -> Response:
    context = current()
    context.wait_for(query.get("wait_for"))
    published, file = one_file(context, _addresses(context), name)
    part = name.split(".", 1)[1]
    if "deleted" in file:  # whether or not its bytes are gone already
        context.service.ledger.erasures.refuse([part])
    if response := unchanged(file["sha512Checksum"]):
        return response
    found = opened(published, part)
    kind = shown_as(file["mimeType"], found)
    response = streamed(found)
    if file["mimeType"] in SHOWN:
        response.content_type = kind
    response.set_etag(file["sha512Checksum"])
    response.headers["Content-Disposition"] = f'{how}; filename="{file["fileName"]}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _addresses(context: Context) -> Addresses:
    return Addresses(context.settings.public_url or request.url_root, context.service.name)


def _told(shown: Mapping[str, Any]) -> Answer:
    """The answer with its ETag, which follows from all of it: texts may be erased without a new entry."""
    etag = hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:32]
    return unchanged(etag) or (shown, 200, {"ETag": f'"{etag}"'})
