"""The tables of the views, for both databases.

There may be two sets: the one in use, and a fresh one whose names end in `_fresh`. Their keys come from
constraints, so that indexes need no names and move with their tables. JSON is kept as the text that it
is (`jsonb` would reorder keys). `{bytewise}` orders text by its bytes, `{packed}` keeps rows in the order of
their key: each database says how, or does it by itself.
"""

from __future__ import annotations

FORMAT = 10
"""Of the tables. Tables of another one are dropped and filled again."""

FRESH = "_fresh"

TABLES = {
    "view_position": """(
        one integer PRIMARY KEY CHECK (one = 1),
        format integer NOT NULL,
        position bigint NOT NULL,
        leaf text NOT NULL
    )""",
    "view_procedures": """(
        id text {bytewise} PRIMARY KEY,
        body text {bytewise} NOT NULL,
        state text {bytewise} NOT NULL DEFAULT '',
        opened_seq bigint NOT NULL UNIQUE,
        last_seq bigint NOT NULL DEFAULT 0,
        opened_at text NOT NULL,
        opens_at text NOT NULL,
        closes_at text {bytewise},
        due_at text {bytewise},
        closed_at text,
        members bigint NOT NULL,
        voted bigint NOT NULL DEFAULT 0,
        opening text NOT NULL,
        documents text NOT NULL DEFAULT '',
        ballot text NOT NULL DEFAULT '',
        replaced_by text,
        expires_at text {bytewise},
        deadline text,
        referred text NOT NULL DEFAULT '',
        closed_seq bigint,
        closed_by text,
        closed_for text,
        determined_seq bigint,
        conditions_met text NOT NULL DEFAULT '',
        expired text NOT NULL DEFAULT '',
        made_public text NOT NULL DEFAULT '',
        suspended_until text {bytewise},
        resumes_as text {bytewise},
        public boolean NOT NULL,
        UNIQUE (public, opened_seq),
        UNIQUE (body, opened_seq),
        UNIQUE (state, opened_seq)
    )""",
    "view_tallies": """(
        procedure text {bytewise},
        number bigint,
        item text NOT NULL,
        counts text NOT NULL,
        result text NOT NULL,
        derivation text NOT NULL,
        valid boolean NOT NULL,
        relevance text NOT NULL,
        by_group text NOT NULL,
        PRIMARY KEY (procedure, number)
    ){packed}""",
    "view_votes": """(
        procedure text {bytewise},
        member text {bytewise},
        choices text NOT NULL,
        weight bigint NOT NULL,
        seq bigint NOT NULL,
        at text NOT NULL,
        leaf text NOT NULL,
        counts boolean NOT NULL,
        provenance text NOT NULL,
        late boolean NOT NULL,
        PRIMARY KEY (procedure, member)
    ){packed}""",
    "view_conduct": """(
        procedure text {bytewise},
        member text {bytewise},
        stands_for text {bytewise},
        replaced_by text,
        received_at text,
        deadline text,
        excluded text NOT NULL,
        consents text,
        objected_at text,
        demands text NOT NULL,
        proxy text {bytewise},
        PRIMARY KEY (procedure, member)
    ){packed}""",
    "view_bodies": """(
        body text {bytewise} PRIMARY KEY,
        since bigint NOT NULL
    ){packed}""",
    "view_seats": """(
        body text {bytewise},
        member text {bytewise},
        since bigint,
        weight bigint NOT NULL,
        seat_group text,
        substitutes text NOT NULL,
        ended bigint,
        PRIMARY KEY (body, member, since)
    ){packed}""",
    "view_keys": """(
        key text {bytewise} PRIMARY KEY,
        subject text {bytewise},
        roles text NOT NULL,
        since bigint NOT NULL,
        registered_by text NOT NULL,
        ended bigint,
        ended_by text,
        reason text,
        UNIQUE (subject, since, key)
    )""",
    "view_acts": """(
        seq bigint PRIMARY KEY,
        kind text {bytewise} NOT NULL,
        stream text {bytewise} NOT NULL,
        at text NOT NULL,
        UNIQUE (kind, seq),
        UNIQUE (stream, seq)
    ){packed}""",
    "view_streams": """(
        stream text {bytewise},
        seq bigint,
        PRIMARY KEY (stream, seq)
    ){packed}""",
}
"""Name → what a table holds, in the order of the fields in `model.py`; how it is written: `rows.py`."""
