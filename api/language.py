"""In which language a caller is answered: German or English.

As `lang` in the address says, which the pages' links keep, or `Accept-Language` (RFC 9110 §12.5.4).
"""

from __future__ import annotations

from flask import request

DEFAULT = "en"
LANGUAGES = (DEFAULT, "de")


def language() -> str:
    """The language that the caller prefers of those that we speak; English where nothing is said."""
    if (asked := language_asked()) is not None:
        return asked
    # Not `best_match`: to it, somebody who prefers en-GB to German prefers German to en.
    for wanted, quality in request.accept_languages:
        spoken = wanted.partition("-")[0].lower()
        if quality > 0 and spoken in LANGUAGES:
            return spoken
    return DEFAULT


def language_asked() -> str | None:
    """The language that the address names, if it names one that we speak."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else None
