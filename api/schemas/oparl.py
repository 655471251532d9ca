"""OParl objects over HTTP, as far as their shape is ours to say: the rest is in OParl 1.1's own schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.schemas.values import told


class AsIs(ma.Schema):
    """Answers that another specification describes: whatever is in them goes out."""

    class Meta:
        unknown = ma.INCLUDE

    @ma.post_dump(pass_original=True)
    def whole(self, _dumped: Any, original: Mapping[str, Any], **_context: Any) -> dict[str, Any]:
        """The answer as it was made."""
        return dict(original)


class OparlObjectSchema(AsIs):
    """An OParl 1.1 object. Members that begin with `stimmbuch:` are ours: tally, ledger head and others."""

    id = told(fields.String(required=True), "Address of the object; it never changes.")
    type = told(fields.String(required=True), "https://schema.oparl.org/1.1/…")
    created = told(fields.String(), "When it was published.")
    modified = told(fields.String(), "When it changed last.")
    deleted = told(fields.Boolean(), "True for what was erased; nothing else is told of it.")


class OparlListSchema(AsIs):
    """A page of an OParl list. Go on with `links.next` until there is none."""

    data = fields.List(fields.Nested(OparlObjectSchema), required=True)
    pagination = fields.Dict(required=True)
    links = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
