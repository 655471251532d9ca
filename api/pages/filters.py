"""What of a page is written alike in every language: digests, code in sentences, the fillings of bars."""

from __future__ import annotations

from markupsafe import Markup

PATTERNS = ("yes", "no", "abstain")


def short(digest: str) -> Markup:
    """The beginning of a digest, in full for whoever points at it."""
    return Markup('<code title="{}">{}…</code>').format(digest, digest[:10])


def ticks(text: str) -> Markup:
    """A sentence in which words between backticks are code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


def pattern(value: str, index: int) -> str:
    """The filling of an option's bar: reserved options have their own, others take turns."""
    return value if value in PATTERNS else f"other{index % 3}"


FILTERS = {"short": short, "ticks": ticks, "pattern": pattern}
