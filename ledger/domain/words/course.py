"""What was unusual while members voted, in words: what the numbers of a result do not tell.

More time, documents that came later, who objected or may not take part, others in their place, votes for
which somebody else stands, attempts that were refused. Members are named by their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.procedure import Procedure
from ledger.domain.profile import Profile
from ledger.domain.words import LANGUAGES
from ledger.domain.words.times import civil, civil_end
from ledger.sentence import counted, figure


class Told(NamedTuple):
    """A sentence, and the paragraph that asks for it; None where it is no more than the legal basis."""

    text: str
    paragraph: str | None


def course(procedure: Procedure, language: str) -> Iterator[Told]:
    """All that happened between the opening and the closing and is worth a sentence."""
    for tell in (_deadlines, _papers, _declared, _in_their_place, _not_their_own, _refused):
        yield from tell(procedure, language)


def cited(profile: Profile, setting: str) -> str | None:
    """The paragraph of a setting, where the profile names one; of objections always."""
    if setting == "objection":
        return profile.paragraph(setting)
    return profile.paragraphs.get(setting)


def _deadlines(procedure: Procedure, language: str) -> Iterator[Told]:
    words, conduct = LANGUAGES[language], procedure.conduct
    if conduct.extensions:
        common = conduct.common is not None
        kind = "all" if conduct.common != conduct.first_deadline else "some" if common else "personal"
        first = civil_end(procedure, conduct.first_deadline, language) if conduct.first_deadline else None
        text = words.EXTENDED[kind].format(times=counted(conduct.extensions, language), first=first)
        yield Told(text, cited(procedure.profile, "extension"))


def _papers(procedure: Procedure, language: str) -> Iterator[Told]:
    words, entries, box = LANGUAGES[language], procedure.attached_by, procedure.box
    if not entries:
        return
    paragraph, kind = cited(procedure.profile, "documents"), procedure.profile.documents
    yield Told(words.ATTACHED[len(entries) == 1].format(entries=_entries(entries, language)), paragraph)
    if earlier := sum(1 for vote in box.votes.values() if vote.ballot != box.ballot):
        yield Told(words.EARLIER[kind].format(votes=counted(earlier, language)), paragraph)


def _declared(procedure: Procedure, language: str) -> Iterator[Told]:
    words, profile, conduct = LANGUAGES[language], procedure.profile, procedure.conduct
    if conduct.objections:
        said = (
            words.OBJECTOR.format(member=member, at=civil(procedure, at, language))
            for member, at in conduct.objections.items()
        )
        yield Told(words.OBJECTED.format(list=", ".join(said)), cited(profile, "objection"))
    for item, members in conduct.demands.items():
        if members:
            text = words.DEMANDED.format(item=item, list=", ".join(sorted(members)))
            yield Told(text, cited(profile, "secrecy"))
    for item, excluded in procedure.box.excluded.items():
        if excluded:
            text = words.EXCLUDED.format(item=item, list=", ".join(sorted(excluded)))
            yield Told(text, cited(profile, "exclusion"))


def _in_their_place(procedure: Procedure, language: str) -> Iterator[Told]:
    words, conduct, profile = LANGUAGES[language], procedure.conduct, procedure.profile
    for substitute, member in conduct.standing_in.items():
        if conduct.replaced.get(member) == substitute:
            text = words.SUBSTITUTE.format(substitute=substitute, member=member)
            yield Told(text, cited(profile, "substitution"))
    for member, proxy in conduct.proxies.items():
        yield Told(words.PROXY.format(proxy=proxy, member=member), cited(profile, "proxy"))


def _not_their_own(procedure: Procedure, language: str) -> Iterator[Told]:
    """Votes that count by the word of clerks, which are few and name their entries, or of a portal."""
    words, box = LANGUAGES[language], procedure.box
    votes = [vote for member, vote in box.votes.items() if not box.superseded(member)]
    paragraph = cited(procedure.profile, "provenance")
    if clerks := sorted(vote.seq for vote in votes if vote.provenance == "clerk-recorded"):
        entries = words.ENTRIES[len(clerks) == 1].format(entries=_entries(clerks, language))
        yield Told(words.BY_CLERK.format(votes=counted(len(clerks), language), entries=entries), paragraph)
    if attested := sum(1 for vote in votes if vote.provenance == "portal-attested"):
        yield Told(words.BY_PORTAL.format(votes=counted(attested, language)), paragraph)


def _refused(procedure: Procedure, language: str) -> Iterator[Told]:
    words, attempts = LANGUAGES[language], procedure.conduct.attempts
    if attempts:
        refused = (
            f"{figure(number, language)} {words.REFUSALS.get(code, code)}"
            for code, number in attempts.items()
        )
        yield Told(words.REFUSED.format(list=", ".join(refused)), None)


def _entries(numbers: list[int], language: str) -> str:
    return ", ".join(figure(number, language) for number in numbers)
