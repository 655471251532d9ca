"""How one talks to it: the HTTP service. `create_app` makes it from a `Service` (`api.wiring`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from api.context import Settings
    from api.wiring import Service


def create_app(*services: Service, settings: Settings | None = None) -> Flask:
    """The WSGI application of these ledgers. The caller closes them when the application has ended."""
    # Imported here: the command line lies in this package too, and must start without a web framework.
    from api.app import build  # noqa: PLC0415

    return build(*services, settings=settings)
