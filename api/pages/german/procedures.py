"""Auf Deutsch: ein Verfahren, auf der Übersicht und auf seiner Seite."""

from __future__ import annotations

GERMAN = {
    "held %(time)s": "Abstimmung am %(time)s",
    "entered here %(time)s": "hier eingetragen am %(time)s",
    "opened %(time)s": "eröffnet am %(time)s",
    "closed %(time)s": "geschlossen am %(time)s",
    "votes count until %(time)s": "Stimmen zählen bis %(time)s",
    "open until the chair closes": "offen, bis der Vorsitz schließt",
    "Nothing has happened since.": "Seitdem ist nichts geschehen.",
    "One entry earlier": "Einen Eintrag früher",
    "One entry later": "Einen Eintrag später",
    "Annulled and repeated as another procedure.": "Aufgehoben und als anderes Verfahren wiederholt.",
    "A vote counts if it is recorded before %(time)s; exactly then is late.": (
        "Eine Stimme zählt, wenn sie vor %(time)s eingetragen ist; genau dann ist es zu spät."
    ),
    "Of some members no receipt is on record, so their deadlines do not run. Once all others have passed, "
    "chair or clerk may close by declaration; who was not reached then makes deciding by circulation "
    "invalid.": (
        "Bei einigen Mitgliedern ist kein Zugang vermerkt, ihre Fristen laufen also nicht. Sind alle anderen "
        "abgelaufen, können Vorsitz oder Sitzungsdienst durch Erklärung schließen; wer dann nicht erreicht "
        "war, macht das Umlaufverfahren unwirksam."
    ),
    "The deadline has passed at %(time)s; unless it is extended, the service closes at %(due)s, and chair or "
    "clerk may close earlier.": (
        "Die Frist ist am %(time)s abgelaufen; wird sie nicht verlängert, schließt der Dienst am %(due)s, "
        "und Vorsitz oder Sitzungsdienst können früher schließen."
    ),
    "The deadline has passed at %(time)s; the closing is still to be recorded.": (
        "Die Frist ist am %(time)s abgelaufen; der Schluss der Abstimmung ist noch einzutragen."
    ),
    # Ergebnis
    "As the votes stand:": "Nach dem Stand der Stimmen:",
    "By the votes, not determined yet:": "Nach den Stimmen, noch nicht festgestellt:",
    "Result:": "Ergebnis:",
    "Votes on %(title)s, item %(item)s": "Stimmen zu %(title)s, Punkt %(item)s",
    "Votes on %(title)s": "Stimmen zu %(title)s",
    "%(voted)s of %(members)s members have a vote that counts.": (
        "Von %(members)s Mitgliedern haben %(voted)s gültig abgestimmt."
    ),
    "Counts and choices are withheld until the closing, as the rule profile says. Who has voted is "
    "visible.": (
        "Zahlen und Stimmen bleiben bis zum Schluss der Abstimmung vorenthalten, wie es das Regelprofil "
        "bestimmt. Wer abgestimmt hat, ist zu sehen."
    ),
    "Matches the published result": "Stimmt mit dem veröffentlichten Ergebnis überein",
    "Differs from the published result": "Weicht vom veröffentlichten Ergebnis ab",
    "Source: %(source)s": "Quelle: %(source)s",
    "Votes by group": "Stimmen nach Gruppen",
    "Votes by group, item %(item)s": "Stimmen nach Gruppen, Punkt %(item)s",
    "without a group": "ohne Gruppe",
    "The votes as they stand": "Stand der Stimmen",
    "Result": "Ergebnis",
    "How this follows (item %(item)s)": "Wie das folgt (Punkt %(item)s)",
    "How this follows": "Wie das folgt",
    "Would the result be another one? (item %(item)s)": "Wäre das Ergebnis ein anderes? (Punkt %(item)s)",
    "Would the result be another one?": "Wäre das Ergebnis ein anderes?",
    # Stimmzettel
    "What is decided": "Worüber entschieden wird",
    "Item %(item)s": "Punkt %(item)s",
    "item %(item)s": "Punkt %(item)s",
    "the wording was %(gone)s; its digest %(digest)s is part of the ballot paper": (
        "der Wortlaut wurde %(gone)s; sein Hashwert %(digest)s steht auf dem Stimmzettel"
    ),
    "the wording is not disclosed; its digest %(digest)s is part of the ballot paper": (
        "der Wortlaut ist nicht offengelegt; sein Hashwert %(digest)s steht auf dem Stimmzettel"
    ),
    "no wording was recorded": "es ist kein Wortlaut erfasst",
    "(a recommendation to reject the motion)": "(eine Empfehlung, den Antrag abzulehnen)",
    "Options:": "Zur Wahl:",
    "Documents": "Unterlagen",
    "Documents on which it is decided": "Unterlagen, auf deren Grundlage entschieden wird",
    "Document %(number)s": "Unterlage %(number)s",
    "not stored here": "hier nicht gespeichert",
    "attached later": "später beigefügt",
    "There are no documents.": "Es gibt keine Unterlagen.",
    # Berichte
    "Reports": "Berichte",
    "Extract for the minutes": "Auszug für die Niederschrift",
    "(not public)": "(nicht öffentlich)",
    "Resolution, public items without names": "Beschluss, öffentliche Punkte ohne Namen",
    "Audit report, with every check": "Prüfbericht, mit allen Prüfungen",
    "German": "deutsch",
    "English": "englisch",
    # Teilnehmende
    "Who takes part": "Wer teilnimmt",
    "Votes that count:": "Gültige Stimmen:",
    "No vote of these counts yet:": "Noch keine gültige Stimme von:",
    "Members": "Mitglieder",
    "All members": "Alle Mitglieder",
    "Members who may vote": "Stimmberechtigte Mitglieder",
    "Members and their votes": "Mitglieder und ihre Stimmen",
    "(the first %(number)s)": "(die ersten %(number)s)",
    "not yet": "noch nicht",
    "no vote": "keine Stimme",
    "until %(time)s": "bis %(time)s",
    # Verlauf
    "What happened": "Was geschehen ist",
    "Too many others look back just now: load the page again to read this in words.": (
        "Gerade sehen zu viele andere zurück: Wer dies in Worten lesen möchte, lädt die Seite noch einmal."
    ),
    "Timeline": "Verlauf",
    "Entries of this procedure in the log, in their order; each number leads to how it stood then": (
        "Einträge dieses Verfahrens in ihrer Reihenfolge; jede Nummer führt zum damaligen Stand"
    ),
    "Later entries": "Spätere Einträge",
    # Regeln
    "By which rules": "Nach welchen Regeln",
    "Rule profile": "Regelprofil",
    "Legal basis": "Rechtsgrundlage",
    "Majority": "Mehrheit",
    "Electorate": "Stimmberechtigte",
    "%(number)s seats of %(body)s, as of entry %(entry)s": (
        "%(number)s Sitze, %(body)s, Stand Eintrag %(entry)s"
    ),
    "Voting begins": "Beginn der Abstimmung",
    "Deadline": "Frist",
    "from each one's receipt": "ab Zugang bei jedem einzelnen",
    "until the chair closes": "bis der Vorsitz schließt",
    "Interim results": "Zwischenstände",
    "visible at any time": "jederzeit sichtbar",
    "withheld until the closing": "bis zum Schluss der Abstimmung vorenthalten",
    "A vote may be changed": "Eine Stimme kann geändert werden",
    "never": "nie",
    "until the deadline": "bis zum Ende der Frist",
    "it may be withdrawn": "sie kann zurückgenommen werden",
    "it cannot be withdrawn": "sie kann nicht zurückgenommen werden",
    "Ballot paper": "Stimmzettel",
    "Procedure": "Verfahren",
    "In words": "In Worten",
    # Abstimmen
    "How to vote": "So wird abgestimmt",
    "With the command line: the service fills in the ballot paper and what your vote replaces, your key "
    "signs, and the answer is your receipt.": (
        "Auf der Befehlszeile: Der Dienst trägt den Stimmzettel ein und was die Stimme ersetzt, der eigene "
        "Schlüssel unterschreibt, und die Antwort ist die Quittung."
    ),
    "With any HTTP client: fetch what is to be signed, read it, sign the bytes in %(pae)s with your "
    "Ed25519 key, and send the envelope. Sending the same envelope again is harmless.": (
        "Mit jedem HTTP-Client: holen, was zu unterschreiben ist, es lesen, die Bytes in %(pae)s mit dem "
        "eigenen Ed25519-Schlüssel unterschreiben und den Umschlag senden. Ihn noch einmal zu senden, "
        "schadet nicht."
    ),
}
