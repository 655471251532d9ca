"""The shapes of health and readiness."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.values import Shown, told


class HealthSchema(Shown):
    """The process answers."""

    status = fields.String()
    version = fields.String()


class SchedulerSchema(Shown):
    """Who closes procedures at their deadline, in the process that answers."""

    state = told(
        fields.String(validate=validate.OneOf(["starting", "running", "failing", "stalled", "off"])),
        "failing and stalled: nothing is closed now; off: this process has no key of the service.",
    )
    problem = told(fields.String(allow_none=True), "Code of what is wrong, as in a problem.")
    since = told(fields.String(allow_none=True), "Since when.")


class ReasonSchema(Shown):
    """Why a ledger is not ready."""

    code = told(fields.String(), "As of a problem.")
    sentence = told(fields.String(), "In the language that `Accept-Language` asks for.")


class StandingSchema(Shown):
    """How a ledger stands; null for what could not be found out, the name too while it was never open."""

    ledger = fields.String(allow_none=True)
    origin = fields.String(allow_none=True)
    ready = told(fields.Boolean(), "Whether votes are taken, published and shown.")
    reasons = fields.List(fields.Nested(ReasonSchema))
    head = told(fields.Integer(allow_none=True), "Number of the last entry.")
    position = told(fields.Integer(allow_none=True), "Number of the last entry that the views contain.")
    lag = told(fields.Integer(allow_none=True), "Entries that the views do not contain yet.")
    lag_seconds = told(fields.Float(allow_none=True), "Age of the oldest of them; 0 if there is none.")
    published = told(fields.Integer(allow_none=True), "Entries in the newest checkpoint.")
    scheduler = fields.Nested(SchedulerSchema)


class ReadinessSchema(Shown):
    """At least one ledger is ready."""

    status = told(
        fields.String(validate=validate.OneOf(["ready", "degraded"])),
        "degraded: one of the ledgers is not ready, or nothing is closed at its deadline there.",
    )
    ledgers = fields.List(fields.Nested(StandingSchema))
