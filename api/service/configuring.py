"""Reading the configuration: the command line counts before the environment, that before the file.

What is unknown, of another type or out of bounds is refused, and the refusal says what is allowed.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from api.cors import is_origin
from api.service import sentences
from api.service.configuration import Configuration, Row
from api.service.place import Place
from ledger import settings
from ledger.errors import BadSetting
from ledger.sentence import PATH_AND_REASON, Sentence, literally
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
            raise BadSetting(sentences.AN_ORIGIN_IS, origin=origin)
    if found.public_url and not found.public_url.endswith("/"):
        raise BadSetting(sentences.NO_SLASH, url=found.public_url)
    if bool(found.anchor_every) != bool(found.tsa):
        raise BadSetting(sentences.ANCHORS_NEED_BOTH)
    if found.long_polls >= found.threads:
        raise BadSetting(sentences.POLLS_BELOW_THREADS, threads=found.threads)
    return found


def _place_of_environment() -> tuple[Place, ...]:
    store, home = settings.variable(STORE), settings.variable(HOME)
    return (Place(store, Path(home) if home else None),) if store else ()


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadSetting(PATH_AND_REASON, path=path, reason=error.strerror) from None
    except ValueError as error:  # also what is not UTF-8
        raise BadSetting(sentences.NOT_TOML, path=path, error=error) from None


def _of_file(found: dict[str, Any]) -> dict[str, Any]:
    rows = {(row.section, row.name): row for row in Configuration.rows()}
    sections = {row.section for row in rows.values()}
    values = {}
    for section, settings_there in found.items():
        if section not in sections or not isinstance(settings_there, dict):
            _unknown(section, [*sections, LEDGER], sentences.A_SECTION)
        for name, value in settings_there.items():
            if (row := rows.get((section, name))) is None:
                there = [known for where, known in rows if where == section]
                _unknown(name, there, sentences.A_SETTING, section=section)
            values[name] = _checked(row, value, f"{section}.{name}")
    return values


def _ledgers(found: Any, folder: Path) -> tuple[Place, ...]:
    """The `[[ledger]]` tables. Relative places are meant from the file's folder."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadSetting(sentences.EACH_LEDGER)
    places = []
    for one in found:
        for name, value in one.items():
            if name not in {"store", "home", "name"}:
                _unknown(name, ["store", "home", "name"], sentences.A_SETTING_OF_A_LEDGER)
            if not isinstance(value, str) or not value:
                raise BadSetting(sentences.A_TEXT, name=name, value=value)
        if "store" not in one:
            raise BadSetting(sentences.NO_STORE)
        store = one["store"] if is_postgres(one["store"]) else str(folder / one["store"])
        places.append(Place(store, folder / one["home"] if "home" in one else None, one.get("name", "")))
    return tuple(places)


def _unknown(name: str, known: Iterable[str], what: Sentence, **values: str) -> NoReturn:
    close = get_close_matches(name, sorted(known), 1)
    meant = sentences.DID_YOU_MEAN if close else sentences.THERE_ARE
    there = ", ".join(close or sorted(known))
    raise BadSetting(sentences.UNKNOWN_SETTING, what=what, name=name, meant=meant, there=there, **values)


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
    what = sentences.OUT_OF_BOUNDS_WHOLE if type(row.default) is int else sentences.OUT_OF_BOUNDS
    raise BadSetting(what, where=where, value=value, bounds=_allowed(row))


def _allowed(row: Row) -> Sentence:
    german = row.bounds.replace(" to ", " bis ") if row.low > -math.inf else row.bounds
    for one in sentences.UNITS:
        german = german.replace(one.en, one.de)
    return Sentence(literally(row.bounds), literally(german))
