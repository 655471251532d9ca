"""Auf Deutsch: Rahmen der Seiten, Übersicht, Register, Prüfung, Fehler."""

from __future__ import annotations

GERMAN = {
    "Skip to the content": "Zum Inhalt springen",
    "Main": "Hauptmenü",
    "Language": "Sprache",
    "Procedures": "Verfahren",
    "Ledgers": "Bücher",
    "Register": "Register",
    "Audit": "Prüfung",
    "Head of the log: %(size)s entries, root": "Kopf des Buchs: %(size)s Einträge, Wurzel",
    "This page goes up to entry %(position)s.": "Diese Seite reicht bis Eintrag %(position)s.",
    "This page shows no entries yet.": "Diese Seite zeigt noch keine Einträge.",
    "Every action is a signed statement in an append-only, hash-chained log. This page only shows what "
    "follows from it; check it yourself with %(command)s.": (
        "Jede Handlung ist eine unterschriebene Erklärung in einem fortlaufenden, verketteten Buch. "
        "Diese Seite zeigt nur, was daraus folgt; selbst nachprüfen: %(command)s."
    ),
    "Version %(version)s": "Version %(version)s",
    "More": "Weiteres",
    "First page": "Erste Seite",
    "Next page": "Nächste Seite",
    "%(number)s entry": "%(number)s Eintrag",
    "%(number)s entries": "%(number)s Einträge",
    "entry %(entry)s": "Eintrag %(entry)s",
    "Table: %(name)s": "Tabelle: %(name)s",
    "all": "alle",
    "State": "Stand",
    "There is none.": "Es gibt keine.",
    # Übersicht
    "Ledgers of this service": "Bücher dieses Dienstes",
    "Each is a log of its own, with its own keys, members and procedures; none knows of another.": (
        "Jedes hat eigene Einträge, eigene Schlüssel, Mitglieder und Verfahren; keines weiß vom anderen."
    ),
    "does not answer now": "antwortet gerade nicht",
    "Procedures of %(ledger)s": "Verfahren von %(ledger)s",
    "Circular resolutions (%(german)s): decisions taken outside a meeting, by signed votes, before a "
    "deadline.": (
        "Umlaufverfahren: Beschlüsse außerhalb einer Sitzung, durch unterschriebene Stimmen, bis zu einer "
        "Frist."
    ),
    "State of the ledger": "Stand des Buchs",
    "Entries in the log": "Einträge im Buch",
    "%(number)s not shown yet": "%(number)s noch nicht gezeigt",
    "Last verification": "Letzte Prüfung",
    "none recorded; run %(command)s": "keine verzeichnet; zu prüfen mit %(command)s",
    "holds": "in Ordnung",
    "holds as far as it could be checked": "in Ordnung, soweit es geprüft werden konnte",
    "does not hold": "nicht in Ordnung",
    "Live procedures": "Eigene Verfahren",
    "Replayed roll calls": "Nachvollzogene Abstimmungen",
    "Votes that were held elsewhere, entered as signed votes and counted again. Beside each: what its "
    "source published.": (
        "Abstimmungen, die anderswo stattfanden, als unterschriebene Stimmen eingetragen und neu "
        "ausgezählt. Daneben jeweils, was die Quelle veröffentlicht hat."
    ),
    # zu jedem Zeitpunkt
    "As it stood on %(time)s, after entry %(entry)s.": "Stand am %(time)s, nach Eintrag %(entry)s.",
    "In time": "Zeitpunkt",
    "Now": "Jetzt",
    "How did it look at this time (%(zone)s)?": "Wie war es zu dieser Zeit (%(zone)s)?",
    "Show": "Zeigen",
    # Register
    "Which bodies there are, and whose key counts since when and until when. A signature counts if its "
    "key was live at its entry.": (
        "Welche Gremien es gibt, und wessen Schlüssel von wann bis wann gilt. Eine Unterschrift zählt, "
        "wenn ihr Schlüssel bei diesem Eintrag galt."
    ),
    "Bodies": "Gremien",
    "Councils, committees and assemblies; each leads to its seats": (
        "Räte, Ausschüsse und Versammlungen; jeder Name führt zu den Sitzen"
    ),
    "People and services, and their keys": "Personen und Dienste, und ihre Schlüssel",
    "In the order of their ids; whoever had several keys has several rows": (
        "In der Reihenfolge der Kennungen; wer mehrere Schlüssel hatte, steht mehrmals da"
    ),
    "live": "gilt",
    "Keys of the log": "Schlüssel des Buchs",
    "With these the log signs its checkpoints": "Mit ihnen werden die Prüfpunkte des Buchs unterschrieben",
    "Seats of %(body)s": "Sitze: %(body)s",
    "Who would be asked in a procedure that is opened now. Each procedure keeps the seats of its opening.": (
        "Wer in einem Verfahren gefragt würde, das jetzt eröffnet wird. Jedes Verfahren behält die Sitze, "
        "die es bei seiner Eröffnung gab."
    ),
    "Seats, in the order of the members' ids": "Sitze in der Reihenfolge der Kennungen",
    # Prüfung
    "What is in the log, who signed its head, and what was found when it was verified. Whoever has an "
    "export needs none of this: %(command)s checks all of it, offline.": (
        "Was im Buch steht, wer seinen Prüfpunkt unterschrieben hat, und was bei der letzten Prüfung "
        "gefunden wurde. Wer einen Export hat, braucht das alles nicht: %(command)s prüft alles, ohne "
        "Netz."
    ),
    "The published head": "Der veröffentlichte Prüfpunkt",
    "Entries under it": "Einträge darunter",
    "Root": "Wurzel",
    "As it is published": "Wie er veröffentlicht ist",
    "Checkpoint": "Prüfpunkt",
    "Nothing of this log is published yet.": "Von diesem Buch ist noch nichts veröffentlicht.",
    "Signatures": "Unterschriften",
    "Signatures and cosignatures under the newest checkpoint": (
        "Unterschriften und Mitzeichnungen des neuesten Prüfpunkts"
    ),
    "Earlier ones": "Frühere",
    "All published checkpoints": "Alle veröffentlichten Prüfpunkte",
    "Published checkpoints": "Veröffentlichte Prüfpunkte",
    "The newest first: who signed and cosigned, when, whether the policy of today is met, and time stamps": (
        "Der neueste zuerst: wer ihn unterschrieben und mitgezeichnet hat, wann, ob die heutige Richtlinie "
        "für Zeugen erfüllt ist, und Zeitstempel"
    ),
    "Quorum of witnesses": "Quorum der Zeugen",
    "met": "erreicht",
    "not met": "nicht erreicht",
    "without %(names)s": "ohne %(names)s",
    "Signature": "Unterschrift",
    "verifies": "gültig",
    "does not verify": "ungültig",
    "the key is not known here": "der Schlüssel ist hier nicht bekannt",
    "cannot be read": "nicht lesbar",
    "its file is damaged or gone": "seine Datei ist beschädigt oder fehlt",
    "Signatures are verified here under the keys of the register and of the policy; those of time stamps are "
    "not. %(command)s verifies all of it.": (
        "Die Unterschriften sind hier mit den Schlüsseln des Registers und der Zeugen geprüft, die der "
        "Zeitstempel nicht. %(command)s prüft alles."
    ),
    "the log's own": "des Buchs selbst",
    "a witness's": "eines Zeugen",
    "Lists": "Listen",
    "Keys": "Schlüssel",
    "Seats and substitutes": "Sitze und Vertretungen",
    "Refused attempts": "Zurückgewiesene Versuche",
    "Receipts and extensions": "Zugang und Fristverlängerungen",
    "Corrections and withdrawals": "Berichtigungen und Rücknahmen",
    "Time stamps": "Zeitstempel",
    "Erased texts and documents": "Gelöschte Texte und Unterlagen",
    "Keys and their lives, by person": "Schlüssel und ihre Geltung, nach Personen",
    "Entries by kind": "Einträge nach Art",
    "%(number)s entries in all; each kind leads to its entries": (
        "%(number)s Einträge insgesamt; jede Art führt zu ihren Einträgen"
    ),
    "All entries": "Alle Einträge",
    "Entries in the order of the log": "Einträge in der Reihenfolge des Buchs",
    # Fehler
    "Error codes": "Fehlercodes",
    "Error: %(code)s": "Fehler: %(code)s",
    "Every refusal carries a code that never changes. A refused request has stored nothing. Only "
    "%(code)s says that nobody knows: send the same envelope again.": (
        "Jede Ablehnung trägt einen Code, der sich nie ändert. Was abgelehnt wurde, ist nicht gespeichert. "
        "Nur %(code)s sagt, dass niemand es weiß: denselben Umschlag noch einmal senden."
    ),
    "Code, HTTP status, meaning, and what to do next": "Code, HTTP-Status, Bedeutung, und was zu tun ist",
    "This page does not exist": "Diese Seite gibt es nicht",
    "This has not happened yet": "Das ist noch nicht geschehen",
    "Choose an earlier time or entry.": "Eine frühere Zeit oder einen früheren Eintrag wählen.",
    "Check the address, or start from the list of procedures.": (
        "Die Adresse prüfen, oder bei der Liste der Verfahren beginnen."
    ),
    "All procedures": "Alle Verfahren",
    "Status %(status)s": "Status %(status)s",
    "request %(request)s": "Anfrage %(request)s",
}
