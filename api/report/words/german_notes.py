"""Berichte auf Deutsch: Sätze zwischen den Tabellen."""

NOTES = {
    "open": "Die Abstimmung ist noch nicht geschlossen: Stand nach Eintrag {seq}, kein Ergebnis.",
    "withheld": "Solange abgestimmt wird, sind Zahlen, Ergebnis und einzelne Stimmen nach dem Regelprofil "
    "vorenthalten. Wer abgestimmt hat, ist zu sehen.",
    "faults": "DIESES VERFAHREN IST NICHT IN ORDNUNG: {faults} Prüfungen schlagen fehl. Die Angaben unten "
    "sind nicht verlässlich.",
    "holds": "Alle {made} angestellten Prüfungen dieses Verfahrens sind in Ordnung.",
    "incomplete": "Was da ist, ist in Ordnung, aber es fehlt etwas: {missing:eine Prüfung|# Prüfungen} "
    "dieses Verfahrens {missing:konnte|konnten} deshalb nicht gelingen, alle anderen der {made} "
    "angestellten sind in Ordnung.",
    "unpublished": "Der Stand nach Eintrag {seq} ist durch keinen veröffentlichten, unterschriebenen "
    "Prüfpunkt belegt. Dieser Bericht ist insoweit vorläufig.",
    "annulled": "Das Ergebnis ist aufgehoben. Die Zahlen bleiben stehen.",
    "resolution": "Genannt sind nur öffentliche Punkte, und niemand, der abgestimmt hat. Dem PDF liegen "
    "dieselben Angaben für Maschinen bei, als resolution.json.",
    "rollcall": "Belegt durch die genannten Einträge; Unterschriften und Regeln durch die Prüfungen 4.1, 4.2 "
    "und 5.1.",
    "items": "Zahlen und Ergebnis folgen aus den Einträgen (Prüfung 5.1); mit der Schließung sind sie "
    "versiegelt (Prüfung 5.3).",
    "unsealed": "Zahlen und Ergebnis folgen aus den bisherigen Einträgen (Prüfung 5.1); versiegelt sind "
    "sie noch nicht, das tut erst die Schließung.",
    "documents": "Jede Stimme nennt den Stimmzettel, auf dem sie abgegeben wurde, und mit ihm seine "
    "Unterlagen (Prüfung 5.2).",
    "files": "Die vorhandenen Dateien haben diese Hashwerte (Prüfungen 7.1 und 7.2).",
    "sequence": "Blatt-Hash: SHA-256 des Eintrags nach RFC 6962.",
    "in_tree": "Jeder Eintrag steht im Baum des unten genannten Prüfpunkts (Prüfung 8.8).",
    "electorate": "Bis zum letzten mit ✓ bezeichneten Eintrag gilt das Verzeichnis für dieses Verfahren; "
    "spätere Änderungen berühren es nicht (Prüfung 5.1).",
    "keys": "Eine Unterschrift zählt, wenn der Schlüssel nach seinem ersten und bis zu seinem letzten "
    "Eintrag gilt (Prüfung 4.1).",
    "unmade": "Diese Prüfungen brauchen das ganze Buch oder Dateien neben ihm, oder hatten hier nichts "
    "zu prüfen. stimmbuch verify stellt sie am ganzen Buch an.",
    "whole": "Geprüft wie von stimmbuch verify: {entries} Einträge; Blatt-Hash des letzten: {head}",
    "head": "Jeder Eintrag steht im Baum dieses Prüfpunkts (Prüfungen 8.2, 8.3, 8.4 und 8.8). Es ist der "
    "erste veröffentlichte, der den Stand enthält; er bleibt für immer derselbe.",
    "attachment": "Die Einträge des Verfahrens liegen dem PDF als entries.jsonl bei, Byte für Byte wie "
    "sie gehasht sind.",
    "attached_in_part": "Die Einträge des Verfahrens liegen dem PDF als entries.jsonl bei, Byte für Byte "
    "wie sie gehasht sind; ohne die, deren Inhalt hier vorenthalten ist.",
    "again": "Das ganze Buch, dieses Verfahren für sich allein, und dieser Bericht noch einmal, Byte "
    "für Byte gleich:",
    "limits": "Dieser Bericht sagt nicht, ob vor einer Stimme jemand unter Druck stand, ob eine Unterlage "
    "inhaltlich stimmt, oder ob neben diesem Buch ein zweites geführt wird. Gegen das Letzte helfen "
    "aufbewahrte Prüfpunkte, Quittungen, Zeugen und Zeitstempel.",
    "signatures": "Für die Richtigkeit des Auszugs:",
    "attempts": "Jeder Versuch ist ein Eintrag mit dem Grund und dem Hashwert des Versuchten, ohne dessen "
    "Inhalt.",
}
