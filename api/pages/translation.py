"""The sentences of the pages in the caller's language.

They stand in templates and code in English, and are the keys of the German ones (`german/`): gettext's way.
Values are put in by name: "%(voted)s of %(members)s". A test keeps both languages complete.
"""

from __future__ import annotations

from api.language import language
from api.pages.german import GERMAN


def translated(sentence: str) -> str:
    """The sentence in the caller's language, its values not put in yet."""
    return GERMAN.get(sentence, sentence) if language() == "de" else sentence


def counted(one: str, many: str, number: int) -> str:
    """One of two sentences, as the number asks for; both languages have the same rule."""
    return translated(one if number == 1 else many)


def marked(sentence: str) -> str:
    """The sentence as it is: it stands in a table, and is translated where it is said."""
    return sentence
