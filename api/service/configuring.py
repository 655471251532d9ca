"""Reading the configuration: the command line counts before the environment, that before the file.

What is unknown, of another type or out of bounds is refused, and the refusal says what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from api.cors import is_origin
from api.service.configuration import Configuration, Row
from api.service.place import Place
from ledger import settings
from ledger.errors import BadSetting
from ledger.storage.store import is_postgres

LEDGER = "ledger"
STORE, HOME, CONFIG = "STIMMBUCH_STORE", "STIMMBUCH_HOME", "STIMMBUCH_CONFIG"

Given = Mapping[str, Any]


def configure(
    given: Given | None = None, places: Iterable[Place] = (), file: Path | None = None
) -> Configuration:
    """The configuration. `given` and `places` are from the command line. Raises `BadSetting`."""
    file = file or Path(settings.variable(CONFIG) or "")
    found = _read_file(file) if file.name else {}
    values = {row.name: row.default for row in Configuration.rows()}
    of_file = _ledgers(found.pop(LEDGER, []), file.parent)
    ledgers = tuple(places) or _place_of_environment() or of_file
    values |= _of_file(found)
    for row in Configuration.rows():
        for variable in filter(None, (row.alias, row.variable)):
            if (text := settings.variable(variable)) is not None:
                values[row.name] = _parsed(row, text, variable)
        if (said := (given or {}).get(row.name)) not in (None, ()):
            values[row.name] = _parsed(row, said, row.option)
    return _whole(Configuration(ledgers=ledgers, **values))


def _whole(found: Configuration) -> Configuration:
    for origin in (*found.allow_origin, *filter(None, [found.public_url.removesuffix("/")])):
        if not is_origin(origin):
            raise BadSetting(f"an origin is like https://portal.example, without a path, not {origin!r}")
    if found.public_url and not found.public_url.endswith("/"):
        raise BadSetting(f"public_url ends in a slash: {found.public_url}/")
    if bool(found.anchor_every) != bool(found.tsa):
        raise BadSetting("anchor_every and tsa go together: how often, and by whom")
    if found.long_polls >= found.threads:
        raise BadSetting(f"long_polls is below threads ({found.threads}): who waits holds a thread")
    return found


def _place_of_environment() -> tuple[Place, ...]:
    store, home = settings.variable(STORE), settings.variable(HOME)
    return (Place(store, Path(home) if home else None),) if store else ()


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror}") from None
    except ValueError as error:  # also what is not UTF-8
        raise BadSetting(f"{path} is not TOML: {error}") from None


def _of_file(found: dict[str, Any]) -> dict[str, Any]:
    rows = {(row.section, row.name): row for row in Configuration.rows()}
    sections = {row.section for row in rows.values()}
    values = {}
    for section, settings_there in found.items():
        if section not in sections or not isinstance(settings_there, dict):
            _unknown(section, [*sections, LEDGER], "section")
        for name, value in settings_there.items():
            if (row := rows.get((section, name))) is None:
                _unknown(
                    name, [known for where, known in rows if where == section], f"setting in [{section}]"
                )
            values[name] = _checked(row, value, f"{section}.{name}")
    return values


def _ledgers(found: Any, folder: Path) -> tuple[Place, ...]:
    """The `[[ledger]]` tables. Relative places are meant from the file's folder."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadSetting("each ledger is a table of its own: write [[ledger]], with two brackets")
    places = []
    for one in found:
        for name, value in one.items():
            if name not in {"store", "home", "name"}:
                _unknown(name, ["store", "home", "name"], "setting in [[ledger]]")
            if not isinstance(value, str) or not value:
                raise BadSetting(f"ledger.{name} is {value!r}: a text is expected")
        if "store" not in one:
            raise BadSetting("a [[ledger]] without `store`: a directory, or postgresql://…")
        store = one["store"] if is_postgres(one["store"]) else str(folder / one["store"])
        places.append(Place(store, folder / one["home"] if "home" in one else None, one.get("name", "")))
    return tuple(places)


def _unknown(name: str, known: Iterable[str], what: str) -> NoReturn:
    close = get_close_matches(name, sorted(known), 1)
    meant = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(known))}"
    raise BadSetting(f"there is no {what} called {name}: {meant}")


def _parsed(row: Row, text: Any, where: str) -> Any:
    """A value from the command line or the environment, where everything is text."""
    kind = type(row.default)
    if kind is tuple:
        return _checked(row, text.split() if isinstance(text, str) else list(text), where)
    try:
        return _checked(row, kind(text), where)
    except ValueError:
        _refuse(row, text, where)


def _checked(row: Row, value: Any, where: str) -> Any:
    """A value of the right type, within its bounds."""
    kind = type(row.default)
    if kind is float and type(value) is int:
        value = float(value)
    if kind is tuple and isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = tuple(value)
    in_bounds = type(value) is kind and (not row.choices or value in row.choices)
    if not in_bounds or (isinstance(value, int | float) and not row.low <= value <= row.high):
        _refuse(row, value, where)
    return value


def _refuse(row: Row, value: Any, where: str) -> NoReturn:
    whole = "a whole number, " if type(row.default) is int else ""
    raise BadSetting(f"{where} is {value!r}: {whole}{row.bounds} is allowed")
