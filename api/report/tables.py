"""Tables with localised headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.report.document import Column, Table
from api.report.language import Language

Columns = Sequence[tuple[str, str, float]]
"""Key of the heading, look, share of the width."""


def table(
    say: Language, caption: str, columns: Columns, rows: Iterable[tuple[str, ...]], **values: str
) -> Table:
    """A table; `values` go into its caption."""
    titles = say.words.COLUMNS
    return Table(
        say.words.CAPTIONS[caption].format(**values),
        tuple(Column(titles[name], look, width) for name, look, width in columns),
        tuple(rows),
    )
