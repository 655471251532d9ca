"""What happens in the demonstration, for the one who runs it."""

from __future__ import annotations

from ledger.sentence import Sentence

OPENED = Sentence(
    "{title}: opened by entry {seq}, open until {closes_at}",
    "{title}: eröffnet mit Eintrag {seq}, offen bis {closes_at}",
)
CHANGED = Sentence(
    "{member} changed the vote: entry {seq} replaces the earlier one",
    "{member} ändert die Stimme: Eintrag {seq} ersetzt die frühere",
)
WITHDRAWN = Sentence(
    "{member} took the vote back: entry {seq}", "{member} nimmt die Stimme zurück: Eintrag {seq}"
)
DOCUMENT_ADDED = Sentence(
    "a document was added: votes count again once they are given on the new ballot paper",
    "eine Unterlage kommt hinzu: Stimmen zählen wieder, sobald sie auf dem neuen Stimmzettel abgegeben sind",
)
CLOSED = Sentence(
    "the service closed it at the deadline: entry {seq}",
    "der Dienst schließt das Verfahren mit Fristablauf: Eintrag {seq}",
)
PUBLISHED = Sentence(
    "the result was determined, announced and published: entry {seq}",
    "das Ergebnis ist festgestellt, mitgeteilt und bekannt gemacht: Eintrag {seq}",
)
LATE = Sentence(
    "{member} was late: refused ({code}: {error})", "{member} ist zu spät: abgewiesen ({code}: {error})"
)
