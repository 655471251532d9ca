"""What is being gone through, in a line that is rewritten in place."""

from __future__ import annotations

from ledger.sentence import Sentence

ENTRIES = Sentence("entries", "Einträge")
AUDITED = Sentence("entries audited", "geprüfte Einträge")
RESTORING = Sentence("restoring", "zurückgeholt")
VOTES = Sentence("votes", "Stimmen")
PAGES = Sentence("pages", "Seiten")
LEFT = Sentence(", {seconds} s left", ", noch {seconds} s")
