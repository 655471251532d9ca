"""What `tally` and `replay` print of a procedure: enough to write the minutes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

import click

from api.cli.sentences import done as words
from api.cli.usage import said
from api.report.words import LANGUAGES
from ledger.domain.procedure import Procedure
from ledger.telling import headings, headline, in_words, latest_time, option, told_item, votes_cast
from projections import stands
from projections.model_members import VoteView

MOST_NAMED = 100
"""Seats up to which members are named with their votes; of larger bodies reports have the roll call."""


def print_procedure(
    procedure: Procedure,
    seq: int | None,
    lang: str,
    now: str,
    labels: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    """As it stood after entry `seq`, or now; `labels` of options and `texts` by digest, as far as there."""
    texts = texts or {}
    first, *more = headings(procedure, lang, now)
    click.echo(f"{procedure.id}  {first}")
    entry, time = procedure.latest.seq, latest_time(procedure, lang)
    as_of = words.AS_OF if seq in {None, entry} else words.AS_OF_ASKED
    click.echo(f"  {said(as_of, at=seq, entry=entry, time=time)}")
    if title := texts.get(procedure.opening.get("title", "")):
        click.echo(f"  {title}")
    for line in more:
        click.echo(f"  {line}")
    for item in procedure.items:
        _print_item(procedure, item, lang, labels or {}, texts)


def _print_item(
    procedure: Procedure, item: str, lang: str, labels: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    paper, told = procedure.items[item], told_item(procedure, item, labels)
    click.echo(f"  {headline(procedure, item, told['outcome_text'], lang)}")
    if wording := texts.get(paper["wording"]):
        click.echo(textwrap.indent(wording, " " * 6))
    if condition := texts.get(paper.get("condition", "")):
        click.echo(textwrap.indent(said(words.CONDITION, text=condition), " " * 6))
    if not any(step["code"] in ("counts", "persons") for step in told["derivation"]):
        click.echo(f"      {votes_cast(procedure, item, lang, labels)}")
    for line in _roll_call(procedure, item, lang, labels):
        click.echo(f"      {line}")
    sentences = in_words(told["derivation"], lang, procedure.profile.legal_basis)
    for step, sentence in zip(told["derivation"], sentences, strict=True):
        click.echo(f"    {'✓' if step['holds'] else '✗'} {sentence}")
    for variant in told["relevance"]:
        click.echo(f"    {'=' if variant['survives'] else '≠'} {variant['text'][lang]}")


def _roll_call(procedure: Procedure, item: str, lang: str, labels: Mapping[str, str]) -> Iterator[str]:
    """Who voted how on an item, who did not, and who was excluded.

    Not while it is open; nor where the votes are those of another vote, or a secret ballot was demanded.
    """
    seats = stands.seats(procedure)
    untold = procedure.state == "opened" or "replay" in procedure.opening or item in procedure.referred
    if untold or len(seats) > MOST_NAMED:
        return
    voters = stands.voters(procedure, item)
    chosen: dict[str, list[str]] = {one: [] for one in procedure.items[item]["options"]}
    for member, vote in voters.items():
        chosen[vote.choices[item]].append(_with_way(member, vote, lang))
    for one, named in chosen.items():
        if named:
            told = labels.get(one, option(one, lang))
            yield said(words.ROLL, told=told, members=", ".join(named))
    others = [stands.member(procedure, one, seat) for one, seat in seats.items() if one not in voters]
    excluded = [one.member for one in others if item in one.excluded]
    silent = [one.member for one in others if item not in one.excluded and one.replaced_by is None]
    if silent:
        yield said(words.DID_NOT_VOTE, members=", ".join(silent))
    if excluded:
        yield said(words.EXCLUDED, members=", ".join(excluded))


def _with_way(member: str, vote: VoteView, lang: str) -> str:
    """A member, and how the vote came, if not by an own key."""
    way = vote.provenance
    return member if way == "own-key" else f"{member} ({LANGUAGES[lang].PROVENANCE[way]})"
