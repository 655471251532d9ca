"""Which characters the fonts inside typst can show, and what stands for the others.

PDF/A allows no character without a glyph: typst would refuse the whole document. A character that none of the
fonts has is written as its code point instead, ⟨U+1F600⟩, so that nothing is hidden; HTML and JSON hold it as
it is. Marks that change the direction of what follows are written like that, too: nothing that was disclosed
may turn the text around it.
"""

from __future__ import annotations

import re
from typing import Any

_FONTS = """
20-7E A0-AC AE-34E 350-377 37A-37F 384-38A 38E-3A1 3A3-4FF 510-513 51A-51D 531-556 559-58A 58D-58F
591-5C7 5D0-5EA 5EF-5F4 621-63A 640-655 660-66D 679-67B 67E-680 6F0-6F9 E94-E97 E99-E9F EA1-EA3
EAD-EB9 EC8-ECD 10D0-10FF 13A0-13F5 13F8-13FD 1AB0-1ACE 1D00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D
1F50-1F57 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE
2000-200A 2010-2027 202F-2037 2039-2040 2044-204B 2074-208E 2090-209C 20A0-20C0 20D0-20F0
2100-2103 210C-210F 2115-2117 211C-211E 2135-2139 214F-2151 2153-2184 2190-2220 2222-222D
2234-223D 2241-226B 226D-228B 228D-22A5 22B2-22B5 22C2-22C6 22CD-22D1 22DA-22E9 2300-2306
2308-2315 231C-2322 2325-232B 2335-237A 2380-2383 2388-238B 239B-23AE 2460-262F 2638-268B
2690-269C 26A0-26A5 26B0-26B2 2701-2704 2706-2709 270C-2727 2729-274B 274F-2752 2758-275E
2761-277F 2798-27AF 27B1-27BE 27E6-27EB 27F5-27F7 2800-28FF 2B05-2B0D 2B12-2B1A 2C60-2C71
2C74-2C77 2C7C-2CF3 2CF9-2CFF 2E22-2E25 A708-A716 A71B-A727 A789-A78E AB70-ABBF FB00-FB06
FB13-FB17 FB1D-FB36 FB38-FB3C FB46-FB4F FB52-FB81 FB8A-FB95 FBAA-FBAD FBFC-FBFF FE20-FE2F
FE70-FE74 FE76-FEFC
"""
"""Code points that Libertinus Serif, New Computer Modern or DejaVu Sans Mono have, regular and bold."""

_BREAKS = "\n\u00ad\u200b\u200c\u200d"
"""Line feed, soft hyphen, and where a word may or must not break: these have no glyph and need none."""


def _pattern() -> re.Pattern[str]:
    ranges = (one.split("-") for one in _FONTS.split())
    known = "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(f"[^{known}{_BREAKS}]")


_UNKNOWN = _pattern()
_WORD = re.compile(r"[^\s\u200b]{25,}")
"""Longer than a narrow column is wide. Words of a language are hyphenated, up to `HYPHENATED` letters."""
HYPHENATED = 45
_LINE = re.compile(r"[^\s\u200b]{65,}")
"""Longer than any digest: those are kept in one piece, so that a search finds them."""
_PIECE = re.compile(r".{1,4}[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u20d0-\u20f0\ufe20-\ufe2f]*")
"""Some letters with the marks that belong to the last of them."""


def shown(value: Any) -> Any:
    """The value with every text in it as the fonts can show it."""
    if isinstance(value, str):
        return _UNKNOWN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value.replace("\t", " "))
    if isinstance(value, dict):
        return {name: shown(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [shown(inner) for inner in value]
    return value


def breakable(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The plain blocks of a document, with every long run of letters marked where a line may end."""
    return [{name: _broken(name, value) for name, value in block.items()} for block in blocks]


def _broken(name: str, value: Any) -> Any:
    if name in ("svg", "alt"):
        return value
    if isinstance(value, str):
        return broken(value, _LINE)
    if name == "rows":
        return [[broken(cell, _LINE if len(cell) in (44, 64) else _WORD) for cell in row] for row in value]
    return [_broken("", one) for one in value] if isinstance(value, list) else value


def broken(text: str, long: re.Pattern[str] = _LINE) -> str:
    """The text with runs that are too long marked where a line may end; a paragraph keeps its number."""
    return long.sub(_mark, text.replace("§ ", "§\u00a0"))


def _mark(found: re.Match[str]) -> str:
    run = found[0]
    if len(run) <= HYPHENATED and run.strip(".,;:()„“\"'").replace("-", "").isalpha():
        return run
    return "\u200b".join(_PIECE.findall(run))
