"""What can be asked about entries: which there are, by the views; what they say, by the log itself.

Entries never change, and the views say up to which one they go: so both together are as of one entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.proof.statement import topic
from projections import questions
from projections.asking import Asking, among
from projections.happened import stored
from projections.model_register import HistoryRow, KindView

VOTES = "vote-cast"
"""The kind that is not among the acts."""


class EntryReads(Asking):
    """No entry is shown that the views do not contain yet."""

    def history(
        self, stream: str | None = None, *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        """Entries after number `after` and up to `until`, of one stream or of the whole log, in order."""
        if stream is None:
            return self._read(after, limit, until)
        sql = "SELECT seq FROM {view_streams} WHERE stream = %s AND seq > %s"
        return self._at(sql, [stream, after], limit, until)

    def around(self, stream: str, at: int) -> tuple[int | None, int | None]:
        """The entry before the latest one of the stream as of entry `at`, and the first one after `at`."""
        [found] = self.ask(questions.AROUND, [stream, stream, at, stream, at])
        return found[0], found[1]

    def acts(self, stream: str, kinds: Sequence[str], *, until: int | None = None) -> list[HistoryRow]:
        """The entries of a stream that are of these kinds, votes excepted, up to `until`, in order."""
        sql = f"SELECT seq FROM {{view_acts}} WHERE stream = %s{among('kind', kinds)}"
        return self._at(sql, [stream, *kinds], None, until) if kinds else []

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        """The entries of the log that are of these kinds, after number `after` and up to `until`, in order.

        With `vote-cast` it costs as much as there are entries of other kinds in between.
        """
        if VOTES in kinds:
            return self._read(after, limit, until, [topic(kind) for kind in kinds])
        sql = f"SELECT seq FROM {{view_acts}} WHERE seq > %s{among('kind', kinds)}"
        return self._at(sql, [after, *kinds], limit, until) if kinds else []

    def kinds(self, until: int) -> list[KindView]:
        """How many entries of each kind there are up to `until`, by kind."""
        sql = "SELECT kind, count(*), max(seq) FROM {view_acts} WHERE seq <= %s GROUP BY kind ORDER BY kind"
        found = [KindView(*row) for row in self.ask(sql, [until])]
        votes = until + 1 - sum(one.entries for one in found)
        if votes > 0:
            [last] = self.ask(questions.LAST_VOTE, [until, until, until])
            found.append(KindView(VOTES, votes, last[0]))
        return sorted(found)

    def _read(
        self, after: int, limit: int, until: int | None, topics: Sequence[str] = ()
    ) -> list[HistoryRow]:
        position = self.position()
        last = position if until is None else min(until, position)
        rows = self.log.read(after, limit, until=last, topics=topics) if last > after else []
        return [stored(row) for row in rows]

    def _at(self, sql: str, values: list[Any], limit: int | None, until: int | None) -> list[HistoryRow]:
        """The entries of a query for numbers."""
        if until is not None:
            sql, values = f"{sql} AND seq <= %s", [*values, until]
        sql += " ORDER BY seq"
        if limit is not None:
            sql, values = f"{sql} LIMIT %s", [*values, limit]
        return [stored(row) for row in self.log.at([seq for (seq,) in self.ask(sql, values)])]
