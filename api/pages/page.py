"""What every page has around its content: language, navigation, the head of the log, and what it may load."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from api.access.layer import GRANT
from api.access.roles import NOBODY, Grant
from api.access.table import who_may
from api.context import Context, chosen
from api.language import language, language_asked
from api.pages.speech import Speech
from ledger import __version__
from ledger.errors import StimmbuchError
from ledger.proof.encoding import b64

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LANGUAGES = {"de": "Deutsch", "en": "English"}


class Head(NamedTuple):
    """The published head of the log, and up to which entry the pages go."""

    size: int | None
    """Entries under the newest checkpoint; None before the first one."""
    root: str | None
    position: int
    """Number of the last entry that the views show; -1 while they are empty."""


def page(template: str, *, say: Speech | None = None, **values: Any) -> Response:
    """The page in the caller's language."""
    context = chosen()
    made = make_response(
        render_template(
            template,
            say=say or Speech(),
            ledger="" if context is None else context.service.name,
            origin="" if context is None else context.service.ledger.origin,
            head=None if context is None else _head(context),
            spoken=language(),
            languages=_languages(),
            home="/" if (asked := language_asked()) is None else f"/?lang={asked}",
            may=may,
            version=__version__,
            **values,
        )
    )
    made.headers["Content-Security-Policy"] = POLICY
    made.headers["Content-Language"] = language()
    made.vary.add("Accept-Language")
    return made


def _head(context: Context) -> Head | None:
    """None where the ledger cannot say: the page that tells why has to be there all the same."""
    try:
        found = context.service.publication.folder.newest()
        position = context.service.views.position()
    except StimmbuchError:
        return None
    return Head(found.size, b64(found.root), position) if found.origin else Head(None, None, position)


def may(call: str) -> bool:
    """Whether this caller may make the call: links that lead to a refusal are not shown."""
    grant: Grant = request.environ.get(GRANT, NOBODY)
    return not who_may(call).roles.isdisjoint(grant.roles)


def _languages() -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each language."""
    return [(code, name, _address(code)) for code, name in LANGUAGES.items()]


def _address(code: str) -> str:
    return f"{request.path}?{urlencode({**request.args, 'lang': code})}"
