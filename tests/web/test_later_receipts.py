"""Does an entry get its receipt against every published checkpoint that contains it, and against no other?"""

from __future__ import annotations

import pytest

from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.verification_key import parse_verification_key
from tests.web.site import Site, problem


class Voted:
    """A vote, and the address of its receipt; `before` is a size that was published without it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        motion = site.town.open()
        self.before = self.grown()
        vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
        self.receipt = site.post(vote).get_json()
        self.path = f"/receipts/{self.receipt['statement']}/tlog-proof"

    def grown(self, entries: int = 0) -> int:
        """Publishes so many entries more; the size then."""
        for number in range(entries):
            self.site.town.person(f"p{self.site.service.ledger.head()}.{number}")
        self.site.service.publication.settle()
        return self.site.service.publication.published.size()

    def at(self, size: int) -> bytes:
        """The receipt against a published checkpoint, verified as a stranger does, offline."""
        answer = self.site.get(self.path, size=size)
        assert (answer.status_code, answer.mimetype) == (200, "text/plain")
        assert "immutable" in answer.headers["Cache-Control"]
        receipt: bytes = answer.data
        proof = parse_tlog_proof(receipt)
        assert proof.extra is not None
        opened = proof.verify(proof.extra, [parse_verification_key(self.site.log_key)])
        assert (opened.checkpoint.size, proof.index) == (size, self.receipt["seq"])
        return receipt


@pytest.fixture
def voted(each_site: Site) -> Voted:
    """Once on each backend."""
    return Voted(each_site)


def test_a_receipt_against_a_later_checkpoint_verifies_offline(voted: Voted) -> None:
    """For an auditor who has that one; it is the same for ever, and so is the first one."""
    later = voted.grown(3)
    then = voted.at(later)
    assert then != voted.receipt["proof"].encode()
    newest = voted.grown(2)
    assert voted.at(later) == then != voted.at(newest)
    assert voted.site.get(voted.path).data == voted.receipt["proof"].encode()


def test_a_checkpoint_of_before_the_entry_proves_nothing_about_it(voted: Voted) -> None:
    """It is published, and it is not the one that was asked for."""
    for size in (1, voted.before):
        answer = problem(voted.site.get(voted.path, size=size), 404, "not-found")
        assert answer["detail"] == f"entry {voted.receipt['seq']} is not in the checkpoint of size {size}"


def test_what_was_not_published_is_no_size(voted: Voted) -> None:
    """Larger than everything: it may be one later, so nobody keeps the answer."""
    newest = voted.grown(1)
    for size in (newest + 1, 10**9):
        answer = voted.site.get(voted.path, size=size)
        assert "has no file checkpoints/" in problem(answer, 404, "not-found")["detail"]
        assert "immutable" not in answer.headers.get("Cache-Control", "")
    grown = voted.grown(1)
    assert grown == newest + 1
    voted.at(grown)
