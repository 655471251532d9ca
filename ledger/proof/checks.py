"""The catalogue of checks. Numbers are stable: a check may be added, never renumbered.

Group 1 looks at one entry, 2 at its links, 3 at its statement, 4 at the signatures, 5 at the rules,
6 at the copy in a database, 7 at documents and disclosures, 8 at the published form of the log: tree,
tiles, checkpoints, witnesses, receipts, 9 at anchors (time stamps over checkpoints), 10 at a dossier.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple, Self

from ledger.errors import StimmbuchError
from ledger.proof import checks_german
from ledger.proof.sentences import verification
from ledger.sentence import LANGUAGES, Sentence, literally

CHECKS = {
    "1.1": "the bytes are an entry in its one form",
    "1.2": "the entry names this ledger",
    "2.1": "seq continues without a gap",
    "2.2": "prev is the leaf hash of the entry before",
    "2.3": "the entry stands in the stream of its statement",
    "2.4": "pos continues within the stream",
    "2.5": "sprev is the leaf hash of the stream's entry before",
    "2.6": "time does not run backwards",
    "3.1": "the statement has a known type and its exact members, in canonical form",
    "3.2": "the statement names this ledger",
    "3.3": "no statement is recorded twice",
    # What a signer had seen is a part of the statement, whatever it takes to look at it.
    "3.4": "the checkpoint that the signer had seen is one of this log before the entry",
    "4.1": "every signer's key is registered and live at this entry",
    "4.2": "every required signature verifies, and there is no other",
    "5.1": "the rules allow the statement at this place",
    "5.2": "the ballot paper has the digest that was signed",
    "5.3": "the closing seal and its tally are those of the procedure",
    "6.1": "the database repeats the entry's number, stream, position, type and digest",
    "7.1": "a document has the digest under which it is kept",
    "7.2": "an attached document is there",
    "7.3": "a disclosure has the digest under which it is kept",
    "7.4": "what was redacted is not there any more",
    "8.1": "the tree over the entries has the root of the checkpoint",
    "8.2": "a checkpoint is a signed note in its one form",
    "8.3": "every signature of a known log key verifies, and there is one",
    "8.4": "the checkpoint names this log",
    "8.5": "the witnesses that the policy asks for have cosigned",
    "8.6": "a newer tree begins with the older one",
    "8.7": "tiles and entry bundles hold what the tree is made of",
    "8.8": "the entry is included in the tree of the checkpoint",
    "8.9": "every cosignature of a known witness verifies",
    "8.10": "verification keys and policies are written in their one form",
    "8.11": "every published checkpoint is kept and listed under its size",
    "8.12": "the signer remembers the published log, or a later one",
    "8.13": "what the signer signed last is published, or lies there to be published",
    "8.14": "a checkpoint of the log is published",
    "8.15": "what shows the root of the tree that a signer had seen is at hand",
    "9.1": "the time stamp that an anchor names is kept",
    "9.2": "it has the digest that the anchor names",
    "9.3": "a time stamp is a granted RFC 3161 response over SHA-256",
    "9.4": "the certificates of the time-stamping authority are at hand",
    "9.5": "a trusted authority signed the time stamp, with a certificate that was valid then",
    "9.6": "the time stamp is over the checkpoint that the anchor names",
    "9.7": "the checkpoint that an anchor names is one of this log",
    "9.8": "no entry is younger than a time stamp over it",
    "9.9": "no anchor is older than its time stamp",
    "9.10": "a time stamp answers the request that was made",
    "10.1": "a dossier holds the files of its layout, each once and readable",
    "10.2": "every proof of a dossier is against its one checkpoint",
    "10.3": "a dossier holds one procedure, those that it repeats, and the register",
    "10.4": "documents and texts of a dossier are named by its entries",
    "10.5": "the log keys beside a dossier are those that its entries name",
}

INCOMPLETE = frozenset({"7.2", "8.14", "8.15", "9.1", "9.4"})
"""Checks whose failure means that something could not be looked at, not that something is wrong."""

OF_ENTRIES = ("1.1",)
"""Checks that are made of everything that should be an entry (`ledger.proof.verify`) …"""
OF_READ = ("1.2", "2.4", "2.5", "2.6", "3.1", "3.3")
"""… if it is one …"""
OF_STATEMENTS = ("2.3", "3.2", "4.1", "4.2", "5.1")
"""… if its statement can be read …"""
OF_KINDS = {"procedure-opened": "5.2", "document-attached": "5.2", "procedure-closed": "5.3"}
"""… and if it is one of these."""


class Conclusion(StrEnum):
    """What an audit comes to (ISO 19011: audit conclusion)."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    OLDER = "older than what was kept"
    INCOMPLETE = "incomplete"


def conclude(failed: Collection[str], *, older: bool = False) -> Conclusion:
    """What follows from the checks that failed; `older`: whether the log ends before what was kept of it.

    What is wrong outweighs what is old, and that what could not be looked at.
    """
    if not INCOMPLETE.issuperset(failed):
        return Conclusion.DOES_NOT_HOLD
    if older:
        return Conclusion.OLDER
    return Conclusion.INCOMPLETE if failed else Conclusion.HOLDS


class Failure(NamedTuple):
    """A check that does not hold: where, and what was expected and found."""

    check: str
    seq: int | None
    message: str
    expected: str = ""
    found: str = ""
    german: str = ""
    """`message` in German; empty where it is said in English only."""

    @classmethod
    def of(
        cls,
        check: str,
        seq: int | None,
        what: Sentence | StimmbuchError,
        expected: str = "",
        found: str = "",
        **values: object,
    ) -> Self:
        """A failure that is said in both languages: a sentence over `values`, or what an error says."""
        error = what if isinstance(what, StimmbuchError) else StimmbuchError(what, **values)
        return cls(check, seq, error.message, expected, found, error.said("de") or "")

    @property
    def sentence(self) -> str:
        """The failure as one line, in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """The failure as one line."""
        what = check_said(self.check, language).removesuffix(".")
        told = self._asdict() | {"what": what, "message": self.words(language)}
        where = "" if self.seq is None else verification.AT_ENTRY.say(language, told)
        values = verification.EXPECTED_AND_FOUND.say(language, told) if self.expected or self.found else ""
        return where + verification.FAILED_CHECK.say(language, told) + values

    def as_sentence(self) -> Sentence:
        """The failure as one line, to be said within another sentence."""
        return Sentence(*(literally(self.said(language)) for language in LANGUAGES))

    def words(self, language: str) -> str:
        """What is wrong, without its place; in English where there is nothing else."""
        return in_language(language, self.message, self.german)

    def to_dict(self) -> dict[str, object]:
        """The failure as plain values, for `--json`."""
        return self._asdict() | {"sentence": self.sentence}


def in_language(language: str, message: str, german: str) -> str:
    """What is said of a failure: in German if it was asked for, and is there."""
    return german or message if language == "de" else message


def check_said(number: str, language: str) -> str:
    """What a check asks, in words."""
    return checks_german.CHECKS[number] if language == "de" else CHECKS[number]
