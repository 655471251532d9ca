"""The OpenAPI document (3.1), made from the routes, the schemas and the table of errors.

`python -m api.openapi` prints it; `api/openapi.json` is the committed result.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from flask import Flask
from flask_smorest import Api

from api.problems import PROBLEM
from api.schemas.problems import ProblemSchema
from ledger import __version__

DESCRIPTION = """\
The HTTP service of a voting ledger for circular resolutions (*Umlaufverfahren*).

There is one write: a signed statement (a DSSE envelope). Who signed it decides whether it counts; a bearer
token (RFC 6750) decides who may call. `x-roles` names the roles that may make a call. There are no sessions
and no passwords. Sending the same envelope again is harmless: the first receipt comes back.
Reads are answered from views that follow the log; `wait_for` makes a read wait for one's own write.
Errors are problem details (RFC 9457) with a stable `code`.
"""


BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of this ledger (`stimmbuch token create`), or a JWT access token (RFC 9068) of"
    " an OpenID Connect provider that its `access.toml` names.",
}


class OpenApi(Api):  # type: ignore[misc]
    """flask-smorest's document, with problem details as the shape of every error."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        self.spec.components.security_scheme("bearer", BEARER)
        # Errors have another media type than answers, and flask-smorest knows only one.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM
        try:
            super()._register_responses()
        finally:
            del self.DEFAULT_RESPONSE_CONTENT_TYPE  # the class's own shows again

    def _register_pagination_header(self) -> None:
        """Nothing: pages go by position, not by number."""

    def _register_error_handlers(self) -> None:
        """Nothing: `api.app` registers them."""


def configure(app: Flask) -> None:
    """What flask-smorest needs to know before the routes are registered."""
    app.config.update(
        API_TITLE="Stimmbuch",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION},
            "servers": [{"url": "/"}],
        },
    )


def document() -> dict[str, Any]:
    """The document of this version."""
    from api.app import routes  # noqa: PLC0415 (the application imports this module)

    api: OpenApi = routes().extensions["flask-smorest"]["apis"][""]["ext_obj"]
    found: dict[str, Any] = api.spec.to_dict()
    return found


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
