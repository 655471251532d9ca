"""Why did I get 409? The one table from errors to HTTP; how they are written down stands in `api.problems`.

400 it cannot be read · 401 who asks is not known · 403 who asks, or who signed, may not · 404 not there ·
409 a rule said no, as things stand · 410 it was erased · 413 too large · 422 it can be read, but is not what
it must be · 429 too often, or too much · 500 our own fault, or our own copy is damaged · 503 ask again, with
`Retry-After` where waiting helps.

401 asks for another bearer token (RFC 6750 §3). A signature inside a statement that does not convince is
never 401: no header can mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import (
    ServiceUnavailable,
    TooManyRequests,
    UnprocessableEntity,
    UnsupportedMediaType,
)

from api import sentences
from ledger import errors as e
from ledger.errors_german import GERMAN
from ledger.sentence import Sentence, literally

STATUS: dict[type[e.StimmbuchError], int] = {
    e.StimmbuchError: 500,
    e.Invalid: 400,
    e.NotCanonical: 400,
    e.BadEncoding: 400,
    e.TooLarge: 413,
    e.UnknownStatement: 422,
    e.BadShape: 422,
    e.WrongLog: 422,
    e.BadKey: 422,
    e.PassphraseMissing: 422,
    e.PassphraseWrong: 422,
    e.BadSignature: 422,
    e.DocumentMismatch: 422,
    e.BadProfile: 422,
    e.BadOpening: 422,
    e.NoSuchTime: 422,
    e.BadSetting: 422,
    e.BadAddress: 422,
    e.BadArgument: 422,
    e.BadSource: 422,
    e.NameTaken: 422,
    e.BadBackup: 422,
    e.BadPolicy: 422,
    e.BadCertificate: 422,
    e.BadRollCall: 422,
    e.BadState: 422,
    e.Refused: 409,
    e.UnknownKey: 403,
    e.KeyNotLive: 403,
    e.KeyTaken: 409,
    e.AlreadyRedacted: 409,
    e.NotRedactable: 409,
    e.NotAllowed: 403,
    e.AlreadyRegistered: 409,
    e.UnknownActor: 409,
    e.NotEntitled: 403,
    e.Excluded: 403,
    e.UnknownOption: 409,
    e.OtherHistory: 409,
    e.StaleBallot: 409,
    e.StaleReplaces: 409,
    e.StaleElectorate: 409,
    e.StaleSeal: 409,
    e.ChangeNotAllowed: 409,
    e.NotOpenYet: 409,
    e.OutOfTurn: 409,
    e.TooLate: 409,
    e.AlreadyClosed: 409,
    e.NotClosed: 409,
    e.NotDue: 409,
    e.DocumentsFrozen: 409,
    e.WrongBallot: 409,
    e.NotProvided: 409,
    e.NotInForce: 409,
    e.Stopped: 409,
    e.Referred: 409,
    e.ProxyStands: 409,
    e.ProxyNotAllowed: 409,
    e.AlreadyDeclared: 409,
    e.NotDeclared: 409,
    e.WrongDeadline: 409,
    e.NotDetermined: 409,
    e.NotExpired: 409,
    e.WrongResult: 409,
    e.StaleResult: 409,
    e.TooManyAttempts: 409,
    e.Denied: 403,
    e.CredentialMissing: 401,
    e.CredentialInvalid: 401,
    e.RoleMissing: 403,
    e.OtherSubject: 403,
    e.QuotaExceeded: 429,
    e.AccessNotConfigured: 403,
    e.LoginRefused: 403,
    e.NotFound: 404,
    e.NotYet: 404,
    e.UnknownLedger: 404,
    e.Erased: 410,
    e.ProofError: 500,
    e.LogDamaged: 500,
    e.PreparedOtherwise: 500,
    e.SplitView: 500,
    e.StorageError: 503,
    e.StoreNotFound: 503,
    e.StoreExists: 503,
    e.NotALedger: 503,
    e.NothingToVerify: 503,
    e.LedgersCollide: 503,
    e.OtherExport: 503,
    e.CannotWrite: 503,
    e.StoreTooNew: 503,
    e.StoreLocked: 503,
    e.StoreUnavailable: 503,
    e.KeyUnavailable: 503,
    e.OutcomeUnknown: 503,
    e.NotPublished: 503,
    e.PolicyUnmet: 503,
    e.Unreachable: 503,
    e.RolledBack: 503,
    e.SignerRefuses: 503,
    e.ClockDrift: 503,
    e.AccessUnusable: 503,
    e.ProviderUnavailable: 503,
}

RETRY_AFTER: dict[type[e.StimmbuchError], int] = {
    e.StoreLocked: 1,
    e.StoreUnavailable: 5,
    e.OutcomeUnknown: 5,
    e.NotPublished: 5,
    e.ClockDrift: 10,
    e.QuotaExceeded: 60,
    e.AccessUnusable: 10,
    e.ProviderUnavailable: 10,
}
"""Seconds. A repetition of the same envelope is harmless, so these may be tried again by a program."""

CHALLENGE: dict[type[e.StimmbuchError], str] = {
    e.CredentialMissing: 'Bearer realm="stimmbuch"',
    e.CredentialInvalid: 'Bearer realm="stimmbuch", error="invalid_token"',
    e.RoleMissing: 'Bearer realm="stimmbuch", error="insufficient_scope"',
}
"""What `WWW-Authenticate` says (RFC 6750 §3); without a credential it names no error."""

HTTP_CODES: dict[int, tuple[str, str]] = {
    400: ("bad-request", "Correct the request and send it again."),
    404: ("not-found", "Check the address; the calls stand in /v1/openapi.json."),
    405: ("method-not-allowed", "Use one of the methods in the Allow header."),
    408: ("request-timeout", "Send the request again."),
    413: ("too-large", e.TooLarge.hint),
    415: ("unsupported-media-type", "Send application/json, in UTF-8 and without Content-Encoding."),
    422: ("unprocessable", "Correct the named fields and send it again."),
    429: ("too-many-requests", "Send it again after Retry-After, and ask less often."),
    500: ("internal", "This is a fault of the service: report it with its request_id."),
    503: ("unavailable", "Send the same request again later."),
}
"""Errors that HTTP itself knows: status → code and hint."""


class Unprocessable(UnprocessableEntity):
    """A body, or a query, that has another shape than its schema."""

    def __init__(self, messages: Any, where: str = "json") -> None:
        super().__init__()
        self.data = {"messages": {where: messages}}


class ViewBehind(ServiceUnavailable):
    """The views do not contain the entry that `wait_for` names."""

    problem = (
        "view-behind",
        "Ask again after Retry-After; a read without wait_for gets an older answer at once.",
    )

    def __init__(self, wanted: int, position: int) -> None:
        said = _both(sentences.VIEWS_GO_UP_TO, position=position, wanted=wanted)
        super().__init__(said.en, retry_after=1)
        self.german = said.de


class Busy(ServiceUnavailable):
    """As many callers as may follow the events, or look into the past, at a time are doing so."""

    problem = ("busy", "Ask again after Retry-After, or for the present.")

    def __init__(self) -> None:
        super().__init__(sentences.TOO_MANY_AT_ONCE.en, retry_after=2)
        self.german = sentences.TOO_MANY_AT_ONCE.de


class Receiving(ServiceUnavailable):
    """As many bodies as may be on their way at a time are so, of this caller or of all."""

    problem = ("receiving", "Send it again after Retry-After, each request in one piece.")

    def __init__(self) -> None:
        super().__init__(sentences.TOO_MANY_ON_THEIR_WAY.en, retry_after=1)
        self.german = sentences.TOO_MANY_ON_THEIR_WAY.de


class TooOften(TooManyRequests):
    """Somebody asks too often."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(sentences.ASKS_TOO_OFTEN.en, retry_after=retry_after)
        self.german = sentences.ASKS_TOO_OFTEN.de


class AsksTooMuch(TooManyRequests):
    """One client sends, prepares or looks at too much of one procedure."""

    problem = (
        "procedure-limit",
        "Send it again after Retry-After; other procedures, and other clients, are not affected.",
    )

    def __init__(self, procedure: str, retry_after: int) -> None:
        said = _both(sentences.ASKS_TOO_MUCH, procedure=procedure)
        super().__init__(said.en, retry_after=retry_after)
        self.german = said.de


class OtherContent(UnsupportedMediaType):
    """A body that is not JSON as it is."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.german = sentence.de


class NotReady(ServiceUnavailable):
    """No ledger of this service is ready: each is listed with its reasons."""

    problem = ("not-ready", "Look at the reasons, then into the log of the service.")

    def __init__(self, found: list[dict[str, Any]], reasons: Iterable[Sentence]) -> None:
        """`found`: the ledgers as they are told, in the caller's language."""
        said = list(dict.fromkeys(reasons))
        super().__init__("; ".join(one.say("en", {}) for one in said))
        self.german = "; ".join(one.say("de", {}) for one in said)
        self.more = {"ledgers": found}


OUR_HTTP_ERRORS: tuple[type[ViewBehind | Busy | Receiving | AsksTooMuch | NotReady], ...] = (
    ViewBehind,
    Busy,
    Receiving,
    AsksTooMuch,
    NotReady,
)


def status_of(error: e.StimmbuchError) -> int:
    """The HTTP status of an error: its own row, or that of the nearest class above it."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def meaning(kind: type[Exception]) -> str:
    """What a class of errors means, in its first sentence: the title of its problems."""
    return (kind.__doc__ or kind.__name__).split("\n", 1)[0].rstrip(".")


def title(kind: type[e.StimmbuchError]) -> Sentence:
    """What a class of our errors means, in both languages."""
    return Sentence(literally(meaning(kind)), literally(GERMAN[kind.code][0]))


def title_of(code: str) -> Sentence | None:
    """The same by its code; None for none of ours."""
    return next((title(kind) for kind in STATUS if kind.code == code and code in GERMAN), None)


def _both(sentence: Sentence, **values: object) -> Sentence:
    """The sentence with its values in place, in both languages."""
    return Sentence(sentence.say("en", values), sentence.say("de", values))
