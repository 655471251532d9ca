"""The shape of a result over HTTP: counts, outcome, derivation in words, relevance."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.values import STATES, Shown, told


class TextSchema(Shown):
    """A sentence in each language."""

    de = fields.String()
    en = fields.String()


class StepSchema(Shown):
    """A line of a derivation."""

    code = fields.String()
    text = fields.Nested(TextSchema)
    numbers = fields.Dict(keys=fields.String(), values=fields.Integer())
    names = fields.Dict(keys=fields.String(), values=fields.String())
    holds = fields.Boolean()
    setting = told(fields.String(), "The setting of the rule profile that asks for it.")
    paragraph = told(fields.String(allow_none=True), "What to cite for it.")


class VariantSchema(Shown):
    """What the result would be under another assumption."""

    code = fields.String()
    result = fields.String()
    survives = told(fields.Boolean(), "Whether that is the result as it stands.")
    numbers = fields.Dict(keys=fields.String(), values=fields.Integer())
    names = fields.Dict(keys=fields.String(), values=fields.String())
    text = fields.Nested(TextSchema)


class ItemTallySchema(Shown):
    """The result of an item, as the votes stand; null where it is withheld."""

    item = fields.String()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)
    outcome = told(
        fields.String(allow_none=True),
        "adopted, rejected, elected:<option>, no-decision, referred or void.",
    )
    outcome_text = told(fields.Nested(TextSchema, allow_none=True), "The same in words.")
    unanimous = told(
        fields.Boolean(allow_none=True), "Whether nobody voted the other way; abstentions do not matter."
    )
    valid = told(fields.Boolean(allow_none=True), "Whether deciding by circulation was valid.")
    derivation = fields.List(fields.Nested(StepSchema), allow_none=True)
    relevance = fields.List(fields.Nested(VariantSchema), allow_none=True)


class TallySchema(Shown):
    """The tally of a procedure after some entry."""

    procedure = fields.String()
    at = told(fields.Integer(), "Number of the entry.")
    state = fields.String(validate=validate.OneOf(STATES))
    members = fields.Integer()
    voted = fields.Integer()
    withheld = fields.Boolean()
    items = fields.List(fields.Nested(ItemTallySchema))


class GroupTotalSchema(Shown):
    """How a group voted on an item."""

    group = told(fields.String(allow_none=True), "Null for the seats that belong to none; the last one.")
    members = told(fields.Integer(), "Its seats.")
    voted = told(fields.Integer(), "How many of them have a vote that counts on the item.")
    counts = told(
        fields.Dict(keys=fields.String(), values=fields.Integer()),
        "Option → sum of the weights of their votes.",
    )


class ItemGroupsSchema(Shown):
    """The groups on an item."""

    item = fields.String()
    groups = told(
        fields.List(fields.Nested(GroupTotalSchema), allow_none=True),
        "By name; empty where no seat has a group, null where single votes are not told.",
    )


class GroupsSchema(Shown):
    """How each group voted, as of an entry."""

    procedure = fields.String()
    at = told(fields.Integer(), "Number of the entry as of which this is.")
    state = fields.String(validate=validate.OneOf(STATES))
    withheld = fields.Boolean()
    items = fields.List(fields.Nested(ItemGroupsSchema))
