"""The strict shapes of the fields of statements: one small check for each kind of value.

A check takes a value that came out of canonical JSON and returns nothing or raises `BadShape`,
`BadEncoding` or `BadKey`. `optional` and `nullable` are different: a missing field and a null are
two things, and each statement allows exactly one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from ledger.errors import BadEncoding, BadKey, BadShape, NotCanonical, ProofError
from ledger.proof.encoding import check_encodable, unb64
from ledger.proof.entry import ORIGIN, TIME
from ledger.proof.keys import KEY_BYTES, check_public_key
from ledger.proof.sentences import shapes as sentences
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, parse_verification_key
from ledger.sentence import Sentence

Check = Callable[[Any], None]


class Inside(NamedTuple):
    """What a check is made of, and how it goes through a value."""

    checks: tuple[Check, ...]
    parts: Callable[[Any], Iterable[tuple[Check, Any]]]


_INSIDE: dict[Check, Inside] = {}
"""The checks that are made of others."""

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Ids of actors, bodies, items and options: pseudonyms, never names. At most 64 characters."""

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(TIME)
_SHA256_HEX = re.compile(r"[0-9a-f]{64}")
_LAST = "AEIMQUYcgkosw048"  # 43 characters hold two bits more than 32 bytes, and both must be zero
LINK = r"[A-Za-z0-9+/]{42}[%s]=" % _LAST
"""Base64 of 32 bytes: a leaf hash or a digest."""
_DISCLOSURE = re.compile(r"[A-Za-z0-9_-]{42}[%s]" % _LAST)
_KEY_ID = re.compile(r"[0-9a-f]{32}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,32}){0,2}")
_VKEY = re.compile(r"[^\s+]{1,255}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{4,4096}")


def _text(pattern: re.Pattern[str], what: Sentence) -> Check:
    match = pattern.fullmatch

    def check(value: Any) -> None:
        if type(value) is not str or match(value) is None:
            raise BadShape(sentences.EXPECTED, what=what, value=_show(value))

    return check


identifier = _text(ID, sentences.AN_ID)
uuid = _text(UUID, sentences.A_UUID)
sha256_hex = _text(_SHA256_HEX, sentences.A_SHA256)
disclosure = _text(_DISCLOSURE, sentences.A_DISCLOSURE)
key_id = _text(_KEY_ID, sentences.A_KEY_ID)
media_type = _text(_MEDIA_TYPE, sentences.A_MEDIA_TYPE)
zone = _text(_ZONE, sentences.A_ZONE)
origin = _text(re.compile(ORIGIN), sentences.AN_ORIGIN)
code = _text(re.compile(r"[a-z]{1,32}(-[a-z]{1,32}){0,7}"), sentences.A_CODE)
result = _text(
    re.compile(r"adopted|rejected|no-decision|referred|void|elected:" + ID.pattern),
    sentences.A_RESULT,
)
civil_time = _text(re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII), sentences.A_CIVIL_TIME)
_day_text = _text(re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), sentences.A_DAY)
_vkey_text = _text(_VKEY, sentences.A_VERIFICATION_KEY)
_link_text = _text(re.compile(r"[A-Za-z0-9+/]{43}="), sentences.A_LINK)
_time_text = _text(_TIME, sentences.A_TIME)


def link(value: Any) -> None:
    """Base64 of 32 bytes: a leaf hash or a digest."""
    _link_text(value)
    if value[42] not in _LAST:
        raise BadEncoding(sentences.OTHER_BASE64, value=value)


def time(value: Any) -> None:
    """An instant in UTC with milliseconds that exists in the calendar."""
    _time_text(value)
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise BadShape(sentences.NO_TIME, value=value) from None


def day(value: Any) -> None:
    """A day of the calendar."""
    _day_text(value)
    try:
        date.fromisoformat(value)
    except ValueError:
        raise BadShape(sentences.NO_DAY, value=value) from None


def flag(value: Any) -> None:
    """True or false."""
    if type(value) is not bool:
        raise BadShape(sentences.FLAG_EXPECTED, value=_show(value))


def nonce(value: Any) -> None:
    """128 random bits in base64."""
    unb64(value, size=16)


def public_key(value: Any) -> None:
    """A usable Ed25519 public key in base64 (see `ledger.proof.keys`)."""
    check_public_key(unb64(value, size=KEY_BYTES))


def log_key(value: Any) -> None:
    """A usable key of a log, Ed25519 or ML-DSA-44 (C2SP signed-note vkey, types 0x01 and 0x06)."""
    _vkey_text(value)
    try:
        kind = parse_verification_key(value).kind
    except ProofError as error:
        raise BadKey(error) from None
    if kind not in {ED25519, MLDSA44_COSIGNATURE}:
        raise BadKey(sentences.OTHER_LOG_KEY, kind=kind)


def integer(low: int, high: int) -> Check:
    """An integer in [low, high]."""

    def check(value: Any) -> None:
        if type(value) is not int or not low <= value <= high:
            raise BadShape(sentences.INTEGER_EXPECTED, low=low, high=high, value=_show(value))

    return check


def one_of(*values: str) -> Check:
    """One of the given strings."""

    def check(value: Any) -> None:
        if value not in values or type(value) is not str:
            raise BadShape(sentences.ONE_OF, allowed=", ".join(values), value=_show(value))

    return check


def nullable(inner: Check) -> Check:
    """Null, or what `inner` allows."""

    def check(value: Any) -> None:
        if value is not None:
            inner(value)

    return _made_of((inner,), check, lambda value: [] if value is None else [(inner, value)])


def listed(inner: Check, *, at_least: int = 0, at_most: int = 4096) -> Check:
    """A list of different elements, each as `inner` says."""

    def check(value: Any) -> None:
        if type(value) is not list or not at_least <= len(value) <= at_most:
            raise BadShape(sentences.LIST_EXPECTED, at_least=at_least, at_most=at_most, value=_show(value))
        for item in value:
            inner(item)
        if len({repr(item) for item in value}) != len(value):
            raise BadShape(sentences.TWICE_IN_A_LIST)

    return _made_of((inner,), check, lambda value: ((inner, item) for item in value))


def mapping(key: Check, inner: Check, *, at_least: int = 0, at_most: int = 256) -> Check:
    """An object used as a map."""

    def check(value: Any) -> None:
        if type(value) is not dict or not at_least <= len(value) <= at_most:
            raise BadShape(sentences.MAP_EXPECTED, at_least=at_least, at_most=at_most, value=_show(value))
        for name, item in value.items():
            key(name)
            inner(item)

    return _made_of((inner,), check, lambda value: ((inner, item) for item in value.values()))


def fields(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with exactly these members; `optional` ones may be missing."""
    extra = optional or {}
    checks = {**required, **extra}
    exact = required.keys()

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise BadShape(sentences.OBJECT_EXPECTED, value=_show(value))
        if not exact <= value.keys() <= checks.keys():
            _report_members(value, required, extra)
        name = ""
        try:
            for name, item in value.items():
                checks[name](item)
        except (BadShape, BadEncoding, BadKey) as error:
            raise type(error)(sentences.IN_FIELD, field=name, error=error) from None

    return _made_of(
        tuple(checks.values()), check, lambda value: ((checks[name], item) for name, item in value.items())
    )


def anything(value: Any) -> None:
    """Any value with a canonical form: a rule profile, whose own rules the domain checks."""
    try:
        check_encodable([value])  # in a list, because it stands one level deep in a payload
    except NotCanonical as error:
        raise BadShape(error) from None


@cache
def may_hold(check: Check, wanted: Check) -> bool:
    """Whether a value that `check` allows can have `wanted` anywhere in it."""
    return check is wanted or any(
        may_hold(one, wanted) for one in (_INSIDE[check].checks if check in _INSIDE else ())
    )


def held(check: Check, wanted: Check, value: Any) -> Iterator[Any]:
    """Every value that `wanted` has checked in a value that `check` allows."""
    if check is wanted:
        yield value
    elif check in _INSIDE:
        for inner, part in _INSIDE[check].parts(value):
            if may_hold(inner, wanted):  # most parts of a statement cannot
                yield from held(inner, wanted, part)


def _made_of(
    checks: tuple[Check, ...], check: Check, parts: Callable[[Any], Iterable[tuple[Check, Any]]]
) -> Check:
    _INSIDE[check] = Inside(checks, parts)
    return check


def _report_members(value: dict[str, Any], required: dict[str, Check], extra: dict[str, Check]) -> None:
    if missing := sorted(required.keys() - value.keys()):
        raise BadShape(sentences.MISSING, names=", ".join(missing))
    if unknown := sorted(value.keys() - required.keys() - extra.keys()):
        raise BadShape(sentences.NOT_KNOWN, names=", ".join(unknown)[:200])


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
