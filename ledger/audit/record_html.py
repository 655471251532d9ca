"""The record of an audit as one HTML page: no scripts, nothing loaded, readable without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from ledger.audit.record_facts import KINDS, facts_of
from ledger.audit.sentences import record as words
from ledger.proof.checks import Conclusion, in_language
from ledger.sentence import Sentence, figure

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #111; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
caption, th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0 }
caption { font-weight: bold }
tr { border-top: 1px solid #767676 }
code, pre { font-family: ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap }
.verdict { border: 3px solid #111; padding: .5rem 1rem; font-size: 1.3rem }
.fails { font-weight: bold }
"""

_MARKS = {"holds": words.HOLDS, "fails": words.FAILS, "not made": words.NOT_MADE}
_VERDICTS = {
    Conclusion.HOLDS: (words.HOLDS_IN_TITLE, words.IT_HOLDS),
    Conclusion.DOES_NOT_HOLD: (words.DOES_NOT_HOLD_IN_TITLE, words.IT_DOES_NOT_HOLD),
    Conclusion.INCOMPLETE: (words.INCOMPLETE_IN_TITLE, words.IT_IS_INCOMPLETE),
    Conclusion.OLDER: (words.OLDER_IN_TITLE, words.IT_IS_OLDER),
}


def record_page(record: Mapping[str, Any], language: str = "en") -> str:
    """The page of a record, in German where that is asked for."""
    return _Page(language).whole(record)


class _Page:
    """A page in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def _say(self, sentence: Sentence, **values: object) -> str:
        return escape(sentence.say(self._language, values))

    def _number(self, number: int) -> str:
        return figure(number, self._language)

    def whole(self, record: Mapping[str, Any]) -> str:
        """All of it."""
        say, told = self._say, record["german"] if self._language == "de" else record
        kind = KINDS[record["target"]["kind"]].say(self._language, {})
        named = record["origin"] or words.A_TARGET.say(self._language, {"kind": kind})
        title = say(words.AUDIT_OF, origin=named)
        short, verdict = map(say, _VERDICTS[Conclusion(record["verdict"])])
        facts = facts_of(record, self._language)
        return f"""<!DOCTYPE html>
<html lang="{self._language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}: {short}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="verdict">{verdict}</p>
{_table(say(words.WHAT_WAS_VERIFIED), (), facts.items())}
<h2>{say(words.NOT_SHOWN)}</h2>
<ul>
{"".join(f"<li>{escape(limit)}</li>" for limit in told["not_shown"])}
</ul>
<h2>{say(words.FAILURES)}</h2>
{self._failures(record["failures"], record["failures_left_out"])}
<h2>{say(words.CHECKS)}</h2>
{self._checks(record["checks"])}
<h2>{say(words.KEYS)}</h2>
{self._keys(record["keys"])}
<h2>{say(words.CHECKPOINT)}</h2>
{self._checkpoint(record["checkpoint"])}
<h2>{say(words.AGAIN)}</h2>
<ol>
{"".join(f"<li>{escape(step)}</li>" for step in told["again"])}
</ol>
</main>
</body>
</html>
"""

    def _checks(self, checks: Iterable[Mapping[str, Any]]) -> str:
        head = words.NUMBER, words.SENTENCE, words.RESULT, words.MADE, words.FAILED
        rows = (
            (
                *(one["number"], one["german" if self._language == "de" else "sentence"]),
                _MARKS[one["result"]].say(self._language, {}),
                *(self._number(one["made"]), self._number(one["failures"])),
            )
            for one in checks
        )
        return _table(self._say(words.EVERY_CHECK), map(self._say, head), rows)

    def _failures(self, failures: Sequence[Mapping[str, Any]], left_out: int) -> str:
        if not failures:
            return f"<p>{self._say(words.NO_FAILURES)}.</p>"
        head = words.ENTRY, words.CHECK, words.WHAT_IS_WRONG, words.EXPECTED, words.FOUND
        rows = (
            (
                *("–" if one["seq"] is None else one["seq"], one["check"]),
                in_language(self._language, one["message"], one["german"]),
                *(one["expected"], one["found"]),
            )
            for one in failures
        )
        more = f"<p>{self._say(words.LEFT_OUT, count=self._number(left_out))}.</p>" if left_out else ""
        return _table(self._say(words.ALL_FAILURES), map(self._say, head), rows) + more

    def _keys(self, keys: Iterable[Mapping[str, Any]]) -> str:
        head = words.WHOSE, words.OFFICE, words.KIND, words.KEY, words.SINCE, words.ENDED_BY
        rows = (
            (
                *(one["owner"], ", ".join(one["roles"]), one["kind"], one["key"]),
                *(one["since"], "–" if one["ended"] is None else one["ended"]),
            )
            for one in keys
        )
        return _table(self._say(words.KEYS_OF), map(self._say, head), rows)

    def _checkpoint(self, checkpoint: Mapping[str, Any] | None) -> str:
        if checkpoint is None:
            return f"<p>{self._say(words.NO_CHECKPOINT)}.</p>"
        signed = self._say(words.SIGNED_BY, names=", ".join(checkpoint["signed_by"]))
        return (
            f"<p>SHA-256 <code>{checkpoint['sha256']}</code>, {signed}:</p>"
            f"<pre>{escape(checkpoint['note'])}</pre>"
        )


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table whose first column names its rows; `caption` and `head` are written as they are."""
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    lines = [f"<tr>{names}</tr>"] if names else []
    for first, *rest in rows:
        cells = "".join(f"<td>{_cell(value)}</td>" for value in rest)
        lines.append(f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>')
    return f"<table>\n<caption>{caption}</caption>\n" + "\n".join(lines) + "\n</table>"


def _cell(value: object) -> str:
    text = escape(str(value))
    return f"<code>{text}</code>" if len(text) > 40 and " " not in text else text
