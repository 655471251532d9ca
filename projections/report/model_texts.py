"""What is told by digest or by id: texts, names, and the point of the log from which it is told."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """Words in each language."""

    de: str
    en: str


class Erasure(NamedTuple):
    """Why a text or document is gone."""

    entry: int
    """Number of the entry that says so."""
    legal_basis: str


class Text(NamedTuple):
    """A salted text beside the log: what is signed is its digest."""

    digest: str
    """Base64url."""
    value: str | None
    """None where it is erased, or was never disclosed."""
    erased: Erasure | None


class Named(NamedTuple):
    """Somebody, or a body."""

    id: str
    name: Text | None
    """None where the register holds no name."""


class Position(NamedTuple):
    """The entry after which everything is told."""

    seq: int
    at: str
    leaf: str
    """Leaf hash, base64."""


class Head(NamedTuple):
    """The first published checkpoint that contains the position: it stays the same for ever."""

    size: int
    root: str
    """Base64."""
    signed_by: tuple[str, ...]
    """Names whose signatures were verified."""
    note: str
    """The checkpoint itself, with its signatures (C2SP tlog-checkpoint)."""
    sha256: str
    """Of the note, hexadecimal."""


class Cited(NamedTuple):
    """A sentence with the paragraph that asks for it, where there is one."""

    text: Sentence
    paragraph: str | None
