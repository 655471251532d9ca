"""An audit as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from api.cli.sentences import verify as words
from ledger.audit import Audit
from ledger.audit.beside import Counts
from ledger.audit.kinds import kinds_told
from ledger.proof.checks import Conclusion, Failure
from ledger.sentence import Sentence, figure

SHOWN = 50
"""Failures that are printed; `--json` has more, and `--failures` all of them."""

WORDS = {
    Conclusion.HOLDS: words.OK,
    Conclusion.DOES_NOT_HOLD: words.DOES_NOT_HOLD,
    Conclusion.OLDER: words.OLDER,
    Conclusion.INCOMPLETE: words.INCOMPLETE,
}
"""How a line begins that says what an audit came to."""


class Telling:
    """Prints sentences in one language; whole numbers with their thousands set apart."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, sentence: Sentence, **values: object) -> str:
        """The sentence with its values."""
        return sentence.say(self.language, {name: self._told(value) for name, value in values.items()})

    def number(self, number: int) -> str:
        """A whole number."""
        return figure(number, self.language)

    def failures(self, failures: Sequence[Failure]) -> None:
        """The first of them, a line each."""
        for failure in failures[:SHOWN]:
            click.echo(f"{self.say(words.FAILED)}  {failure.said(self.language)}")

    def verdict(self, conclusion: Conclusion, sentence: Sentence, **values: object) -> None:
        """What it came to, in one line."""
        click.echo(f"{self.say(WORDS[conclusion])}  {self.say(sentence, **values)}")

    def _told(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value


def print_audit(audit: Audit, language: str) -> None:
    """What was found, failures first."""
    tell, found = Telling(language), audit.counts.total()
    tell.failures(audit.failures)
    if found > SHOWN:
        click.echo(f"{tell.say(words.FAILED)}  {tell.say(words.MORE, count=found - SHOWN)}")
    if audit.older:
        click.echo(f"{tell.say(words.OLDER)}  {tell.say(words.ENDS_BEFORE)}")
    told = {"origin": audit.origin, "entries": _entries(audit, tell), "failures": str(found)}
    tell.verdict(audit.conclusion, words.VERIFIED, **told)
    for line in _lines(audit, tell):
        click.echo(f"  {line}")


def _entries(audit: Audit, tell: Telling) -> str:
    if audit.first:
        return tell.say(words.NEW_ENTRIES, new=audit.entries - audit.first, count=audit.entries)
    return tell.say(words.ENTRIES, count=audit.entries)


def _lines(audit: Audit, tell: Telling) -> Iterator[str]:
    if not audit.head:
        return  # nothing was looked at
    yield tell.say(words.HEAD, head=audit.head)
    yield _published(audit, tell)
    for size in audit.since:
        yield tell.say(words.CONTINUES, size=size)
    kinds = kinds_told(audit.by_kind, tell.language)
    beside = _beside(audit.beside, tell)
    yield f"{kinds}; {beside}" if kinds else beside


def _published(audit: Audit, tell: Telling) -> str:
    if audit.published is not None:
        size, root, names, _ = audit.published
        rest = tell.say(words.NOT_YET, count=audit.unpublished) if audit.unpublished else ""
        return tell.say(words.PUBLISHED, size=size, rest=rest, root=root, names=", ".join(names))
    if audit.claimed:
        return tell.say(words.DOES_NOT, size=audit.claimed)
    return tell.say(words.NOTHING_PUBLISHED if audit.traced else words.UNTRACED)


def _beside(found: Counts, tell: Telling) -> str:
    rest = (words.UNDISCLOSED, found.undisclosed), (words.REDACTED, found.redacted)
    missing = ", ".join(tell.say(what, count=count) for what, count in rest if count)
    told = {"documents": str(found.documents), "disclosures": found.disclosures}
    here = tell.say(words.BESIDE, **told)
    return f"{here} ({missing})" if missing else here
