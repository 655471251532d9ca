"""The record of an audit as one HTML page: no scripts, nothing loaded, readable without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from ledger.audit.record_facts import facts_of

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

_MARKS = {"holds": "✓ holds", "fails": "✗ fails", "not made": "– not made"}
_VERDICTS = {"holds": "✓ It holds", "does not hold": "✗ It does not hold", "incomplete": "– Incomplete"}


def record_page(record: Mapping[str, Any]) -> str:
    """The page."""
    origin = escape(record["origin"] or f"a {record['target']['kind']}")
    verdict = record["verdict"]
    failures = record["failures"]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit of {origin}: {escape(verdict)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Audit of {origin}</h1>
<p class="verdict">{_VERDICTS.get(verdict, "– It is " + escape(verdict))}</p>
{_table("What was verified", (), facts_of(record).items())}
<h2>What this does not show</h2>
<ul>
{"".join(f"<li>{escape(limit)}</li>" for limit in record["not_shown"])}
</ul>
<h2>Failures</h2>
{_failures(failures, record["failures_left_out"]) if failures else "<p>None.</p>"}
<h2>Checks</h2>
{_checks(record["checks"])}
<h2>Keys</h2>
{_keys(record["keys"])}
<h2>Checkpoint</h2>
{_checkpoint(record["checkpoint"])}
<h2>How to verify this yourself</h2>
<ol>
{"".join(f"<li>{escape(step)}</li>" for step in record["again"])}
</ol>
</main>
</body>
</html>
"""


def _checks(checks: Iterable[Mapping[str, Any]]) -> str:
    rows = (
        (one["number"], one["sentence"], _MARKS[one["result"]], f"{one['made']:,}", f"{one['failures']:,}")
        for one in checks
    )
    return _table("Every check, by its number", ("number", "sentence", "result", "made", "failures"), rows)


def _failures(failures: Iterable[Mapping[str, Any]], left_out: int) -> str:
    rows = (
        (
            "–" if one["seq"] is None else one["seq"],
            one["check"],
            one["message"],
            one["expected"],
            one["found"],
        )
        for one in failures
    )
    more = f"<p>{left_out:,} more are left out.</p>" if left_out else ""
    return _table("All failures", ("entry", "check", "what is wrong", "expected", "found"), rows) + more


def _keys(keys: Iterable[Mapping[str, Any]]) -> str:
    rows = (
        (
            one["owner"],
            ", ".join(one["roles"]),
            one["kind"],
            one["key"],
            one["since"],
            "–" if one["ended"] is None else one["ended"],
        )
        for one in keys
    )
    head = ("whose", "office", "kind", "key", "since entry", "ended by entry")
    return _table("Keys of the log, and of everybody with an office", head, rows)


def _checkpoint(checkpoint: Mapping[str, Any] | None) -> str:
    if checkpoint is None:
        return "<p>There is none that holds.</p>"
    names = escape(", ".join(checkpoint["signed_by"]))
    return (
        f"<p>SHA-256 <code>{checkpoint['sha256']}</code>, signed by {names}:</p>"
        f"<pre>{escape(checkpoint['note'])}</pre>"
    )


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table whose first column names its rows."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = [f"<tr>{names}</tr>"] if names else []
    for first, *rest in rows:
        cells = "".join(f"<td>{_cell(value)}</td>" for value in rest)
        lines.append(f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>')
    return f"<table>\n<caption>{escape(caption)}</caption>\n" + "\n".join(lines) + "\n</table>"


def _cell(value: object) -> str:
    text = escape(str(value))
    return f"<code>{text}</code>" if len(text) > 40 and " " not in text else text
