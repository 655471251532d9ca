"""The search for garbage in a process that serves: as rare as it can be without keeping much of it."""

from __future__ import annotations

import gc

YOUNG = 50_000
"""Objects that may be new before garbage is looked for among them: more than a crowd of waiting votes has."""


def keep_what_is_loaded() -> None:
    """To be called once, when a process has loaded everything.

    What was loaded stays: looking through it for garbage took a tenth of a vote.
    """
    gc.freeze()
    gc.set_threshold(YOUNG)
