"""In which language a caller is answered: German or English, as `Accept-Language` says (RFC 9110 §12.5.4)."""

from __future__ import annotations

from flask import request

DEFAULT = "en"
LANGUAGES = (DEFAULT, "de")


def language() -> str:
    """The language that the caller prefers of those that we speak; English where nothing is said."""
    # Not `best_match`: to it, somebody who prefers en-GB to German prefers German to en.
    for wanted, quality in request.accept_languages:
        spoken = wanted.partition("-")[0].lower()
        if quality > 0 and spoken in LANGUAGES:
            return spoken
    return DEFAULT
