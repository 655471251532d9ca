"""Canonical JSON (JCS, RFC 8785) restricted to what statements may hold, and strict base64.

Allowed values: objects with string keys, arrays, strings, booleans, null, and integers within
±(2^53 - 1). Floats are refused, so that no number can be written in two ways.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

import rfc8785

from ledger.errors import BadEncoding, NotCanonical, TooLarge
from ledger.proof.sentences import encodings

MAX_DEPTH = 16
"""Nesting of objects and arrays. Statements need 6; the limit keeps a parser's stack small."""

MAX_INT = 2**53 - 1
"""Largest integer that every JSON implementation reads exactly (RFC 8785 §3.2.2.3)."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
_LONG_NUMBER = re.compile(rb"[0-9]{16}")


def canonical(value: Any) -> bytes:
    """The JCS bytes of `value`.

    Raises `NotCanonical` for floats, large integers, other types, deep nesting and lone surrogates.
    """
    _refuse_unencodable(value, MAX_DEPTH)
    return dump(value)


def check_encodable(value: Any) -> None:
    """Returns if `canonical` can write the value; raises `NotCanonical`."""
    _refuse_unencodable(value, MAX_DEPTH)


def parse_canonical(data: bytes, *, limit: int) -> Any:
    """The value whose canonical form `data` is.

    `limit` is in bytes. Raises `TooLarge`, or `NotCanonical` for anything else: no JSON, duplicate
    keys, floats, NaN, too deep, unsorted, spaced, or escaped differently.
    """
    value = _load(data, limit, _decode)
    # A duplicate key disappears in parsing, so this comparison finds it as well.
    if dump(value) != data:
        raise NotCanonical(encodings.NOT_CANONICAL)
    return value


def parse_json(data: bytes, *, limit: int) -> Any:
    """The value of JSON that need not be canonical, but has no duplicate keys, floats or lone surrogates.

    For envelopes as they arrive over the wire. Raises `TooLarge` or `NotCanonical`.
    """
    value = _load(data, limit, _decode_unique)
    if b"\\u" in data:  # only an escape can bring in half a character (a lone surrogate)
        try:
            _encode(value).encode("utf-8")
        except UnicodeError as error:
            raise NotCanonical(encodings.NOT_UNICODE, error=error) from None
    return value


def b64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def unb64(text: object, *, size: int | None = None) -> bytes:
    """The bytes of strict base64: padded, no line breaks, zero trailing bits; `size` in bytes if given.

    Raises `BadEncoding`.
    """
    if not isinstance(text, str):
        raise BadEncoding(encodings.BASE64_IS_TEXT, found=type(text).__name__)
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise BadEncoding(encodings.NOT_BASE64, text=text[:40]) from None
    # Python accepts non-zero trailing bits ("QR==") and padding that nothing asks for ("QUFB="). All that
    # comes before the last group has one way to be written.
    rest = len(data) % 3
    if len(text) != (len(data) + 2) // 3 * 4 or (rest and not text.endswith(b64(data[-rest:]))):
        raise BadEncoding(encodings.BASE64_SHORTER, text=text[:40])
    if size is not None and len(data) != size:
        raise BadEncoding(encodings.BYTES_EXPECTED, size=size, found=len(data))
    return data


def _load(data: bytes, limit: int, decode: Callable[[str], Any]) -> Any:
    if len(data) > limit:
        raise TooLarge(encodings.MORE_BYTES, size=len(data), limit=limit)
    try:
        value = decode(data.decode("utf-8"))
    except RecursionError:
        raise NotCanonical(encodings.NESTED_TOO_DEEPLY) from None
    except ValueError as error:  # bad UTF-8, bad JSON, an integer of more than 4,300 digits
        raise NotCanonical(encodings.NOT_JSON, error=error) from None
    # The walk costs as much as the parsing; without many brackets or long digits it cannot fail.
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH or _LONG_NUMBER.search(data):
        _refuse_unencodable(value, MAX_DEPTH)
    return value


def dump(value: Any) -> bytes:
    """The JCS bytes of a value whose types were checked before; `canonical` checks them itself.

    Raises `NotCanonical` (RFC 8785 has no form for it).
    """
    try:
        text = _encode(value)
        # The standard library's encoder is JCS for ASCII (a property test compares it with the
        # library); beyond ASCII the library decides, because JCS sorts keys by UTF-16 code units.
        return text.encode("ascii") if text.isascii() else rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonical(encodings.NO_CANONICAL_FORM, error=error) from None


def _refuse_unencodable(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise NotCanonical(encodings.INTEGER_TOO_LARGE, value=value)
        return
    if kind is not dict and kind is not list and kind is not tuple:
        raise NotCanonical(encodings.NOT_IN_A_STATEMENT, kind=kind.__name__)
    if depth == 0:
        raise NotCanonical(encodings.NESTED_DEEPER, limit=MAX_DEPTH)
    if kind is dict:
        for key in value:
            if type(key) is not str:
                raise NotCanonical(encodings.NAMES_ARE_TEXTS, kind=type(key).__name__)
        value = value.values()
    for item in value:
        _refuse_unencodable(item, depth - 1)


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(encodings.NUMBERS_ARE_INTEGERS, text=text[:40])


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical(encodings.SAME_KEY_TWICE)
    return value


# Built once: json.loads() with hooks would build a decoder at every call.
_decode = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode
_decode_unique = json.JSONDecoder(
    parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_duplicates
).decode
