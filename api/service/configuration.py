"""Everything that can be set about the service, in one place: type, unit, bounds, default, meaning.

`api.service.configuring` reads it from a file, the environment and the command line; the table in
`api/OPERATIONS.md` is made from it (``python -m api.service.configuration``), and a test compares the two.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from dataclasses import dataclass
from typing import Any, NamedTuple

from api.service.place import Place


class Row(NamedTuple):
    """What is known about one setting."""

    name: str
    section: str
    default: Any
    about: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    alias: str = ""
    """Another name in the environment."""

    @property
    def option(self) -> str:
        """On the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """In the environment."""
        return f"STIMMBUCH_{self.name.upper()}"

    @property
    def bounds(self) -> str:
        """What is allowed, with the unit: for people."""
        if self.choices:
            return ", ".join(self.choices)
        if self.low == -math.inf:
            return "a list of texts" if isinstance(self.default, tuple) else "a text"
        return f"{figure(self.low)} to {figure(self.high)} {self.unit}".rstrip()


def figure(value: float) -> str:
    """A number without an exponent or needless zeros."""
    return f"{value:.16g}"


def _setting(section: str, default: Any, about: str, unit: str = "", **bounds: Any) -> Any:
    row = Row("", section, default, about, unit, **bounds)
    return dataclasses.field(default=default, metadata={"row": row})


@dataclass(frozen=True)
class Configuration:
    """The settings of a service."""

    ledgers: tuple[Place, ...] = ()
    """What is served: `--store`, or `[[ledger]]` with `store`, `home` and `name` in the file."""

    host: str = _setting("server", "127.0.0.1", "Address to listen on.")
    port: int = _setting("server", 8080, "Port to listen on.", low=1, high=65535, alias="PORT")
    workers: int = _setting("server", 2, "Processes that serve requests.", "processes", low=1, high=64)
    threads: int = _setting(
        "server", 16, "Threads of each of them that run requests.", "threads", low=1, high=256
    )
    header_timeout: float = _setting(
        "server", 30.0, "For a client to send its headers.", "seconds", low=1, high=300
    )
    stop_timeout: float = _setting(
        "server", 40.0, "For running requests to end when the service stops.", "seconds", low=1, high=600
    )

    public_url: str = _setting(
        "server",
        "",
        "Where the service is known to be, like https://ledger.example/: ids of OParl objects begin with it.",
    )
    allow_origin: tuple[str, ...] = _setting(
        "server", (), "Origins whose pages may call from a browser, like https://portal.example."
    )

    interval: float = _setting(
        "publishing",
        0.0,
        "Between two checkpoints at least, each of some files; a receipt waits for the next one (0: as short "
        "as helps, some hundredths of a second).",
        "seconds",
        low=0,
        high=5,
    )
    heartbeat: float = _setting(
        "publishing",
        0.0,
        "Of silence until witnesses are asked for fresh times (0: never).",
        "seconds",
        low=0,
        high=86400,
    )
    anchor_every: float = _setting(
        "publishing",
        0.0,
        "Between two time stamps of the newest checkpoint (0: none).",
        "seconds",
        low=0,
        high=31536000,
    )
    tsa: tuple[str, ...] = _setting(
        "publishing", (), "Time-stamping authorities, each as [ID=]URL; see `stimmbuch anchor`."
    )

    max_document: int = _setting("limits", 64 * 2**20, "Of one document.", "bytes", low=1024, high=16 * 2**30)
    max_headers: int = _setting(
        "limits", 16 * 1024, "Of all headers of a request together.", "bytes", low=8192, high=2**20
    )
    patience: float = _setting(
        "limits", 3.0, "For which a read waits for the views.", "seconds", low=0, high=25
    )
    long_polls: int = _setting(
        "limits",
        0,
        "Waiting readers of a process at a time; its ledgers have equal shares (0: a quarter of its threads, "
        "with several ledgers one for each up to half of them).",
        "requests",
        low=0,
        high=256,
    )
    replays: int = _setting(
        "limits",
        2,
        "Looks into the past of a process at a time; its ledgers have equal shares.",
        "requests",
        low=1,
        high=64,
    )

    unnamed_count: int = _setting(
        "limits",
        10_000,
        "Uploads of one ledger that no statement names; of one client half of them.",
        "documents and texts",
        low=2,
        high=10_000_000,
    )
    unnamed_size: int = _setting(
        "limits", 4 * 2**30, "Of these together; of one client half.", "bytes", low=2**20, high=2**50
    )

    rate: float = _setting(
        "limits",
        0.0,
        "Of one address, all processes together (0: no limit).",
        "requests/s",
        low=0,
        high=10000,
    )
    burst: int = _setting("limits", 50, "Of one address at once.", "requests", low=1, high=10000)
    procedure_rate: float = _setting(
        "limits",
        0.0,
        "Of one client about one procedure, all processes together: of what it sends, of what it has "
        "prepared, and of dear reads, each (0: no limit).",
        "requests/s",
        low=0,
        high=10000,
    )
    procedure_burst: int = _setting(
        "limits",
        200,
        "Of these at once: for the token of a portal as many as may vote through it.",
        "requests",
        low=1,
        high=100_000,
    )
    proxies: int = _setting(
        "limits", 0, "Of yours in front, each adding to X-Forwarded-For.", "proxies", low=0, high=10
    )

    log_format: str = _setting(
        "log", "auto", "Of the lines; auto: text in a terminal, else json.", choices=("auto", "json", "text")
    )
    log_level: str = _setting(
        "log", "info", "What is written at least.", choices=("debug", "info", "warning", "error")
    )

    @classmethod
    def rows(cls) -> list[Row]:
        """All settings but the ledgers, in order."""
        fields = [field for field in dataclasses.fields(cls) if "row" in field.metadata]
        return [field.metadata["row"]._replace(name=field.name) for field in fields]


def table() -> str:
    """The settings as a table (Markdown)."""
    lines = ["| setting | default | allowed | what |", "|---|---|---|---|"]
    for row in Configuration.rows():
        number = row.low > -math.inf
        default = "" if row.default in ((), "") else figure(row.default) if number else row.default
        lines.append(f"| `{row.section}.{row.name}` | {default} | {row.bounds} | {row.about} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
