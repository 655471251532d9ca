"""The roles of those who sign, as refusals name them."""

from __future__ import annotations

from ledger.domain.words import course_english, course_german
from ledger.sentence import Sentence

ROLES = {role: Sentence(said, course_german.ROLES[role]) for role, said in course_english.ROLES.items()}
