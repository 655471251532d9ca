"""What are time stamps and their authorities called, and what is no name of one?"""

from __future__ import annotations

import pytest

from ledger.errors import (
    BadShape,
    ProofError,
)
from ledger.publish.anchor_files import anchor_path, parse_anchor_path
from ledger.publish.anchors import Authority, parse_authority
from ledger.publish.folder import is_published_name
from tests.support.tsa import openssl

pytestmark = openssl


@pytest.mark.parametrize(
    ("size", "name"),
    [(5, "anchors/005/t.tsr"), (1234067, "anchors/x001/x234/067/t.tsr"), (16651, "anchors/x016/651/t.tsr")],
)
def test_time_stamps_have_names_as_tiles_have(size: int, name: str) -> None:
    """One way to write each, so that a stranger finds them."""
    assert anchor_path(size, "t") == name
    assert parse_anchor_path(name) == (size, "t")


@pytest.mark.parametrize(
    "name",
    [
        "anchors/5/t.tsr",
        "anchors/x000/005/t.tsr",
        "anchors/005/.t.tsr",
        "anchors/005/t",
        "anchors/005/../../secret.tsr",
        "anchors/../keys/log.tsr",
        "anchors/005.p/3/t.tsr",
        "anchors//005/t.tsr",
        "anchors/005/t.tsr\n",
    ],
)
def test_no_other_name_is_published(name: str) -> None:
    """What lies beside them is nobody's business."""
    assert not is_published_name(name)
    with pytest.raises(ProofError):
        parse_anchor_path(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://tsa.example.org/tsr", Authority("tsa.example.org", "https://tsa.example.org/tsr")),
        ("dfn=https://tsa.example.org:8443/x", Authority("dfn", "https://tsa.example.org:8443/x")),
        ("http://127.0.0.1:318/", Authority("127.0.0.1", "http://127.0.0.1:318/")),
    ],
)
def test_an_authority_is_called_as_told_or_after_its_host(text: str, expected: Authority) -> None:
    """Its id stands in entries for ever."""
    assert parse_authority(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tsa",
        "dfn=",
        "dfn=tsa.example",
        "a b=https://tsa.example/",
        "=https://tsa.example/",
        "http://[::1]/",
    ],
)
def test_what_is_no_authority_is_refused(text: str) -> None:
    """Before anything is asked."""
    with pytest.raises(BadShape):
        parse_authority(text)
