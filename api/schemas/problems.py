"""The shape of a problem (RFC 9457)."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from api.schemas.values import told


class FieldProblemSchema(ma.Schema):
    """Where in the request something is wrong."""

    class Meta:
        unknown = ma.INCLUDE

    pointer = told(fields.String(), "JSON Pointer into the body, as a URI fragment (RFC 6901 §6).")
    parameter = told(fields.String(), "Name of a query parameter.")
    detail = fields.String(required=True)


class GermanProblemSchema(ma.Schema):
    """The same in German. With `Accept-Language: de` these stand in place of the English ones."""

    title = fields.String(required=True)
    detail = told(fields.String(), "What was wrong.")
    hint = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemSchema))
    paragraph = told(fields.String(), "What to cite; another one than the English where practice is told.")


class ProblemSchema(ma.Schema):
    """Problem details (RFC 9457). `code` is stable; `hint` says what to do next."""

    class Meta:
        unknown = ma.INCLUDE

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    hint = fields.String(required=True)
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemSchema))
    german = fields.Nested(GermanProblemSchema)
    rule = told(fields.String(), "The setting of the rule profile that says no.")
    paragraph = told(fields.String(), "What to cite for it.")
    times = told(
        fields.Dict(keys=fields.String(), values=fields.String()),
        "The instants that `detail` tells on the clocks of the procedure's time zone, in UTC.",
    )
