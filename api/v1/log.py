"""The published log, as any web server could serve it (C2SP tlog-tiles)."""

from __future__ import annotations

from flask import Response

from api import sentences
from api.access.calls import is_public
from api.context import current
from api.routes import CONDITIONAL, TAGGED, Noun, unchanged
from api.shown.visibility import require_entries_told
from ledger.errors import NotFound
from ledger.proof.tiles import WIDTH, parse_tile_path
from ledger.publish.anchor_files import FOLDER as ANCHORS
from ledger.publish.folder import CHECKPOINT, is_published_name

calls = Noun("log", "The published log: checkpoints, tiles, entry bundles.")

TEXT = "text/plain; charset=utf-8"
_BYTES = {"schema": {"type": "string", "format": "binary"}}
CONTENT = {
    "application/octet-stream": _BYTES,
    "text/plain": {"schema": {"type": "string"}},
    "application/timestamp-reply": _BYTES,
}
"""Tiles and bundles, checkpoints, anchors."""
NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "`checkpoint`, `tile/…`, `tile/entries/…` (tlog-tiles), `checkpoints/…` or `anchors/…`.",
}


@calls.plain(
    "GET",
    "/log/<path:name>",
    {200: None},
    errors=(404, 409, 503),
    parameters=[NAME, *CONDITIONAL],
    responses={200: {"content": CONTENT, "headers": TAGGED}, 304: {"description": "Not Modified"}},
)
def get_log_file(name: str) -> Response:
    """Fetch a file of the published log.

    Everything but `checkpoint`, which alone has no ETag, never changes. A partial tile may be gone once the
    full one is there. Entries with a vote in them that is withheld come after its closing: 409 until then.
    """
    if not is_published_name(name):
        raise NotFound(sentences.NO_LOG_FILE)
    if not is_public(name):
        _require_told(name)
    if name != CHECKPOINT and (response := unchanged(name)):
        return response
    data = current().service.publication.folder.read(name)
    response = Response(data, content_type=_type(name))
    kept_by = "public" if is_public(name) else "private"
    response.headers["Cache-Control"] = (
        "no-cache" if name == CHECKPOINT else f"{kept_by}, max-age=31536000, immutable"
    )
    if name != CHECKPOINT:
        response.set_etag(name)
    return response


def _require_told(name: str) -> None:
    bundle = parse_tile_path(name)
    require_entries_told(current(), bundle.index * WIDTH, bundle.width)


def _type(name: str) -> str:
    if name.startswith(CHECKPOINT):
        return TEXT
    return "application/timestamp-reply" if name.startswith(ANCHORS) else "application/octet-stream"
