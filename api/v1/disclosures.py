"""Disclosures: names and texts that lie beside the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import Response

from api import sentences
from api.access.caller import caller
from api.context import current
from api.digests import require_disclosure
from api.limits.unnamed import counted
from api.routes import Noun, check_body, digest_parameter, read_body, require_json
from api.schemas.answers import DisclosureStoredSchema, PaperTextsSchema
from api.schemas.requests import DisclosedSchema, Fresh
from api.shown.looking import Answer, Query, versioned
from api.shown.visibility import may_see
from api.v1.failing import FAILURES
from ledger.errors import DocumentMismatch, NotFound
from ledger.proof.disclosure import MAX_DISCLOSURE, read_disclosure
from ledger.proof.encoding import parse_json

calls = Noun("disclosures", "Salted texts whose digests stand in statements.")

DISCLOSED = DisclosedSchema()
LIMIT = MAX_DISCLOSURE + 1024  # bytes: the text and the JSON around it


@calls.plain(
    "PUT",
    "/disclosures/<string:digest>",
    {200: DisclosureStoredSchema()},
    errors=(400, 404, 410, 413, 415, 422, 429, 503),
    body=DISCLOSED,
    parameters=digest_parameter(
        "digest", "^[A-Za-z0-9_-]{43}$", "The digest that a statement holds, base64url."
    ),
)
def put_disclosure(digest: str) -> Response:
    """Store a disclosure under its digest.

    The same again is harmless. 410 if it was erased: what was redacted does not come back.
    """
    require_disclosure(digest)
    require_json()
    body = parse_json(read_body(LIMIT), limit=LIMIT)
    check_body(DISCLOSED, body)
    found = read_disclosure(body["disclosure"])
    if found.digest != digest:
        raise DocumentMismatch(sentences.OTHER_DISCLOSURE, found=found.digest, digest=digest)
    context = current()
    with counted(context, digest, len(found.encoded)):
        context.service.ledger.disclose([found.encoded])
    response = Response(json.dumps({"digest": digest, "name": found.name}), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@calls.get(
    "/procedures/<uuid:procedure>/texts", PaperTextsSchema(), query=Fresh(), errors=FAILURES, cached=True
)
def list_paper_texts(query: Query, procedure: UUID) -> Answer:
    """The texts of the ballot paper with their salts: title, wordings, options, conditions.

    With the salt everybody can compute the digest that is signed, and need not believe what is shown.
    """
    context = current()
    context.wait_for(query.get("wait_for"))
    view = context.service.views.procedure(str(procedure))
    if view is None or not may_see(context, view, caller()):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    wanted = dict.fromkeys(_on_paper(view.opening))
    there = [one for one in wanted if one not in context.directory.erased(wanted)]
    found = context.service.ledger.disclosures(there)
    told = [{"digest": one, "disclosure": found[one].encoded} for one in there if one in found]
    return versioned(f"{view.id}.{view.last_seq}", {"data": told})


def _on_paper(opening: Mapping[str, Any]) -> Iterator[str]:
    digests = [opening.get("title")]
    for item in opening["items"]:
        digests += [item["wording"], item.get("condition"), *item.get("labels", {}).values()]
    yield from (one for one in digests if one is not None)
