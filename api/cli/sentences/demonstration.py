"""What the demonstration and the replay of roll calls tell."""

from __future__ import annotations

from ledger.sentence import Sentence

FOUNDED_IN = Sentence("founded {origin} in {path}", "gegründet: {origin} in {path}")
ROLL_CALLS = Sentence(
    "\nReal roll calls, replayed as signed entries (sources: api/demo/SOURCES.md)\n",
    "\nEchte namentliche Abstimmungen, nachgespielt als unterschriebene Einträge"
    " (Quellen: api/demo/SOURCES.md)\n",
)
COUNCIL = Sentence(
    "\nA circular procedure of an invented council, live\n",
    "\nEin Umlaufverfahren eines erfundenen Rates, jetzt gespielt\n",
)
WHOLE_LOG = Sentence(
    "\nThe whole log, verified from its bytes\n", "\nDas ganze Buch, aus seinen Bytes geprüft\n"
)
OPEN = Sentence(
    '\nOpen      {url}/  (on this machine only, until there is a token: api/README.md, "Who may do what")',
    '\nÖffnen      {url}/  (nur auf diesem Rechner, bis es ein Token gibt: api/README.md, "Who may do what")',
)
VOTE = Sentence("Vote      {command}", "Abstimmen   {command}")
COMMANDS = """{command} prepare vote-cast --url {url} \\
            actor={actor} member={actor} procedure={procedure} choices='{{"1":"yes"}}' \\
          | {command} sign --key {key} \\
          | {command} submit --url {url} --receipt receipt.tlog-proof"""
"""What is typed is the same in every language."""
LOOK = Sentence("Look      {url}", "Ansehen     {url}")
VERIFY = Sentence("Verify    {command}\n", "Prüfen      {command}\n")
CASE = Sentence("case {name}: {about}", "Fall {name}: {about}")

SUMMARY = Sentence(
    "{procedures} procedures, {casts} casts: {matched} matched, {mismatched} mismatched",
    "{procedures} Verfahren, {casts} Stimmabgaben: {matched} stimmen überein, {mismatched} nicht",
)
MISMATCH = Sentence(
    "  {id}: published {published}, recomputed {recomputed}",
    "  {id}: veröffentlicht {published}, nachgerechnet {recomputed}",
)
NOT_PUBLISHED = Sentence("(not published)", "(nicht veröffentlicht)")
