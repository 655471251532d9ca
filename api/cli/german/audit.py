"""Auf Deutsch: die Hilfe der Befehle, die prüfen, herausgeben und nachspielen."""

from __future__ import annotations

GERMAN = {
    "Verify TARGET: a store, an exported log, a dossier, or a receipt.": (
        "Prüft TARGET: einen Speicher, ein exportiertes Buch, ein Dossier oder eine Quittung."
    ),
    "A store or an export: everything, from the first entry to the last checkpoint, or with --state"
    " what is new since last time. The first entry is trusted, unless --key or --policy say who must"
    " have signed. With --since, the log must continue a checkpoint that you kept. A receipt needs"
    " --key or --policy, and nothing else; a dossier is verified with the key beside it, unless you"
    " name one.": (
        "Einen Speicher oder einen Export: alles, vom ersten Eintrag bis zum letzten Prüfpunkt, oder"
        " mit --state, was seit dem letzten Mal neu ist. Dem ersten Eintrag wird vertraut, wenn"
        " nicht --key oder --policy sagen, wer unterschrieben haben muss. Mit --since muss das Buch"
        " einen Prüfpunkt fortsetzen, den Sie aufbewahrt haben. Eine Quittung braucht --key oder"
        " --policy und sonst nichts; ein Dossier wird mit dem Schlüssel geprüft, der dabei liegt,"
        " wenn Sie keinen nennen."
    ),
    "The log's key that you trust.": ("Der Schlüssel des Buchs, dem Sie vertrauen."),
    "Logs and witnesses that you trust (C2SP tlog-policy).": (
        "Bücher und Zeugen, denen Sie vertrauen (C2SP tlog-policy)."
    ),
    "A checkpoint that you kept.": ("Ein Prüfpunkt, den Sie aufbewahrt haben."),
    "A time-stamping authority that you trust: PEM, up to the root.": (
        "Ein Zeitstempeldienst, dem Sie vertrauen: PEM, bis zur Wurzel."
    ),
    "Folder for how far you verified.": ("Ordner dafür, wie weit Sie geprüft haben."),
    "The same, in $XDG_STATE_HOME/stimmbuch/<origin>.": (
        "Dasselbe, in $XDG_STATE_HOME/stimmbuch/<Herkunft>."
    ),
    "With --state or --incremental: everything again.": (
        "Mit --state oder --incremental: alles noch einmal."
    ),
    "Write down what was checked and found.": ("Festhalten, was geprüft und gefunden wurde."),
    "Write down every failure, a line each.": ("Jeden Fehler festhalten, in je einer Zeile."),
    "Make the receipt of an entry again (C2SP tlog-proof): the same bytes as when it was first given.": (
        "Stellt die Quittung eines Eintrags erneut aus (C2SP tlog-proof): dieselben Bytes wie beim"
        " ersten Mal."
    ),
    "With --size it is made against that checkpoint instead of the first one that contains the entry.": (
        "Mit --size gegen diesen Prüfpunkt statt gegen den ersten, der den Eintrag enthält."
    ),
    "Instead of a store: an exported log.": ("Statt eines Speichers: ein exportiertes Buch."),
    "Against the published checkpoint of this size.": ("Gegen den veröffentlichten Prüfpunkt dieser Größe."),
    "Keep it in this file.": ("Sie in dieser Datei aufbewahren."),
    "Write the published log of STORE as static files, for any web server and any verifier.": (
        "Schreibt das veröffentlichte Buch von STORE als statische Dateien, für jeden Webserver und"
        " jedes Prüfprogramm."
    ),
    "Into the directory of an earlier export only what is new is added. With --procedure: that one"
    " alone, as a dossier that verifies by itself.": (
        "In das Verzeichnis eines früheren Exports kommt nur hinzu, was neu ist. Mit --procedure:"
        " dieses eine Verfahren, als Dossier, das sich für sich allein prüfen lässt."
    ),
    "A directory; for a dossier also a .zip.": ("Ein Verzeichnis; für ein Dossier auch eine .zip."),
    "A dossier of this one: its id, or its id in a roll-call file.": (
        "Ein Dossier dieses Verfahrens: seine Kennung, oder die in einer Abstimmungsdatei."
    ),
    "As of the checkpoint of this size.": ("Stand beim Prüfpunkt dieser Größe."),
    "Leave the documents out.": ("Ohne die Dokumente."),
    "Leave names and texts out.": ("Ohne Namen und Texte."),
    "Bring in votes from elsewhere.": ("Abstimmungen von anderswo einlesen."),
    "Replay the roll calls in FILE (.jsonl or .jsonl.gz) as signed entries and compare the results.": (
        "Spielt die Abstimmungen in FILE (.jsonl oder .jsonl.gz) als unterschriebene Einträge nach"
        " und vergleicht die Ergebnisse."
    ),
    "Can be interrupted and run again: what is recorded already is recognised.": (
        "Kann unterbrochen und erneut aufgerufen werden: was schon verzeichnet ist, wird erkannt."
    ),
    "JSON list of ids.": ("JSON-Liste von Kennungen."),
    "Fill STORE with published roll calls and a live procedure, verify it, and show it.": (
        "Füllt STORE mit veröffentlichten Abstimmungen und einem laufenden Verfahren, prüft und zeigt es."
    ),
    "A demonstration ledger that is there already is kept and completed. Exit code 0 only if every"
    " published result was met and the whole log verified.": (
        "Ein Buch der Vorführung, das schon da ist, bleibt und wird vervollständigt. Exit-Code 0"
        " nur, wenn jedes veröffentlichte Ergebnis getroffen ist und das ganze Buch der Prüfung"
        " standhält."
    ),
    "`demo cases` needs no store: it replays, by name, the cases in which the rules of circular"
    " resolutions differ, and says what came out and why.": (
        "`demo cases` braucht keinen Speicher: es spielt namentlich die Fälle nach, in denen sich"
        " die Regeln für Umlaufverfahren unterscheiden, und sagt, was herauskam und warum."
    ),
    "Where to put the demonstration.": ("Wohin die Vorführung kommt."),
    "Of the cases: only this one.": ("Von den Fällen nur dieser."),
    "Serve it afterwards.": ("Danach bedienen."),
}
