"""The votes on an item as bars: SVG by hand that reads without colour (patterns, and the numbers beside)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

WIDTH, ROW, BAR = 480, 26, 16
LABEL = 130
"""Where the bars begin."""
_ROOM = WIDTH - LABEL - 60
_LONGEST = 22
"""Characters of a label; the whole one stands in the table."""

_GROUND = '<rect width="8" height="8" fill="#fff"/>'
_PATTERNS = {
    "yes": '<rect width="8" height="8" fill="#1d4f7c"/>',
    "no": f'{_GROUND}<path d="M-2 2 2-2M0 8 8 0M6 10 10 6" stroke="#8a3a12" stroke-width="2.5"/>',
    "abstain": f'{_GROUND}<circle cx="4" cy="4" r="2" fill="#4c5a67"/>',
    "other0": f'{_GROUND}<path d="M0 2H8M0 6H8" stroke="#1d4f7c" stroke-width="2"/>',
    "other1": f'{_GROUND}<path d="M2 0V8M6 0V8" stroke="#4c5a67" stroke-width="2"/>',
    "other2": f'{_GROUND}<path d="M0 2H8M2 0V8" stroke="#1d4f7c" stroke-width="2"/>',
}
_FONT = 'font-family="Libertinus Serif, Georgia, serif" font-size="13" fill="#1b232b"'


class Bar(NamedTuple):
    """An option, its words, its votes and the number as it is written."""

    option: str
    label: str
    votes: int
    number: str


def chart(bars: Sequence[Bar], name: str, alt: str) -> str:
    """The picture. `name` is its own in the document: ids of patterns begin with it."""
    most = max((bar.votes for bar in bars), default=0) or 1
    used = {bar.option: _pattern(bar.option, place) for place, bar in enumerate(bars)}
    patterns = "".join(
        f'<pattern id="{name}-{one}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f"{_PATTERNS[one]}</pattern>"
        for one in dict.fromkeys(used.values())
    )
    rows = "".join(_row(bar, place, most, f"{name}-{used[bar.option]}") for place, bar in enumerate(bars))
    height = ROW * len(bars) + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="{name}-t" {_FONT}>'
        f'<title id="{name}-t">{_plain(alt)}</title><defs>{patterns}</defs>{rows}</svg>'
    )


def _row(bar: Bar, place: int, most: int, fill: str) -> str:
    top, wide = ROW * place + 4, round(_ROOM * bar.votes / most, 2)
    line = top + 12.5
    label = bar.label if len(bar.label) <= _LONGEST else bar.label[: _LONGEST - 1] + "…"
    edge = 'stroke="#1b232b" stroke-width="0.8"'
    drawn = (
        f'<rect x="{LABEL}" y="{top}" width="{wide}" height="{BAR}" fill="url(#{fill})" {edge}/>'
        if bar.votes
        else f'<path d="M{LABEL} {top}V{top + BAR}" {edge}/>'
    )
    return (
        f'<text x="{LABEL - 8}" y="{line}" text-anchor="end">{_plain(label)}</text>{drawn}'
        f'<text x="{LABEL + wide + 7}" y="{line}" font-weight="bold">{bar.number}</text>'
    )


def _plain(text: str) -> Markup:
    """As XML, without control characters, which it may not hold."""
    return escape("".join(one if one.isprintable() else " " for one in text))


def _pattern(option: str, place: int) -> str:
    return option if option in _PATTERNS else f"other{place % 3}"
