"""The invented council of the Samtgemeinde Brakenfelde decides by circulation.

Two procedures: one that runs through (documents, a vote changed, a vote withdrawn, a document added
and votes confirmed, a late vote refused, the closing by the service, the publication), and one that stays
open for a fortnight, so that a visitor can vote in it with a key from the store.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.demo import sentences
from ledger.application import VotingLedger
from ledger.domain.profiles import complete
from ledger.errors import Refused
from ledger.founding import REGISTRAR, SERVICE, keys_of
from ledger.keyfile import read_key, write_key
from ledger.proof.disclosure import disclose
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.statement import procedure_id
from ledger.receipt import Receipt
from ledger.rfc3339 import utc
from ledger.sentence import Sentence

BODY, BODY_NAME = "samtgemeinderat", "Samtgemeinderat Brakenfelde (erfunden)"
CLERK, CHAIR = "sg-clerk", "m01"
VISITOR = "m17"
"""The member for whom a visitor may vote."""

NAMES = (
    "Anke Tiedemann", "Bernd Osterloh-Wiese", "Claas Rademaker", "Dörte Meinken", "Enno Habben",
    "Frauke Lüdeling", "Gesa Wittrock", "Hinnerk Posewang", "Imke Sandvoß", "Jörn Kattau",
    "Kerstin Ahlborn", "Lüder Brinkama", "Maren Stubbe", "Niels Overdiek", "Okka Fehnders",
    "Piet Harmening", "Renke Visser",
)  # fmt: skip

DEADLINE = 5.0
"""Seconds for which the first procedure is open: the demonstration waits for its end."""

ENGINE = "Beschaffung eines Tanklöschfahrzeugs für die Ortsfeuerwehr Moorhusen"
HEATING = "Erneuerung der Heizung in der Grundschule Am Deich"

_PAPER = """Samtgemeinde Brakenfelde (erfunden)                         Vorlage 2026/041

{title}

Beschlussvorschlag:
Dem Vorhaben wird nach Maßgabe dieser Vorlage zugestimmt.

Begründung:
{reason}
"""


@dataclass
class Told:
    """What happened, for the one who runs the demonstration."""

    lines: list[tuple[Sentence, dict[str, Any]]] = field(default_factory=list)
    """Sentences with their values."""
    open_procedure: str = ""


class Council:
    """Plays the council in `ledger`. What was played before is recognised and left alone."""

    def __init__(self, ledger: VotingLedger, wait: Callable[[float], None] = time.sleep) -> None:
        self._ledger, self._wait = ledger, wait
        self._folder = keys_of(ledger.store.home)
        self._registrar = read_key(self._folder / f"{REGISTRAR}.key")
        self._service = read_key(self._folder / f"{SERVICE}.key")
        self._keys = {name: self._key(name) for name in (CLERK, *self.members)}
        self.told = Told()

    @property
    def members(self) -> dict[str, str]:
        """Member id → invented name."""
        return {f"m{number:02}": name for number, name in enumerate(NAMES, start=1)}

    def play(self) -> Told:
        """Both procedures. Raises what submitting raises."""
        self._register()
        finished, running = (str(procedure_id(self._ledger.origin, title)) for title in (ENGINE, HEATING))
        if not self._known(finished):
            self._play_engine(finished)
        if not self._known(running):
            self._play_heating(running)
        self.told.open_procedure = running
        return self.told

    # ── the cast ───────────────────────────────────────────────────────────────────────────────

    def _register(self) -> None:
        with self._ledger.current() as state:
            known = {name for name in self._keys if state.has_person(name)}
            seated = state.has_body(BODY) and bool(state.body(BODY).seats)
            has_body = state.has_body(BODY)
        for subject in self._keys.keys() - known:
            self._register_person(subject)
        if not has_body:
            self._say("body-registered", REGISTRAR, body=BODY, name=self._disclosed("body", BODY_NAME))
        if not seated:
            seats = [{"member": member, "weight": 1, "group": None} for member in self.members]
            self._say("seats-changed", REGISTRAR, body=BODY, granted=seats, ended=[])

    def _register_person(self, subject: str) -> None:
        roles = ["clerk"] if subject == CLERK else ["member"]
        name = self.members.get(subject, "Büro des Samtgemeindebürgermeisters (erfunden)")
        wanted = {
            "actor": REGISTRAR,
            "subject": subject,
            "roles": roles,
            "key": b64(self._keys[subject].public),
            "name": self._disclosed("person", name),
        }
        self._ledger.speak("key-registered", wanted, self._registrar, self._keys[subject])

    # ── a procedure that runs through ──────────────────────────────────────────────────────────

    def _play_engine(self, procedure: str) -> None:
        paper = self._document(
            ENGINE, "Das vorhandene Fahrzeug ist 31 Jahre alt und nicht mehr zu reparieren."
        )
        closes_at = self._in(seconds=DEADLINE)
        self._open(procedure, ENGINE, [paper], complete("nkomvg-66"), closes_at)
        for number, member in enumerate(list(self.members)[:12]):
            self._vote(procedure, member, "no" if number % 5 == 4 else "yes")
        changed = self._vote(procedure, "m05", "yes")
        self._tell(sentences.CHANGED, member=self.members["m05"], seq=str(changed.seq))
        withdrawn = self._say("vote-withdrawn", "m03", procedure=procedure, member="m03")
        self._tell(sentences.WITHDRAWN, member=self.members["m03"], seq=str(withdrawn.seq))
        offer = self._document("Nachtrag: Angebot eines zweiten Ausrüsters", "Der Preis liegt 4 % niedriger.")
        self._say("document-attached", CLERK, procedure=procedure, document=offer)
        self._tell(sentences.DOCUMENT_ADDED)
        for number, member in enumerate(list(self.members)[:14]):
            self._vote(procedure, member, ("yes", "yes", "no", "yes", "abstain")[number % 5])
        self._wait(max(0.0, self._seconds_until(closes_at)) + 0.05)
        self._late(procedure)
        closed = self._ledger.close_procedure(UUID(procedure), SERVICE, self._service)
        self._tell(sentences.CLOSED, seq=str(closed.seq))
        self._publish(procedure)

    def _publish(self, procedure: str) -> None:
        self._say("result-determined", CLERK, procedure=procedure)
        self._say("result-announced", CLERK, procedure=procedure, to="members")
        published = self._say("result-published", CLERK, procedure=procedure)
        self._tell(sentences.PUBLISHED, seq=str(published.seq))

    def _late(self, procedure: str) -> None:
        try:
            self._vote(procedure, "m16", "no")
        except Refused as refused:
            self._tell(sentences.LATE, member=self.members["m16"], code=refused.code, error=refused)
        else:
            raise AssertionError("a vote after the deadline was accepted")

    # ── a procedure that stays open ────────────────────────────────────────────────────────────

    def _play_heating(self, procedure: str) -> None:
        paper = self._document(HEATING, "Die Anlage von 1998 soll durch eine Wärmepumpe ersetzt werden.")
        profile = {**complete("nkomvg-66"), "result_visibility": "live"}
        self._open(procedure, HEATING, [paper], profile, self._in(days=14))
        for number, member in enumerate(list(self.members)[:9]):
            self._vote(procedure, member, ("yes", "no", "yes", "abstain")[number % 4])

    # ── small parts ────────────────────────────────────────────────────────────────────────────

    def _open(
        self, procedure: str, title: str, documents: list[Any], profile: dict[str, Any], closes_at: str
    ) -> None:
        item = {
            "id": "1",
            "wording": self._disclosed("wording", f"Dem Vorhaben „{title}“ wird zugestimmt."),
            "options": ["yes", "no", "abstain"],
            "polarity": "for",
            "public": True,
        }
        opened = self._say(
            "procedure-opened",
            CLERK,
            procedure=procedure,
            body=BODY,
            items=[item],
            documents=documents,
            profile=profile,
            chair=CHAIR,
            closes_at=closes_at,
            title=self._disclosed("title", title),
        )
        self._tell(sentences.OPENED, title=title, seq=str(opened.seq), closes_at=closes_at)

    def _vote(self, procedure: str, member: str, choice: str) -> Receipt:
        return self._say("vote-cast", member, procedure=procedure, member=member, choices={"1": choice})

    def _document(self, title: str, reason: str) -> dict[str, Any]:
        data = _PAPER.format(title=title, reason=reason).encode("utf-8")
        sha256 = hashlib.sha256(data).hexdigest()
        self._ledger.put_document(sha256, io.BytesIO(data), limit=len(data))
        return {"sha256": sha256, "size": len(data), "media_type": "text/plain", "item": None}

    def _say(self, kind: str, actor: str, **wanted: Any) -> Receipt:
        key = self._registrar if actor == REGISTRAR else self._keys[actor]
        return self._ledger.speak(kind, {"actor": actor, **wanted}, key)

    def _disclosed(self, name: str, value: str) -> str:
        disclosure = disclose(name, value, secrets.token_bytes(16))
        self._ledger.disclose([disclosure.encoded])
        return disclosure.digest

    def _key(self, name: str) -> SigningKey:
        path = self._folder / "members" / f"{name}.key"
        return read_key(path) if path.exists() else write_key(path, secrets.token_bytes(32))

    def _known(self, procedure: str) -> bool:
        with self._ledger.current() as state:
            return state.known(UUID(procedure)) is not None

    def _in(self, **delta: float) -> str:
        moment = datetime.fromisoformat(self._ledger.clock()) + timedelta(**delta)
        return utc(moment)

    def _seconds_until(self, at: str) -> float:
        return (datetime.fromisoformat(at) - datetime.fromisoformat(self._ledger.clock())).total_seconds()

    def _tell(self, sentence: Sentence, **values: Any) -> None:
        self.told.lines.append((sentence, values))
