"""Auf Deutsch: was geschehen ist, als Satz ohne Subjekt."""

from __future__ import annotations

GERMAN = {
    "opened the procedure": "eröffnete das Verfahren",
    "attached a document (%(document)s)": "fügte eine Unterlage bei (%(document)s)",
    "voted%(how)s%(chosen)s": "stimmte ab%(how)s%(chosen)s",
    "changed the vote%(how)s%(chosen)s": "änderte die Stimme%(how)s%(chosen)s",
    "confirmed the vote%(how)s%(chosen)s": "bestätigte die Stimme%(how)s%(chosen)s",
    "voted again%(how)s%(chosen)s": "stimmte erneut ab%(how)s%(chosen)s",
    "withdrew the vote": "nahm die Stimme zurück",
    "gave the casting vote%(chosen)s": "gab den Stichentscheid%(chosen)s",
    "recorded who is present: %(members)s": "vermerkte die Anwesenden: %(members)s",
    "consented to deciding by circulation%(items)s": "stimmte dem Umlaufverfahren zu%(items)s",
    "took the consent back": "nahm die Zustimmung zurück",
    "objected to deciding by circulation": "widersprach dem Umlaufverfahren",
    "demanded a secret ballot%(items)s": "verlangte geheime Abstimmung%(items)s",
    "named %(proxy)s as proxy": "bevollmächtigte %(proxy)s",
    "took the proxy back": "widerrief die Vollmacht",
    "excluded %(member)s%(items)s": "schloss %(member)s vom Mitwirken aus%(items)s",
    "lifted the exclusion of %(member)s%(items)s": "hob das Mitwirkungsverbot für %(member)s auf%(items)s",
    "recorded the receipt by %(members)s": "vermerkte den Zugang bei %(members)s",
    "named %(substitute)s in place of %(member)s": "benannte %(substitute)s als Vertretung für %(member)s",
    "extended the deadline to %(until)s": "verlängerte die Frist bis %(until)s",
    "refused an attempt (%(code)s)": "wies einen Versuch zurück (%(code)s)",
    "closed the procedure%(reason)s": "schloss das Verfahren%(reason)s",
    "determined the result": "stellte das Ergebnis fest",
    "announced the result%(to)s": "teilte das Ergebnis mit%(to)s",
    "published the result%(made_public)s": "veröffentlichte das Ergebnis%(made_public)s",
    "; item %(items)s becomes public": "; Punkt %(items)s wird öffentlich",
    "recorded that a meeting confirmed the result": "vermerkte, dass eine Sitzung das Ergebnis bestätigt hat",
    "recorded that a meeting refused the result": "vermerkte, dass eine Sitzung das Ergebnis abgelehnt hat",
    "suspended the result": "setzte den Vollzug aus",
    "objected to the result": "beanstandete den Beschluss",
    "recorded that the resolution expired%(items)s": (
        "vermerkte, dass der Beschluss außer Kraft getreten ist%(items)s"
    ),
    "recorded that the condition is met%(items)s": "vermerkte, dass die Bedingung eingetreten ist%(items)s",
    "corrected the result": "berichtigte das Ergebnis",
    "annulled the result": "hob das Ergebnis auf",
    "founded the ledger": "gründete das Buch",
    "registered a key of %(subject)s": "trug einen Schlüssel für %(subject)s ein",
    "replaced a key of %(subject)s": "ersetzte einen Schlüssel von %(subject)s",
    "revoked a key of %(subject)s (%(reason)s)": "widerrief einen Schlüssel von %(subject)s (%(reason)s)",
    "replaced a key of the log": "ersetzte einen Schlüssel des Buchs",
    "registered the body %(body)s": "trug das Gremium %(body)s ein",
    "changed seats of %(body)s: %(granted)s granted or changed, %(ended)s ended": (
        "änderte Sitze von %(body)s: %(granted)s vergeben oder geändert, %(ended)s beendet"
    ),
    "erased texts or documents (%(basis)s)": "löschte Texte oder Unterlagen (%(basis)s)",
    "had the log of %(size)s entries time-stamped by %(tsa)s": (
        "ließ das Buch mit %(size)s Einträgen von %(tsa)s zeitstempeln"
    ),
    " at the deadline": " mit Ablauf der Frist",
    " because of objections": " wegen Widerspruchs",
    " because all have voted": ", weil alle abgestimmt haben",
    " because the result is certain": ", weil das Ergebnis feststeht",
    " to the members": " (den Mitgliedern)",
    " to everybody": " (öffentlich)",
    " as proxy": " mit Vollmacht",
    " through a portal": " über ein Portal",
    " on record of a clerk and a second person": ", vom Sitzungsdienst mit zweiter Person erfasst",
    " (item %(items)s)": " (Punkt %(items)s)",
    " (withheld)": " (noch vorenthalten)",
    "%(choice)s on item %(item)s": "%(choice)s zu Punkt %(item)s",
    "substitute for %(name)s": "Vertretung für %(name)s",
    "replaced by %(name)s": "vertreten durch %(name)s",
    "represented by %(name)s": "bevollmächtigt: %(name)s",
    "excluded from item %(items)s": "ausgeschlossen von Punkt %(items)s",
    "consented (item %(items)s)": "stimmt dem Verfahren zu (Punkt %(items)s)",
    "demands a secret ballot (item %(items)s)": "verlangt geheime Abstimmung (Punkt %(items)s)",
    "voted on an older ballot paper: does not count": (
        "auf einem älteren Stimmzettel abgestimmt: zählt nicht"
    ),
    "voted on an older ballot paper: counts": "auf einem älteren Stimmzettel abgestimmt: zählt",
    "given by a proxy who is excluded: does not count": (
        "in Vollmacht abgegeben von jemandem, für den ein Mitwirkungsverbot gilt: zählt nicht"
    ),
    "given by a proxy who is excluded from item %(items)s: does not count there": (
        "in Vollmacht abgegeben von jemandem, für den zu Punkt %(items)s ein Mitwirkungsverbot gilt: "
        "zählt dort nicht"
    ),
    "voted on an older ballot paper: has to be confirmed": (
        "auf einem älteren Stimmzettel abgestimmt: muss bestätigt werden"
    ),
}
