"""Everything that an object holds, as plain values that compare: for "this must not have changed"."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any


def snapshot(value: Any) -> Any:
    """A deep copy in lists, dicts and scalars; objects become their type's name and what they hold."""
    if isinstance(value, Mapping):
        return {key: snapshot(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [snapshot(item) for item in value]
    if isinstance(value, AbstractSet):
        return sorted(snapshot(item) for item in value)
    if hasattr(value, "__dict__"):
        return [type(value).__qualname__, snapshot(vars(value))]
    return value
