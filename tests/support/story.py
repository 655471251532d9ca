"""A whole honest ledger for verifiers to chew on: every kind of statement, and names for its entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ledger.domain.profiles import complete
from ledger.proof.entry import NO_LINK
from tests.support.memory_ledger import SERVICE, START, MemoryLedger, document, item, key_of, later, public_of

OPENS, DEADLINE = later(START, 300), later(START, 600)
NAME = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
"""Digest of a disclosure."""
TIED = {**complete("simple-majority-casting-vote"), "documents": "reconfirm"}


@dataclass
class Story:
    """The ledger, its two procedures, and the number of each entry that has a name."""

    ledger: MemoryLedger
    seq: dict[str, int] = field(default_factory=dict)
    timed: str = ""
    chaired: str = ""

    def mark(self, name: str) -> None:
        """Names the last entry."""
        self.seq[name] = len(self.ledger.rows) - 1

    def before(self, name: str) -> MemoryLedger:
        """A ledger as it was before the named entry, ready to go on."""
        return self.until(self.seq[name])

    def until(self, count: int) -> MemoryLedger:
        """A ledger with the first `count` entries, ready to go on."""
        again = MemoryLedger()
        again._keys.update(self.ledger._keys)
        again._nonces = 1000
        for data in self.ledger.entries[:count]:
            again.take(data)
        return again


def tell(*, anchored: bool = True) -> Story:
    """Tells it from the beginning; always the same bytes."""
    ledger = MemoryLedger()
    story = Story(ledger)
    ledger.found()
    ledger.council("anna", "bert", "cem")
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    ledger.person("dora")
    _keys(story)
    _log(story, anchored=anchored)
    _timed(story)
    _chaired(story)
    return story


@cache
def story() -> Story:
    """The story, told once; nobody may change it."""
    return tell()


@cache
def unanchored() -> Story:
    """The same without the anchor, whose time stamp nobody keeps: all that it names is there."""
    return tell(anchored=False)


def _keys(story: Story) -> None:
    """Cem gets another key, Dora loses hers."""
    ledger = story.ledger
    keys = (key_of("cem"), key_of("cem/2"))
    new: dict[str, Any] = {"subject": "cem", "old": public_of("cem"), "key": public_of("cem/2")}
    ledger.put("key-rotated", "cem", keys=keys, **new)
    story.mark("rotation")
    lost: dict[str, Any] = {"reason": "lost", "suspect_from": None}
    ledger.put("key-revoked", subject="dora", key=public_of("dora"), **lost)
    story.mark("revocation")


def _log(story: Story, *, anchored: bool) -> None:
    """The log gets another key, its head is anchored, and Okka's name is erased."""
    ledger = story.ledger
    ledger.put("log-key-rotated", old=ledger.log_key("log"), new=ledger.log_key("log/2"))
    story.mark("log key")
    if anchored:
        ledger.put("anchored", SERVICE, size=5, root=NO_LINK, tsa="tsa.example", token_sha256="ab" * 32)
        story.mark("anchor")
    named: dict[str, Any] = {"subject": "okka", "roles": ["member"], "key": ledger.public("okka")}
    ledger.put("key-registered", **named, name=NAME)
    why: dict[str, Any] = {"legal_basis": "gdpr-17-1-b", "authority": "vera"}
    ledger.put("redacted", "chris", digests=[NAME], **why)
    story.mark("redaction")


def _timed(story: Story) -> None:
    """A procedure with a deadline; Anna changes her mind, Bert takes his vote back."""
    ledger = story.ledger
    times = {"opens_at": OPENS, "closes_at": DEADLINE}
    story.timed = ledger.open("timed", profile="nkomvg-66", **times)
    story.mark("timed opening")
    ledger.vote(story.timed, "anna", "yes", at=OPENS)
    story.mark("anna's first vote")
    ledger.vote(story.timed, "bert", "no")
    story.mark("bert's vote")
    ledger.vote(story.timed, "anna", "no")
    story.mark("anna's second vote")
    ledger.withdraw(story.timed, "bert")
    story.mark("bert's withdrawal")
    ledger.vote(story.timed, "cem", "yes", keys=(key_of("cem/2"),))
    story.mark("cem's vote")
    ledger.close(story.timed, SERVICE, at=DEADLINE)
    story.mark("timed closing")


def _chaired(story: Story) -> None:
    """A procedure that the chair closes: a document on the way, a tie, the casting vote, and annulled."""
    ledger = story.ledger
    items = [item("1"), item("2")]
    story.chaired = ledger.open("chaired", profile=TIED, chair="vera", items=items)
    story.mark("chaired opening")
    ledger.vote(story.chaired, "anna", "yes")
    ledger.put("document-attached", "chris", procedure=story.chaired, document=document("late"))
    story.mark("document")
    ledger.vote(story.chaired, "anna", "yes")
    ledger.vote(story.chaired, "bert", {"1": "no", "2": "yes"})
    story.mark("bert on two items")
    ledger.put("presence-recorded", "chris", procedure=story.chaired, members=["cem"])
    story.mark("presence")
    casting: dict[str, Any] = {"member": "vera", "choices": {"1": "yes"}}
    ledger.put("casting-vote-given", "vera", procedure=story.chaired, **casting)
    story.mark("casting vote")
    ledger.close(story.chaired, "vera")
    story.mark("chaired closing")
    ledger.put("result-annulled", "chris", procedure=story.chaired, repeated_as=None)
    story.mark("annulment")
