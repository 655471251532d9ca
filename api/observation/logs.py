"""How the service logs: JSON lines on standard error, text in a terminal.

No personal data: of the additional members of a record only those in `TOLD` are written, whoever adds what;
and of an exception its kind and where it happened, never what it says, which may quote what somebody sent.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from api.observation.about import LEDGER

TOLD = ("request_id", "ledger", "method", "route", "status", "ms", "code", "count", "slowest_ms")
"""Everything that may stand in a record beside its sentence, its time, its level and its origin."""

FRAMES = 12
"""Of a traceback, the innermost ones."""

Event = MutableMapping[str, Any]


def configure_logs(form: str, level: str) -> None:
    """For this process. `form` is auto, json or text; `level` a name of `logging`, in small letters."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(json=form == "json" or (form == "auto" and not sys.stderr.isatty())))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())


def _is_news(record: logging.LogRecord) -> bool:
    """Granian warns of more threads than cores: here they wait for checkpoints, and not for a core."""
    return not record.getMessage().startswith("Configuration allows spawning up to ")


GRANIAN: dict[str, Any] = {
    "filters": {"news": {"()": lambda: _is_news}},
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True, "filters": ["news"]},
        "granian.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}
"""Granian's own records go where ours go; its access log names paths, and with them people."""


def formatter(*, json: bool) -> logging.Formatter:
    """What makes a line of a record."""
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if json else _in_a_terminal()
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ExtraAdder(TOLD),
            with_its_ledger,
            without_what_was_said,
        ],
    )


def with_its_ledger(_logger: Any, _method: str, event: Event) -> Event:
    """Says of which ledger a record is, where a thread that works for one writes it."""
    if name := LEDGER.get():
        event.setdefault("ledger", name)
    return event


def without_what_was_said(_logger: Any, _method: str, event: Event) -> Event:
    """Puts kind and place of an exception where the exception was."""
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        event["failure"] = type(error).__name__
        event["where"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _in_a_terminal() -> Any:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
