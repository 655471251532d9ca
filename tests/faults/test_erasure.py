"""Does a crash in the middle of an erasure leave nothing erased unrecorded, and nothing recorded unerased?"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.service.place import Place as Served
from api.service.server import application, close
from ledger.application import VotingLedger
from ledger.audit import Audit, audit_store
from ledger.errors import Erased, NotFound, StoreLocked
from ledger.proof.disclosure import Disclosure, disclose
from ledger.proof.statement import Statement
from ledger.redaction import DONE
from tests.support.builders import CHAIR, CLERK, Clock, LedgerBuilder, a_town
from tests.support.dying_eraser import DIED, NOW, STEPS
from tests.support.places import Place
from tests.support.remains import remains

CHECKOUT = Path(__file__).resolve().parents[2]
TITLE = disclose("title", "Okka Fehnders gets a new roof, and must not be named here", b"\x01" * 16)
KEPT = disclose("title", "The school gets one as well, and may be named", b"\x02" * 16)
PAPERS = [b"The first offer, with an address in it. " * 50, b"Another offer, from somebody else. " * 50]
SHA256 = [hashlib.sha256(paper).hexdigest() for paper in PAPERS]


def prepared(town: LedgerBuilder) -> Statement:
    """Two procedures with titles, two documents; the statement redacts one title and both documents."""
    town.ledger.disclose([TITLE.encoded, KEPT.encoded])
    for sha256, paper in zip(SHA256, PAPERS, strict=True):
        town.ledger.put_document(sha256, io.BytesIO(paper), limit=len(paper))
    papers: list[dict[str, Any]] = [
        {"sha256": sha256, "size": len(paper), "media_type": "text/plain", "item": None}
        for sha256, paper in zip(SHA256, PAPERS, strict=True)
    ]
    motion = town.open("motion", title=TITLE.digest, documents=papers)
    town.open("other", title=KEPT.digest)
    town.vote(motion, "m1")
    named: dict[str, Any] = {"stream": motion, "digests": [TITLE.digest], "documents": SHA256}
    return town.statement("redacted", CLERK, legal_basis="gdpr-17-1-a", authority=CHAIR, **named)


def interrupted(place: Place, step: str) -> Statement:
    """A redaction by a process that died at this step."""
    town = a_town(place.open())
    with closing(town.ledger):
        statement = prepared(town)
    body = json.dumps(statement.envelope.to_dict()).encode()
    order = [sys.executable, "-m", "tests.support.dying_eraser", step, place.where, str(place.home)]
    done = subprocess.run(order, input=body, cwd=CHECKOUT, capture_output=True, check=False)
    assert done.returncode == DIED, done.stderr.decode()
    return statement


def opened(place: Place) -> VotingLedger:
    """The ledger as a process finds it that starts now."""
    return VotingLedger(place.open(), clock=Clock(NOW))


def is_recorded(ledger: VotingLedger, statement: Statement) -> bool:
    """Whether the log says that it was redacted."""
    try:
        ledger.receipt(statement.envelope.digest)
    except NotFound:
        return False
    return True


def is_there(ledger: VotingLedger, text: Disclosure) -> bool:
    """Whether a text can still be read."""
    return text.digest in ledger.disclosures([text.digest])


def audited(place: Place) -> Audit:
    """What an auditor says."""
    with place.open() as store:
        return audit_store(store)


def check_erased(place: Place, ledger: VotingLedger) -> None:
    """Nothing is left of it, the rest is, and everything verifies."""
    assert not is_there(ledger, TITLE)
    assert is_there(ledger, KEPT)
    for sha256 in SHA256:
        with pytest.raises(Erased, match="was erased by entry"):
            ledger.open_document(sha256)
    audit = audited(place)
    assert audit.failures == []
    assert (audit.beside.disclosed, audit.beside.undisclosed, audit.beside.redacted) == (1, 0, 1)
    assert remains(place.home, [TITLE, *PAPERS]) == {}


@pytest.mark.parametrize("step", [step for step in STEPS if step != "before the entry"])
def test_an_erasure_that_was_interrupted_is_finished_by_the_next_start(place: Place, step: str) -> None:
    """It is recorded already: the service, or the next redaction, completes it; and once more is harmless."""
    statement = interrupted(place, step)
    with closing(opened(place)) as ledger:
        assert is_recorded(ledger, statement)
        finished = ledger.erasures.finish()
        assert set(finished) == {TITLE.digest, *SHA256}
        check_erased(place, ledger)
        assert ledger.erasures.finish() == []


@pytest.mark.parametrize("step", STEPS)
def test_the_same_envelope_again_finishes_an_erasure(place: Place, step: str) -> None:
    """Who got no answer sends it again, and gets the first receipt; then everything is erased."""
    statement = interrupted(place, step)
    with closing(opened(place)) as ledger:
        known = is_recorded(ledger, statement)
        receipt = ledger.submit(statement.envelope)
        assert receipt.repeated == known == (step != "before the entry")
        check_erased(place, ledger)


def test_nothing_is_erased_that_is_not_recorded(place: Place) -> None:
    """A process that dies before the entry has erased nothing."""
    statement = interrupted(place, "before the entry")
    with closing(opened(place)) as ledger:
        assert not is_recorded(ledger, statement)
        assert ledger.erasures.finish() == []
        assert is_there(ledger, TITLE)
        for sha256 in SHA256:
            ledger.open_document(sha256).close()
    assert audited(place).failures == []


def test_an_audit_in_between_says_what_is_still_there(place: Place) -> None:
    """Redacted and not erased is a broken promise, and not a tampered log."""
    interrupted(place, "after the entry")
    audit = audited(place)
    assert [failure.check for failure in audit.failures] == ["7.4"] * 3
    assert not audit.holds


def test_a_service_that_starts_finishes_an_erasure(place: Place) -> None:
    """Nobody has to think of it."""
    interrupted(place, "after the entry")
    app: Any = application(Served(place.where, place.home))
    try:
        with closing(opened(place)) as ledger:
            check_erased(place, ledger)
    finally:
        close(app)


def test_a_service_starts_although_an_erasure_cannot_be_finished(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Voting must not wait for a backup that holds the table; the log says what is still to do."""
    interrupted(place, "after the entry")

    def locked(*_: Any) -> None:
        raise StoreLocked("a reader keeps an old copy")

    monkeypatch.setattr("ledger.redaction.erase", locked)
    close(application(Served(place.where, place.home)))
    assert "an erasure is not finished: a reader keeps an old copy" in caplog.text


def test_what_an_old_backup_brought_back_is_erased_again(place: Place) -> None:
    """The texts were restored from before the redaction; that it was done once is not believed."""
    town = a_town(place.open())
    with closing(town.ledger) as ledger:
        town.send(prepared(town))
        check_erased(place, ledger)
        ledger.store.disclosures.put_all({key(TITLE): TITLE.encoded.encode()})
        ledger.store.documents.put(SHA256[0], io.BytesIO(PAPERS[0]), 10_000)
        assert [failure.check for failure in audited(place).failures] == ["7.4", "7.4"]
        assert set(ledger.erasures.finish()) == {TITLE.digest, SHA256[0]}
        check_erased(place, ledger)


def key(text: Disclosure) -> bytes:
    """The digest under which a text is kept."""
    return hashlib.sha256(text.encoded.encode()).digest()


@pytest.mark.parametrize("mark", [None, "nonsense", ""])
def test_a_lost_mark_costs_nothing_but_work(place: Place, mark: str | None) -> None:
    """The file that says how far everything is erased is only a reminder."""
    town = a_town(place.open())
    with closing(town.ledger) as ledger:
        town.send(prepared(town))
        (place.home / DONE).unlink()
        if mark is not None:
            (place.home / DONE).write_text(mark)
        assert set(ledger.erasures.finish()) == {TITLE.digest, *SHA256}
        assert ledger.erasures.finish() == []
        check_erased(place, ledger)


def test_an_erased_text_cannot_be_stored_again(place: Place) -> None:
    """Somebody kept a copy of the title: it does not come back, and neither does the document."""
    town = a_town(place.open())
    with closing(town.ledger) as ledger:
        town.send(prepared(town))
        with pytest.raises(Erased):
            ledger.disclose([KEPT.encoded, TITLE.encoded])
        with pytest.raises(Erased):
            ledger.put_document(SHA256[0], io.BytesIO(PAPERS[0]), limit=10_000)
        check_erased(place, ledger)


def test_a_text_that_arrives_during_its_erasure_does_not_stay(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was allowed when it was looked at, and redacted before it was stored: looked at once more."""
    town = a_town(place.open())
    with closing(town.ledger) as ledger:
        statement = prepared(town)
        put_all = ledger.store.disclosures.put_all

        def meanwhile(bodies: Any) -> None:
            monkeypatch.undo()
            town.send(statement)
            put_all(bodies)

        kind = type(ledger.store.disclosures)
        monkeypatch.setattr(kind, "put_all", lambda _self, bodies: meanwhile(bodies))
        with pytest.raises(Erased):
            ledger.disclose([TITLE.encoded])
        check_erased(place, ledger)
